SELECT ((('{"meetings":' || (SELECT (((('{"totalCount":' || (SELECT coalesce(sum(record_count.delta), 0) AS anon_2 
FROM record_count 
WHERE record_count.kind IN ('MEETING'))) || ',"pageInfo":{"hasNextPage":') || ((CASE WHEN count(*) > ? THEN 'true' ELSE 'false' END || ',"hasPreviousPage":false,"startCursor":') || coalesce((('"' || max(CASE WHEN (page_2.number = 1 AND ? > 0) THEN page_2.item_1 END)) || '"'), 'null'))) || (((',"endCursor":' || coalesce((('"' || max(CASE WHEN (page_2.number = ? OR page_2.number = page_2.fetched AND page_2.number < ?) THEN page_2.item_1 END)) || '"'), 'null')) || '},"edges":') || ('[' || coalesce(group_concat(CASE WHEN (page_2.number <= ?) THEN page_2.item_2 END, ','), '') || ']' || '}'))) AS anon_1 
FROM (SELECT (? || hex(((event_1.date_desc || char(31)) || (event_1.key || char(31))))) AS item_1, ((('{"cursor":"' || ?) || hex(((event_1.date_desc || char(31)) || (event_1.key || char(31))))) || (('","node":{"key":' || coalesce('"' || event_1.key || '"', 'null')) || '}}')) AS item_2, row_number() OVER (ORDER BY event_1.date_desc DESC, event_1.key DESC) AS number, count(*) OVER () AS fetched 
FROM (SELECT event_3.date_desc, event_3.key 
FROM event AS event_3 
WHERE event_3.kind = 'MEETING' ORDER BY event_3.date_desc DESC, event_3.key DESC
 LIMIT ? + 1 OFFSET 0) AS event_1 ORDER BY event_1.date_desc DESC, event_1.key DESC) AS page_2)) || ',"last":') || ((SELECT ((('{"pageInfo":{"hasNextPage":false,"hasPreviousPage":' || CASE WHEN count(*) > ? THEN 'true' ELSE 'false' END) || '},"nodes":') || ('[' || coalesce(group_concat(CASE WHEN (page_5.number <= ?) THEN page_5.item_1 END, ','), '') || ']' || '}')) AS anon_3 
FROM (SELECT (('{"key":' || coalesce('"' || event_4.key || '"', 'null')) || '}') AS item_1, row_number() OVER (ORDER BY event_4.date_desc ASC, event_4.key ASC) AS number, count(*) OVER () AS fetched 
FROM (SELECT event_6.key, event_6.date_desc 
FROM event AS event_6 
WHERE event_6.kind = 'MEETING' ORDER BY event_6.date_desc ASC, event_6.key ASC
 LIMIT ? + 1 OFFSET 0) AS event_4 ORDER BY event_4.date_desc DESC, event_4.key DESC) AS page_5) || '}')) AS answer
