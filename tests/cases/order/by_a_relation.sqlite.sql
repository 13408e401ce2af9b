SELECT concat('{"meetings":', (SELECT concat('{"edges":[', group_concat(page_2.item_1, ','), ']}') AS anon_1 
FROM (SELECT concat('{"cursor":"', +?, hex(concat(event_1.place_asc, char(31), event_1.date_desc, char(31), event_1.key, char(31))), '","node":{"id":"meeting:', event_1.key, '","place":', CASE WHEN (event_1.place_id IS NULL) THEN 'null' ELSE concat('{"name":', coalesce((place_3.name -> +?), (place_3.name -> (place_3.name ->> '*'))), '}') END, '}}') AS item_1 
FROM (SELECT event_4.place_asc, event_4.date_desc, event_4.key, event_4.place_id 
FROM event AS event_4 
WHERE event_4.kind = 'MEETING' ORDER BY event_4.place_asc ASC, event_4.date_desc DESC, event_4.key DESC LIMIT +?) AS event_1 LEFT OUTER JOIN place AS place_3 ON place_3.id = event_1.place_id ORDER BY event_1.place_asc ASC, event_1.date_desc DESC, event_1.key DESC) AS page_2), ',"articles":', (SELECT concat('{"nodes":[', group_concat(page_6.item_1, ','), ']}') AS anon_2 
FROM (SELECT concat('{"key":"', article_5.key, '","publisher":', CASE WHEN (article_5.publisher_id IS NULL) THEN 'null' ELSE concat('{"key":"', actor_7.key, '"}') END, '}') AS item_1 
FROM article AS article_5 LEFT OUTER JOIN actor AS actor_7 ON actor_7.id = article_5.publisher_id ORDER BY article_5.publisher_desc DESC, article_5.key DESC LIMIT +?) AS page_6), ',"actors":', (SELECT concat('{"nodes":[', group_concat(page_9.item_1, ','), ']}') AS anon_3 
FROM (SELECT concat('{"key":"', actor_8.key, '"}') AS item_1 
FROM actor AS actor_8 ORDER BY actor_8.event_count DESC, actor_8.key DESC LIMIT +?) AS page_9), '}') AS answer
