SELECT convert_to(((((('{"claimed":' || (SELECT (('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_2 
FROM event AS event_3 
WHERE EXISTS (SELECT 1 
FROM claim AS claim_4 
WHERE true AND claim_4.subject_id = event_3.id))) || '}') AS anon_1)) || ',"unclaimed":') || (((SELECT (('{"nodes":[' || coalesce(string_agg(page_6.item_1, ','), '')) || ']}') AS anon_3 
FROM (SELECT ((('{"id":"' || lower(event_5.kind)) || ':') || (event_5.key || '"}')) AS item_1 
FROM (SELECT * FROM (SELECT event_7.key, event_7.kind, event_7.date_desc 
FROM event AS event_7 
WHERE NOT (EXISTS (SELECT 1 
FROM claim AS claim_8 
WHERE true AND claim_8.subject_id = event_7.id)) ORDER BY event_7.date_desc DESC, event_7.kind DESC, event_7.key DESC LIMIT 500) AS walk LIMIT $1::INTEGER) AS event_5 ORDER BY event_5.date_desc DESC, event_5.kind DESC, event_5.key DESC) AS page_6) || ',"all":') || (SELECT (('{"totalCount":' || (SELECT CAST(coalesce(sum(record_count.delta), 0) AS text) AS anon_5 
FROM record_count 
WHERE record_count.kind IN ('AGREEMENT'))) || '}') AS anon_4))) || (((',"placed":' || (SELECT (('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_7 
FROM event AS event_13 
WHERE event_13.area_id IS NOT NULL)) || '}') AS anon_6)) || ',"unplaced":') || ((SELECT (('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_9 
FROM event AS event_16 
WHERE event_16.area_id IS NULL)) || '}') AS anon_8) || ',"coded":'))) || (((((SELECT (('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_11 
FROM event AS event_19 
WHERE EXISTS (SELECT 1 
FROM event_code AS event_code_20 
WHERE true AND event_code_20.event_id = event_19.id))) || '}') AS anon_10) || ',"withTopics":') || (SELECT (('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_13 
FROM event AS event_23 
WHERE EXISTS (SELECT 1 
FROM topic AS topic_24 JOIN topic_within AS topic_within_25 ON topic_within_25.outer_id = topic_24.id JOIN event_topic AS event_topic_26 ON event_topic_26.topic_id = topic_within_25.topic_id 
WHERE true AND event_topic_26.event_id = event_23.id))) || '}') AS anon_12)) || (',"published":' || (SELECT (('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_15 
FROM article AS article_29 
WHERE article_29.publisher_id IS NOT NULL)) || '}') AS anon_14))) || (((',"attributed":' || (SELECT (('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_17 
FROM claim AS claim_32 
WHERE EXISTS (SELECT 1 
FROM actor AS actor_33 JOIN attribution AS attribution_34 ON attribution_34.actor_id = actor_33.id 
WHERE true AND attribution_34.claim_id = claim_32.id))) || '}') AS anon_16)) || ',"deep":') || ((SELECT (('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_19 
FROM actor AS actor_37 
WHERE EXISTS (SELECT 1 
FROM participation AS participation_38 JOIN event AS event_39 ON event_39.id = participation_38.event_id 
WHERE event_39.area_id IS NOT NULL AND (participation_38.event_id IN (SELECT report_41.event_id 
FROM article AS article_40 JOIN report AS report_41 ON report_41.article_id = article_40.id 
WHERE true)) IS NOT TRUE AND participation_38.actor_id = actor_37.id))) || '}') AS anon_18) || '}')))), 'UTF8') AS answer
