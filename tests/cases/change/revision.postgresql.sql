SELECT convert_to(((('{"revision":' || coalesce((SELECT ((('{"number":' || CAST(revision_1.id AS text)) || (',"at":"' || to_char(revision_1.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))) || (('","changes":' || (SELECT (('{"nodes":[' || coalesce(string_agg(page_3.item_1, ','), '')) || ']}') AS anon_1 
FROM (SELECT * FROM (SELECT (((('{"record":"' || lower(change_2.kind)) || ':') || ((change_2.key || '","before":') || CASE WHEN (change_2.action = 'CREATED') THEN 'null' ELSE ((('"\u0000' || lower(change_2.kind)) || (':' || change_2.key)) || (('@' || CAST(change_2.revision_id - 1 AS text)) || '"')) END)) || (((',"after":' || CASE WHEN (change_2.action = 'DELETED') THEN 'null' ELSE ((('"\u0000' || lower(change_2.kind)) || (':' || change_2.key)) || (('@' || CAST(change_2.revision_id AS text)) || '"')) END) || ',"node":') || (CASE WHEN (change_2.kind IN ('MEETING', 'AGREEMENT', 'STATEMENT', 'APPEAL', 'ACTION')) THEN coalesce((SELECT ((('{"id":"' || lower(event_4.kind)) || ':') || (event_4.key || '"}')) AS anon_2 
FROM event AS event_4 
WHERE event_4.key = change_2.key AND event_4.kind = change_2.kind), 'null') WHEN (change_2.kind = 'ARTICLE') THEN coalesce((SELECT (('{"id":"article:' || article_5.key) || '"}') AS anon_3 
FROM article AS article_5 
WHERE article_5.key = change_2.key), 'null') WHEN (change_2.kind = 'ACTOR') THEN coalesce((SELECT (('{"id":"actor:' || actor_6.key) || '"}') AS anon_4 
FROM actor AS actor_6 
WHERE actor_6.key = change_2.key), 'null') WHEN (change_2.kind = 'OFFICE') THEN coalesce((SELECT (('{"id":"office:' || office_7.key) || '"}') AS anon_5 
FROM office AS office_7 
WHERE office_7.key = change_2.key), 'null') WHEN (change_2.kind = 'CLAIM') THEN coalesce((SELECT (('{"id":"claim:' || claim_8.key) || '"}') AS anon_6 
FROM claim AS claim_8 
WHERE claim_8.key = change_2.key), 'null') WHEN (change_2.kind = 'DATASET') THEN coalesce((SELECT (('{"id":"dataset:' || dataset_9.key) || '"}') AS anon_7 
FROM dataset AS dataset_9 
WHERE dataset_9.key = change_2.key), 'null') WHEN (change_2.kind = 'PLACE') THEN coalesce((SELECT (('{"id":"place:' || place_10.key) || '"}') AS anon_8 
FROM place AS place_10 
WHERE place_10.key = change_2.key), 'null') WHEN (change_2.kind = 'TOPIC') THEN coalesce((SELECT (('{"id":"topic:' || topic_11.key) || '"}') AS anon_9 
FROM topic AS topic_11 
WHERE topic_11.key = change_2.key), 'null') WHEN (change_2.kind = 'PROVISION') THEN coalesce((SELECT (('{"id":"provision:' || provision_12.key) || '"}') AS anon_10 
FROM provision AS provision_12 
WHERE provision_12.key = change_2.key), 'null') ELSE 'null' END || '}'))) AS item_1 
FROM change AS change_2 
WHERE change_2.revision_id = revision_1.id ORDER BY change_2.kind ASC, change_2.key ASC LIMIT 500) AS walk LIMIT $1::INTEGER) AS page_3)) || '}')) AS item 
FROM revision AS revision_1 
WHERE revision_1.id = $2::INTEGER 
 LIMIT 1 OFFSET 0), 'null')) || ',"none":') || (coalesce((SELECT (('{"number":' || CAST(revision_13.id AS text)) || '}') AS item 
FROM revision AS revision_13 
WHERE revision_13.id = $3::INTEGER 
 LIMIT 1 OFFSET 0), 'null') || '}')), 'UTF8') AS answer
