SELECT concat('{"events":', (SELECT concat('{"edges":[', group_concat(page_2.item_1, ','), '],"pageInfo":{"hasNextPage":', CASE WHEN EXISTS (SELECT 1 
FROM event AS event_3
 LIMIT 1 OFFSET ?) THEN 'true' ELSE 'false' END, ',"endCursor":', coalesce('"' || replace(group_concat(page_2.item_2, ','), rtrim(group_concat(page_2.item_2, ','), replace(group_concat(page_2.item_2, ','), ',', '')), '') || '"', 'null'), '}}') AS anon_1 
FROM (SELECT concat('{"cursor":"', ?, hex(concat(replace(substr(event_1.recorded_at, 1, 19), ' ', 'T') || 'Z', char(31), event_1.kind, char(31), event_1.key, char(31))), '","node":{"id":"', lower(event_1.kind), ':', event_1.key, '","recordedAt":"', replace(substr(event_1.recorded_at, 1, 19), ' ', 'T') || 'Z', '"}}') AS item_1, concat(?, hex(concat(replace(substr(event_1.recorded_at, 1, 19), ' ', 'T') || 'Z', char(31), event_1.kind, char(31), event_1.key, char(31)))) AS item_2 
FROM (SELECT event_4.recorded_at, event_4.kind, event_4.key 
FROM event AS event_4 ORDER BY event_4.recorded_at DESC, event_4.kind DESC, event_4.key DESC LIMIT ?) AS event_1 ORDER BY event_1.recorded_at DESC, event_1.kind DESC, event_1.key DESC) AS page_2), '}') AS answer
