SELECT convert_to(((('{"unconfirmed":' || (SELECT ((('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_2 
FROM event AS event_3 
WHERE event_3.occurrence = ANY($1::TEXT[]))) || ',"nodes":[') || (coalesce(string_agg(page_2.item_1, ','), '') || ']}')) AS anon_1 
FROM (SELECT (((('{"id":"' || lower(event_1.kind)) || ':') || (event_1.key || '","occurrence":"')) || ((event_1.occurrence || '","participants":') || ((SELECT (('{"nodes":[' || coalesce(string_agg(page_5.item_1, ','), '')) || ']}') AS anon_3 
FROM (SELECT ((('{"position":' || coalesce('"' || participation_4.position || '"', 'null')) || ',"actor":{"key":"') || (actor_6.key || '"}}')) AS item_1 
FROM (SELECT * FROM (SELECT participation_7.position, participation_7.actor_id, participation_7.ordinal 
FROM participation AS participation_7 
WHERE participation_7.event_id = event_1.id AND participation_7.position = ANY($2::TEXT[]) ORDER BY participation_7.ordinal ASC LIMIT 500) AS walk LIMIT $3::INTEGER) AS participation_4 JOIN actor AS actor_6 ON actor_6.id = participation_4.actor_id ORDER BY participation_4.ordinal ASC) AS page_5) || '}'))) AS item_1 
FROM (SELECT * FROM (SELECT event_8.key, event_8.kind, event_8.occurrence, event_8.id, event_8.date_desc 
FROM event AS event_8 
WHERE event_8.occurrence = ANY($1::TEXT[]) ORDER BY event_8.date_desc DESC, event_8.kind DESC, event_8.key DESC LIMIT 500) AS walk LIMIT $4::INTEGER) AS event_1 ORDER BY event_1.date_desc DESC, event_1.kind DESC, event_1.key DESC) AS page_2)) || (',"occurrences":' || (SELECT (('{"groups":' || (SELECT (('[' || coalesce(string_agg(list_13.item, ','), '')) || ']') AS anon_5 
FROM (SELECT ((('{"count":' || CAST(group_12.number AS text)) || ',"keys":[{"value":') || (coalesce('"' || '' || group_12.value_1 || '"', 'null') || '}]}')) AS item 
FROM (SELECT event_11.occurrence AS value_1, count(*) AS number 
FROM event AS event_11 GROUP BY event_11.occurrence ORDER BY count(*) DESC, event_11.occurrence COLLATE "C" ASC NULLS LAST 
 LIMIT $5::INTEGER OFFSET 0) AS group_12 ORDER BY group_12.number DESC, group_12.value_1 COLLATE "C" ASC NULLS LAST) AS list_13)) || '}') AS anon_4))) || ((',"votes":' || (SELECT (('{"groups":' || (SELECT (('[' || coalesce(string_agg(list_21.item, ','), '')) || ']') AS anon_7 
FROM (SELECT ((('{"count":' || CAST(group_20.number AS text)) || (',"keys":[{"value":' || coalesce('"' || '' || group_20.value_1 || '"', 'null'))) || (('},{"value":' || coalesce('"' || 'actor:' || group_20.value_2 || '"', 'null')) || '}]}')) AS item 
FROM (SELECT participation_18.position AS value_1, actor_19.key AS value_2, count(DISTINCT event_16.id) AS number 
FROM event AS event_16 LEFT OUTER JOIN participation AS participation_18 ON participation_18.event_id = event_16.id LEFT OUTER JOIN actor AS actor_19 ON actor_19.id = participation_18.actor_id 
WHERE event_16.kind = 'ACTION' AND (EXISTS (SELECT 1 
FROM participation AS participation_17 
WHERE (participation_17.position = ANY($6::TEXT[])) IS NOT TRUE AND participation_17.event_id = event_16.id)) GROUP BY participation_18.position, actor_19.key ORDER BY participation_18.position COLLATE "C" ASC NULLS LAST, actor_19.key COLLATE "C" ASC NULLS LAST 
 LIMIT $7::INTEGER OFFSET 0) AS group_20 ORDER BY group_20.value_1 COLLATE "C" ASC NULLS LAST, group_20.value_2 COLLATE "C" ASC NULLS LAST) AS list_21)) || '}') AS anon_6)) || '}')), 'UTF8') AS answer
