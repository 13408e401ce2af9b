SELECT convert_to(((('{"meetings":' || (SELECT (((('{"totalCount":' || (SELECT CAST(coalesce(sum(record_count.delta), 0) AS text) AS anon_2 
FROM record_count 
WHERE record_count.kind IN ('MEETING'))) || ',"pageInfo":{"hasNextPage":') || ((CASE WHEN EXISTS (SELECT 1 
FROM event AS event_3 
WHERE event_3.kind = 'MEETING' 
 LIMIT 1 OFFSET $1::INTEGER) THEN 'true' ELSE 'false' END || ',"hasPreviousPage":false,"startCursor":') || CASE WHEN (max(page_2.item_1 COLLATE "C") IS NOT NULL) THEN (('"' || $2::VARCHAR) || (upper(encode(convert_to(max(page_2.item_1 COLLATE "C"), 'UTF8'), 'hex')) || '"')) ELSE 'null' END)) || (((',"endCursor":' || CASE WHEN (min(page_2.item_1 COLLATE "C") IS NOT NULL) THEN (('"' || $2::VARCHAR) || (upper(encode(convert_to(min(page_2.item_1 COLLATE "C"), 'UTF8'), 'hex')) || '"')) ELSE 'null' END) || '},"edges":[') || (coalesce(string_agg(page_2.item_2, ','), '') || ']}'))) AS anon_1 
FROM (SELECT * FROM (SELECT ((event_1.date_desc || chr(31)) || (event_1.key || chr(31))) AS item_1, ((('{"cursor":"' || $2::VARCHAR) || upper(encode(convert_to(((event_1.date_desc || chr(31)) || (event_1.key || chr(31))), 'UTF8'), 'hex'))) || (('","node":{"key":"' || event_1.key) || '"}}')) AS item_2 
FROM event AS event_1 
WHERE event_1.kind = 'MEETING' ORDER BY event_1.date_desc DESC, event_1.key DESC LIMIT 500) AS walk LIMIT $1::INTEGER) AS page_2)) || ',"last":') || ((SELECT ((('{"pageInfo":{"hasNextPage":false,"hasPreviousPage":' || CASE WHEN EXISTS (SELECT 1 
FROM event AS event_6 
WHERE event_6.kind = 'MEETING' 
 LIMIT 1 OFFSET $3::INTEGER) THEN 'true' ELSE 'false' END) || '},"nodes":[') || (coalesce(string_agg(page_5.item_1, ','), '') || ']}')) AS anon_3 
FROM (SELECT (('{"key":"' || event_4.key) || '"}') AS item_1 
FROM (SELECT * FROM (SELECT event_7.key, event_7.date_desc 
FROM event AS event_7 
WHERE event_7.kind = 'MEETING' ORDER BY event_7.date_desc ASC, event_7.key ASC LIMIT 500) AS walk LIMIT $3::INTEGER) AS event_4 ORDER BY event_4.date_desc DESC, event_4.key DESC) AS page_5) || '}')), 'UTF8') AS answer
