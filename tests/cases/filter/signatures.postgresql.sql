SELECT convert_to((((('{"signed":' || (SELECT (('{"nodes":[' || coalesce(string_agg(page_2.item_1, ','), '')) || ']}') AS anon_1 
FROM (SELECT (('{"id":"agreement:' || event_1.key) || '"}') AS item_1 
FROM (SELECT * FROM (SELECT event_3.key, event_3.date_desc 
FROM event AS event_3 
WHERE event_3.kind = 'AGREEMENT' AND (EXISTS (SELECT 1 
FROM participation AS participation_4 
WHERE (participation_4.signed_on_earliest IS NOT NULL OR participation_4.signed_on_latest IS NOT NULL) AND coalesce(CAST(participation_4.signed_on_latest AS text) COLLATE "C", '9999-99') >= $1::VARCHAR AND coalesce(CAST(participation_4.signed_on_earliest AS text) COLLATE "C", '0000') <= $2::VARCHAR AND participation_4.event_id = event_3.id)) ORDER BY event_3.date_desc DESC, event_3.key DESC LIMIT 500) AS walk LIMIT $3::INTEGER) AS event_1 ORDER BY event_1.date_desc DESC, event_1.key DESC) AS page_2)) || (',"within":' || (SELECT (('{"nodes":[' || coalesce(string_agg(page_6.item_1, ','), '')) || ']}') AS anon_2 
FROM (SELECT (('{"id":"agreement:' || event_5.key) || '"}') AS item_1 
FROM (SELECT * FROM (SELECT event_7.key, event_7.date_desc 
FROM event AS event_7 
WHERE event_7.kind = 'AGREEMENT' AND (EXISTS (SELECT 1 
FROM participation AS participation_8 
WHERE (participation_8.signed_on_earliest IS NOT NULL OR participation_8.signed_on_latest IS NOT NULL) AND CAST(participation_8.signed_on_earliest AS text) COLLATE "C" >= $4::VARCHAR AND CAST(participation_8.signed_on_latest AS text) COLLATE "C" <= $5::VARCHAR AND participation_8.event_id = event_7.id)) ORDER BY event_7.date_desc DESC, event_7.key DESC LIMIT 500) AS walk LIMIT $6::INTEGER) AS event_5 ORDER BY event_5.date_desc DESC, event_5.key DESC) AS page_6))) || ((',"unsigned":' || (SELECT (('{"nodes":[' || coalesce(string_agg(page_10.item_1, ','), '')) || ']}') AS anon_3 
FROM (SELECT (('{"id":"agreement:' || event_9.key) || '"}') AS item_1 
FROM (SELECT * FROM (SELECT event_11.key, event_11.date_desc 
FROM event AS event_11 
WHERE event_11.kind = 'AGREEMENT' AND NOT (EXISTS (SELECT 1 
FROM participation AS participation_12 
WHERE (participation_12.signed_on_earliest IS NOT NULL OR participation_12.signed_on_latest IS NOT NULL) AND participation_12.event_id = event_11.id)) ORDER BY event_11.date_desc DESC, event_11.key DESC LIMIT 500) AS walk LIMIT $7::INTEGER) AS event_9 ORDER BY event_9.date_desc DESC, event_9.key DESC) AS page_10)) || (',"inOffice":' || (SELECT (('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_5 
FROM event AS event_15 
WHERE EXISTS (SELECT 1 
FROM participation AS participation_16 
WHERE participation_16.office_id IS NOT NULL AND participation_16.event_id = event_15.id))) || '}') AS anon_4)))) || (((',"ministers":' || (SELECT (('{"nodes":[' || coalesce(string_agg(page_18.item_1, ','), '')) || ']}') AS anon_6 
FROM (SELECT (('{"id":"actor:' || actor_17.key) || '"}') AS item_1 
FROM (SELECT * FROM (SELECT actor_19.key, actor_19.name_sort 
FROM actor AS actor_19 
WHERE EXISTS (SELECT 1 
FROM participation AS participation_20 
WHERE participation_20.office_id IN (SELECT office_21.id 
FROM office AS office_21 
WHERE office_21.organization_id IN (SELECT actor_22.id 
FROM actor AS actor_22 
WHERE actor_22.kind = ANY($8::TEXT[]))) AND (participation_20.office_id IN (SELECT office_23.id 
FROM office AS office_23 
WHERE office_23.until_earliest IS NOT NULL OR office_23.until_latest IS NOT NULL)) IS NOT TRUE AND participation_20.actor_id = actor_19.id) ORDER BY actor_19.name_sort ASC, actor_19.key ASC LIMIT 500) AS walk LIMIT $9::INTEGER) AS actor_17 ORDER BY actor_17.name_sort ASC, actor_17.key ASC) AS page_18)) || (',"onBehalf":' || (SELECT (('{"nodes":[' || coalesce(string_agg(page_25.item_1, ','), '')) || ']}') AS anon_7 
FROM (SELECT ((('{"id":"' || lower(event_24.kind)) || ':') || (event_24.key || '"}')) AS item_1 
FROM (SELECT * FROM (SELECT event_26.key, event_26.kind, event_26.date_desc 
FROM event AS event_26 
WHERE EXISTS (SELECT 1 
FROM participation AS participation_27 
WHERE participation_27.on_behalf_of_id IN (SELECT actor_28.id 
FROM actor AS actor_28 
WHERE actor_28.country_code IS NOT NULL) AND participation_27.event_id = event_26.id) ORDER BY event_26.date_desc DESC, event_26.kind DESC, event_26.key DESC LIMIT 500) AS walk LIMIT $10::INTEGER) AS event_24 ORDER BY event_24.date_desc DESC, event_24.kind DESC, event_24.key DESC) AS page_25))) || ((',"claims":' || (SELECT (('{"nodes":[' || coalesce(string_agg(page_30.item_1, ','), '')) || ']}') AS anon_8 
FROM (SELECT * FROM (SELECT (('{"article":{"key":"' || article_31.key) || '"}}') AS item_1 
FROM claim AS claim_29 JOIN article AS article_31 ON article_31.id = claim_29.article_id ORDER BY claim_29.article_key ASC, claim_29.quote_start ASC, claim_29.key ASC LIMIT 500) AS walk LIMIT $11::INTEGER) AS page_30)) || '}'))), 'UTF8') AS answer
