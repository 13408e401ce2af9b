SELECT convert_to((('{"events":' || (SELECT ((('{"edges":[' || coalesce(string_agg(page_2.item_1, ','), '')) || ('],"pageInfo":{"hasNextPage":' || CASE WHEN EXISTS (SELECT 1 
FROM event AS event_3 
 LIMIT 1 OFFSET $1::INTEGER) THEN 'true' ELSE 'false' END)) || ((',"endCursor":' || coalesce('"' || split_part(string_agg(page_2.item_2, ','), ',', -1) || '"', 'null')) || '}}')) AS anon_1 
FROM (SELECT (((('{"cursor":"' || $2::VARCHAR) || upper(encode(convert_to((((to_char(event_1.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') || chr(31)) || event_1.kind) || ((chr(31) || event_1.key) || chr(31))), 'UTF8'), 'hex'))) || ('","node":{"id":"' || lower(event_1.kind))) || (((':' || event_1.key) || '","recordedAt":"') || (to_char(event_1.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') || '"}}'))) AS item_1, ($2::VARCHAR || upper(encode(convert_to((((to_char(event_1.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') || chr(31)) || event_1.kind) || ((chr(31) || event_1.key) || chr(31))), 'UTF8'), 'hex'))) AS item_2 
FROM (SELECT event_4.recorded_at, event_4.kind, event_4.key 
FROM event AS event_4 ORDER BY event_4.recorded_at DESC, event_4.kind DESC, event_4.key DESC 
 LIMIT $1::INTEGER OFFSET 0) AS event_1 ORDER BY event_1.recorded_at DESC, event_1.kind DESC, event_1.key DESC) AS page_2)) || '}'), 'UTF8') AS answer
