SELECT convert_to(((('{"article":' || coalesce((SELECT ((((('{"id":"article:' || article_1.key) || ('","title":' || CAST(to_json(article_1.title) AS text))) || ((',"language":"' || article_1.language) || ('","direction":' || (SELECT (('"' || language_2.direction) || '"') AS anon_1 
FROM language AS language_2 
WHERE language_2.tag = article_1.language)))) || (((',"sha256":"' || article_1.sha256) || ('","url":' || coalesce(CAST(to_json(article_1.url) AS text), 'null'))) || ((',"body":' || CAST(to_json(article_1.body) AS text)) || (',"published":{"edtf":' || coalesce('"' || article_1.published_edtf || '"', 'null'))))) || ((((',"earliest":' || coalesce('"' || CAST(article_1.published_earliest AS text) || '"', 'null')) || (',"latest":' || coalesce('"' || CAST(article_1.published_latest AS text) || '"', 'null'))) || ((',"precision":"' || article_1.published_precision) || ('","basis":' || coalesce('"' || article_1.published_basis || '"', 'null')))) || ((('},"publisher":' || CASE WHEN (article_1.publisher_id IS NULL) THEN 'null' ELSE ((('{"name":' || CAST(actor_3.name -> (actor_3.name ->> '*') AS text)) || ',"kind":"') || (actor_3.kind || '"}')) END) || (',"events":' || (SELECT ((('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_3 
FROM event AS event_6 JOIN report AS report_7 ON report_7.event_id = event_6.id 
WHERE report_7.article_id = article_1.id)) || ',"nodes":[') || (coalesce(string_agg(page_5.item_1, ','), '') || ']}')) AS anon_2 
FROM (SELECT (((('{"__typename":' || CASE WHEN (event_4.kind = 'MEETING') THEN '"Meeting"' WHEN (event_4.kind = 'AGREEMENT') THEN '"Agreement"' WHEN (event_4.kind = 'STATEMENT') THEN '"Statement"' WHEN (event_4.kind = 'APPEAL') THEN '"Appeal"' END) || ',"id":"') || ((lower(event_4.kind) || ':') || event_4.key)) || ((('","date":{"earliest":' || coalesce('"' || CAST(event_4.date_earliest AS text) || '"', 'null')) || ',"latest":') || (coalesce('"' || CAST(event_4.date_latest AS text) || '"', 'null') || '}}'))) AS item_1 
FROM (SELECT * FROM (SELECT event_8.kind, event_8.key, event_8.date_earliest, event_8.date_latest, event_8.date_desc 
FROM event AS event_8 JOIN report AS report_9 ON report_9.event_id = event_8.id 
WHERE report_9.article_id = article_1.id ORDER BY event_8.date_desc DESC, event_8.kind DESC, event_8.key DESC LIMIT 500) AS walk LIMIT $1::INTEGER) AS event_4 ORDER BY event_4.date_desc DESC, event_4.kind DESC, event_4.key DESC) AS page_5))) || ((',"claims":' || (SELECT ((('{"nodes":[' || coalesce(string_agg(page_11.item_1, ','), '')) || '],"pageInfo":{"hasNextPage":') || (CASE WHEN EXISTS (SELECT 1 
FROM claim AS claim_21 
WHERE claim_21.article_id = article_1.id 
 LIMIT 1 OFFSET $2::INTEGER) THEN 'true' ELSE 'false' END || '}}')) AS anon_4 
FROM (SELECT (((('{"id":"claim:' || claim_10.key) || '","subject":') || (CASE WHEN (record_12.kind IN ('MEETING', 'AGREEMENT', 'STATEMENT', 'APPEAL')) THEN coalesce((SELECT ((('{"id":"' || lower(event_13.kind)) || (':' || event_13.key)) || (('","__typename":' || CASE WHEN (event_13.kind = 'MEETING') THEN '"Meeting"' WHEN (event_13.kind = 'AGREEMENT') THEN '"Agreement"' WHEN (event_13.kind = 'STATEMENT') THEN '"Statement"' WHEN (event_13.kind = 'APPEAL') THEN '"Appeal"' END) || '}')) AS anon_5 
FROM event AS event_13 
WHERE event_13.id = claim_10.subject_id), 'null') WHEN (record_12.kind = 'PLACE') THEN coalesce((SELECT (('{"id":"place:' || place_14.key) || '","__typename":"Place"}') AS anon_6 
FROM place AS place_14 
WHERE place_14.id = claim_10.subject_id), 'null') WHEN (record_12.kind = 'ACTOR') THEN coalesce((SELECT (('{"id":"actor:' || actor_15.key) || '","__typename":"Actor"}') AS anon_7 
FROM actor AS actor_15 
WHERE actor_15.id = claim_10.subject_id), 'null') WHEN (record_12.kind = 'OFFICE') THEN coalesce((SELECT (('{"id":"office:' || office_16.key) || '","__typename":"Office"}') AS anon_8 
FROM office AS office_16 
WHERE office_16.id = claim_10.subject_id), 'null') WHEN (record_12.kind = 'CLAIM') THEN coalesce((SELECT (('{"id":"claim:' || claim_17.key) || '","__typename":"Claim"}') AS anon_9 
FROM claim AS claim_17 
WHERE claim_17.id = claim_10.subject_id), 'null') WHEN (record_12.kind = 'ARTICLE') THEN coalesce((SELECT (('{"id":"article:' || article_18.key) || '","__typename":"Article"}') AS anon_10 
FROM article AS article_18 
WHERE article_18.id = claim_10.subject_id), 'null') WHEN (record_12.kind = 'TOPIC') THEN coalesce((SELECT (('{"id":"topic:' || topic_19.key) || '","__typename":"Topic"}') AS anon_11 
FROM topic AS topic_19 
WHERE topic_19.id = claim_10.subject_id), 'null') WHEN (record_12.kind = 'PROVISION') THEN coalesce((SELECT (('{"id":"provision:' || provision_20.key) || '","__typename":"Provision"}') AS anon_12 
FROM provision AS provision_20 
WHERE provision_20.id = claim_10.subject_id), 'null') ELSE 'null' END || ',"property":')) || ((CAST(to_json(claim_10.property) AS text) || ',"value":') || (coalesce(CAST(to_json(claim_10.value) AS text), 'null') || '}'))) AS item_1 
FROM (SELECT * FROM (SELECT claim_22.key, claim_22.subject_id, claim_22.property, claim_22.value, claim_22.article_key, claim_22.quote_start 
FROM claim AS claim_22 
WHERE claim_22.article_id = article_1.id ORDER BY claim_22.article_key ASC, claim_22.quote_start ASC, claim_22.key ASC LIMIT 500) AS walk LIMIT $2::INTEGER) AS claim_10 JOIN record AS record_12 ON record_12.id = claim_10.subject_id ORDER BY claim_10.article_key ASC, claim_10.quote_start ASC, claim_10.key ASC) AS page_11)) || '}')))) AS item 
FROM article AS article_1 LEFT OUTER JOIN actor AS actor_3 ON actor_3.id = article_1.publisher_id 
WHERE article_1.key = $3::VARCHAR 
 LIMIT 1 OFFSET 0), 'null')) || ',"none":') || (coalesce((SELECT (('{"id":"article:' || article_23.key) || '"}') AS item 
FROM article AS article_23 
WHERE article_23.url = $4::VARCHAR 
 LIMIT 1 OFFSET 0), 'null') || '}')), 'UTF8') AS answer
