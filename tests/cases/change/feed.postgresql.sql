SELECT convert_to(((('{"changes":' || (SELECT (((('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_2 
FROM change AS change_3 
WHERE change_3.kind = ANY($1::TEXT[]))) || ',"pageInfo":{"hasNextPage":') || (CASE WHEN EXISTS (SELECT 1 
FROM change AS change_4 
WHERE change_4.kind = ANY($1::TEXT[]) 
 LIMIT 1 OFFSET $2::INTEGER) THEN 'true' ELSE 'false' END || ',"endCursor":')) || ((coalesce('"' || split_part(string_agg(page_2.item_1, ','), ',', -1) || '"', 'null') || '},"edges":[') || (coalesce(string_agg(page_2.item_2, ','), '') || ']}'))) AS anon_1 
FROM (SELECT ($3::VARCHAR || upper(encode(convert_to((((CAST(change_1.revision_id AS text) || chr(31)) || change_1.kind) || ((chr(31) || change_1.key) || chr(31))), 'UTF8'), 'hex'))) AS item_1, ((((('{"cursor":"' || $3::VARCHAR) || upper(encode(convert_to((((CAST(change_1.revision_id AS text) || chr(31)) || change_1.kind) || ((chr(31) || change_1.key) || chr(31))), 'UTF8'), 'hex'))) || (('","node":{"__typename":"Change","id":"change:' || CAST(change_1.revision_id AS text)) || ':')) || (((lower(change_1.kind) || ':') || change_1.key) || (('","kind":"' || change_1.kind) || '","record":"'))) || ((((lower(change_1.kind) || ':') || change_1.key) || (('","action":"' || change_1.action) || '","revision":{"number":')) || (((CAST(change_1.revision_id AS text) || ',"at":"') || to_char(revision_5.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) || (('"},"node":' || CASE WHEN (change_1.kind IN ('MEETING', 'AGREEMENT', 'STATEMENT', 'APPEAL', 'ACTION')) THEN coalesce((SELECT (('{' || substr((((',"__typename":' || CASE WHEN (event_6.kind = 'MEETING') THEN '"Meeting"' WHEN (event_6.kind = 'AGREEMENT') THEN '"Agreement"' WHEN (event_6.kind = 'STATEMENT') THEN '"Statement"' WHEN (event_6.kind = 'APPEAL') THEN '"Appeal"' WHEN (event_6.kind = 'ACTION') THEN '"Action"' END) || (',"id":"' || lower(event_6.kind))) || ((':' || event_6.key) || ('"' || CASE WHEN (event_6.kind IN ('MEETING')) THEN ((',"format":"' || meeting_7.format) || '"') ELSE '' END))), $4::INTEGER)) || '}') AS anon_3 
FROM event AS event_6 LEFT OUTER JOIN meeting AS meeting_7 ON meeting_7.id = event_6.id 
WHERE event_6.key = change_1.key AND event_6.kind = change_1.kind), 'null') WHEN (change_1.kind = 'ARTICLE') THEN coalesce((SELECT (('{"__typename":"Article","id":"article:' || article_8.key) || '"}') AS anon_4 
FROM article AS article_8 
WHERE article_8.key = change_1.key), 'null') WHEN (change_1.kind = 'ACTOR') THEN coalesce((SELECT (('{"__typename":"Actor","id":"actor:' || actor_9.key) || '"}') AS anon_5 
FROM actor AS actor_9 
WHERE actor_9.key = change_1.key), 'null') WHEN (change_1.kind = 'OFFICE') THEN coalesce((SELECT ((('{"__typename":"Office","id":"office:' || office_10.key) || '","title":') || (coalesce(CAST(office_10.title -> $5::VARCHAR AS text), CAST(office_10.title -> (office_10.title ->> '*') AS text)) || '}')) AS anon_6 
FROM office AS office_10 
WHERE office_10.key = change_1.key), 'null') WHEN (change_1.kind = 'CLAIM') THEN coalesce((SELECT (('{"__typename":"Claim","id":"claim:' || claim_11.key) || '"}') AS anon_7 
FROM claim AS claim_11 
WHERE claim_11.key = change_1.key), 'null') WHEN (change_1.kind = 'DATASET') THEN coalesce((SELECT (('{"__typename":"Dataset","id":"dataset:' || dataset_12.key) || '"}') AS anon_8 
FROM dataset AS dataset_12 
WHERE dataset_12.key = change_1.key), 'null') WHEN (change_1.kind = 'PLACE') THEN coalesce((SELECT (('{"__typename":"Place","id":"place:' || place_13.key) || '"}') AS anon_9 
FROM place AS place_13 
WHERE place_13.key = change_1.key), 'null') WHEN (change_1.kind = 'TOPIC') THEN coalesce((SELECT (('{"__typename":"Topic","id":"topic:' || topic_14.key) || '"}') AS anon_10 
FROM topic AS topic_14 
WHERE topic_14.key = change_1.key), 'null') WHEN (change_1.kind = 'PROVISION') THEN coalesce((SELECT (('{"__typename":"Provision","id":"provision:' || provision_15.key) || '"}') AS anon_11 
FROM provision AS provision_15 
WHERE provision_15.key = change_1.key), 'null') ELSE 'null' END) || '}}')))) AS item_2 
FROM (SELECT * FROM (SELECT change_16.revision_id, change_16.kind, change_16.key, change_16.action 
FROM change AS change_16 
WHERE change_16.kind = ANY($1::TEXT[]) ORDER BY change_16.revision_id ASC, change_16.kind ASC, change_16.key ASC LIMIT 500) AS walk LIMIT $2::INTEGER) AS change_1 JOIN revision AS revision_5 ON revision_5.id = change_1.revision_id ORDER BY change_1.revision_id ASC, change_1.kind ASC, change_1.key ASC) AS page_2)) || (',"last":' || (SELECT (((('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_13 
FROM change AS change_19)) || ',"pageInfo":{"hasPreviousPage":') || (CASE WHEN EXISTS (SELECT 1 
FROM change AS change_20 
 LIMIT 1 OFFSET $6::INTEGER) THEN 'true' ELSE 'false' END || ',"startCursor":')) || ((coalesce('"' || split_part(string_agg(page_18.item_1, ','), ',', 1) || '"', 'null') || '},"nodes":[') || (coalesce(string_agg(page_18.item_2, ','), '') || ']}'))) AS anon_12 
FROM (SELECT ($7::VARCHAR || upper(encode(convert_to((((CAST(change_17.revision_id AS text) || chr(31)) || change_17.kind) || ((chr(31) || change_17.key) || chr(31))), 'UTF8'), 'hex'))) AS item_1, ((('{"id":"change:' || CAST(change_17.revision_id AS text)) || (':' || lower(change_17.kind))) || ((':' || change_17.key) || '"}')) AS item_2 
FROM (SELECT * FROM (SELECT change_21.revision_id, change_21.kind, change_21.key 
FROM change AS change_21 ORDER BY change_21.revision_id DESC, change_21.kind DESC, change_21.key DESC LIMIT 500) AS walk LIMIT $6::INTEGER) AS change_17 ORDER BY change_17.revision_id ASC, change_17.kind ASC, change_17.key ASC) AS page_18))) || ((',"of":' || (SELECT (('{"nodes":[' || coalesce(string_agg(page_23.item_1, ','), '')) || ']}') AS anon_14 
FROM (SELECT ((('{"id":"change:' || CAST(change_22.revision_id AS text)) || (':' || lower(change_22.kind))) || ((':' || change_22.key) || '"}')) AS item_1 
FROM (SELECT * FROM (SELECT change_24.key, change_24.kind, change_24.revision_id 
FROM change AS change_24 
WHERE change_24.kind = $8::VARCHAR AND change_24.key = $9::VARCHAR ORDER BY change_24.revision_id ASC, change_24.kind ASC, change_24.key ASC LIMIT 500) AS walk LIMIT $10::INTEGER) AS change_22 ORDER BY change_22.revision_id ASC, change_22.kind ASC, change_22.key ASC) AS page_23)) || '}')), 'UTF8') AS answer
