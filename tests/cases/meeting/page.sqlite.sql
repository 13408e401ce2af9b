SELECT ((('{"meetings":' || (SELECT (((('{"totalCount":' || (SELECT count(*) AS anon_2 
FROM event AS event_3 
WHERE event_3.kind = 'MEETING')) || ',"pageInfo":{"hasNextPage":') || ((CASE WHEN count(*) > ? THEN 'true' ELSE 'false' END || ',"hasPreviousPage":false,"startCursor":') || coalesce((('"' || max(CASE WHEN (page_2.number = 1 AND ? > 0) THEN page_2.item_1 END)) || '"'), 'null'))) || (((',"endCursor":' || coalesce((('"' || max(CASE WHEN (page_2.number = ? OR page_2.number = page_2.fetched AND page_2.number < ?) THEN page_2.item_1 END)) || '"'), 'null')) || '},"edges":') || ('[' || coalesce(group_concat(CASE WHEN (page_2.number <= ?) THEN page_2.item_2 END, ','), '') || ']' || '}'))) AS anon_1 
FROM (SELECT (? || hex(((event_1.date_desc || char(31)) || (event_1.key || char(31))))) AS item_1, ((('{"cursor":"' || ?) || hex(((event_1.date_desc || char(31)) || (event_1.key || char(31))))) || (('","node":{"key":' || coalesce('"' || event_1.key || '"', 'null')) || '}}')) AS item_2, row_number() OVER (ORDER BY event_1.date_desc DESC, event_1.key DESC) AS number, count(*) OVER () AS fetched 
FROM (SELECT event_4.date_desc, event_4.key 
FROM event AS event_4 
WHERE event_4.kind = 'MEETING' ORDER BY event_4.date_desc DESC, event_4.key DESC
 LIMIT ? + 1 OFFSET 0) AS event_1 ORDER BY event_1.date_desc DESC, event_1.key DESC) AS page_2)) || ',"last":') || ((SELECT ((('{"pageInfo":{"hasNextPage":false,"hasPreviousPage":' || CASE WHEN count(*) > ? THEN 'true' ELSE 'false' END) || '},"nodes":') || ('[' || coalesce(group_concat(CASE WHEN (page_6.number <= ?) THEN page_6.item_1 END, ','), '') || ']' || '}')) AS anon_3 
FROM (SELECT (('{"key":' || coalesce('"' || event_5.key || '"', 'null')) || '}') AS item_1, row_number() OVER (ORDER BY event_5.date_desc ASC, event_5.key ASC) AS number, count(*) OVER () AS fetched 
FROM (SELECT event_7.key, event_7.date_desc 
FROM event AS event_7 
WHERE event_7.kind = 'MEETING' ORDER BY event_7.date_desc ASC, event_7.key ASC
 LIMIT ? + 1 OFFSET 0) AS event_5 ORDER BY event_5.date_desc DESC, event_5.key DESC) AS page_6) || '}')) AS answer
