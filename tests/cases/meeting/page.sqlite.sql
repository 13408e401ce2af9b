SELECT concat('{"meetings":', (SELECT concat('{"totalCount":', (SELECT coalesce(sum(record_count.delta), 0) AS anon_2 
FROM record_count 
WHERE record_count.kind IN ('MEETING')), ',"pageInfo":{"hasNextPage":', CASE WHEN EXISTS (SELECT 1 
FROM event AS event_3 
WHERE event_3.kind = 'MEETING'
 LIMIT 1 OFFSET +?) THEN 'true' ELSE 'false' END, ',"hasPreviousPage":false,"startCursor":', CASE WHEN (max(page_2.item_1) IS NOT NULL) THEN concat('"', +?, hex(max(page_2.item_1)), '"') ELSE 'null' END, ',"endCursor":', CASE WHEN (min(page_2.item_1) IS NOT NULL) THEN concat('"', +?, hex(min(page_2.item_1)), '"') ELSE 'null' END, '},"edges":[', group_concat(page_2.item_2, ','), ']}') AS anon_1 
FROM (SELECT concat(event_1.date_desc, char(31), event_1.key, char(31)) AS item_1, concat('{"cursor":"', +?, hex(concat(event_1.date_desc, char(31), event_1.key, char(31))), '","node":{"key":"', event_1.key, '"}}') AS item_2 
FROM event AS event_1 
WHERE event_1.kind = 'MEETING' ORDER BY event_1.date_desc DESC, event_1.key DESC LIMIT +?) AS page_2), ',"last":', (SELECT concat('{"pageInfo":{"hasNextPage":false,"hasPreviousPage":', CASE WHEN EXISTS (SELECT 1 
FROM event AS event_6 
WHERE event_6.kind = 'MEETING'
 LIMIT 1 OFFSET +?) THEN 'true' ELSE 'false' END, '},"nodes":[', group_concat(page_5.item_1, ','), ']}') AS anon_3 
FROM (SELECT concat('{"key":"', event_4.key, '"}') AS item_1 
FROM (SELECT event_7.key, event_7.date_desc 
FROM event AS event_7 
WHERE event_7.kind = 'MEETING' ORDER BY event_7.date_desc ASC, event_7.key ASC LIMIT +?) AS event_4 ORDER BY event_4.date_desc DESC, event_4.key DESC) AS page_5), '}') AS answer
