SELECT convert_to(((('{"meetings":' || (SELECT (('{"edges":[' || coalesce(string_agg(page_2.item_1, ','), '')) || ']}') AS anon_1 
FROM (SELECT ((('{"cursor":"' || $1::VARCHAR) || (upper(encode(convert_to((((event_1.place_asc || chr(31)) || event_1.date_desc) || ((chr(31) || event_1.key) || chr(31))), 'UTF8'), 'hex')) || '","node":{"id":"meeting:')) || ((event_1.key || '","place":') || (CASE WHEN (event_1.place_id IS NULL) THEN 'null' ELSE (('{"name":' || coalesce(CAST(place_3.name -> $2::VARCHAR AS text), CAST(place_3.name -> (place_3.name ->> '*') AS text))) || '}') END || '}}'))) AS item_1 
FROM (SELECT * FROM (SELECT event_4.place_asc, event_4.date_desc, event_4.key, event_4.place_id 
FROM event AS event_4 
WHERE event_4.kind = 'MEETING' ORDER BY event_4.place_asc ASC, event_4.date_desc DESC, event_4.key DESC LIMIT 500) AS walk LIMIT $3::INTEGER) AS event_1 LEFT OUTER JOIN place AS place_3 ON place_3.id = event_1.place_id ORDER BY event_1.place_asc ASC, event_1.date_desc DESC, event_1.key DESC) AS page_2)) || (',"articles":' || (SELECT (('{"nodes":[' || coalesce(string_agg(page_6.item_1, ','), '')) || ']}') AS anon_2 
FROM (SELECT ((('{"key":"' || article_5.key) || '","publisher":') || (CASE WHEN (article_5.publisher_id IS NULL) THEN 'null' ELSE (('{"key":"' || actor_7.key) || '"}') END || '}')) AS item_1 
FROM (SELECT * FROM (SELECT article_8.key, article_8.publisher_id, article_8.publisher_desc 
FROM article AS article_8 ORDER BY article_8.publisher_desc DESC, article_8.key DESC LIMIT 500) AS walk LIMIT $4::INTEGER) AS article_5 LEFT OUTER JOIN actor AS actor_7 ON actor_7.id = article_5.publisher_id ORDER BY article_5.publisher_desc DESC, article_5.key DESC) AS page_6))) || ((',"actors":' || (SELECT (('{"nodes":[' || coalesce(string_agg(page_10.item_1, ','), '')) || ']}') AS anon_3 
FROM (SELECT (('{"key":"' || actor_9.key) || '"}') AS item_1 
FROM (SELECT * FROM (SELECT actor_11.key, actor_11.event_count 
FROM actor AS actor_11 ORDER BY actor_11.event_count DESC, actor_11.key DESC LIMIT 500) AS walk LIMIT $5::INTEGER) AS actor_9 ORDER BY actor_9.event_count DESC, actor_9.key DESC) AS page_10)) || '}')), 'UTF8') AS answer
