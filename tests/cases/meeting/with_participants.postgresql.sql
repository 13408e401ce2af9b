SELECT convert_to((('{"meetings":' || (SELECT (('{"nodes":[' || coalesce(string_agg(page_2.item_1, ','), '')) || ']}') AS anon_1 
FROM (SELECT (((('{"id":"meeting:' || event_1.key) || ('","title":' || coalesce(CAST(event_1.title -> $1::VARCHAR AS text), CAST(event_1.title -> (event_1.title ->> '*') AS text)))) || ((',"date":{"edtf":' || coalesce(CAST(to_json(event_1.date_edtf) AS text), 'null')) || (',"text":' || coalesce(CAST(to_json(event_1.date_text) AS text), 'null')))) || (((',"precision":"' || event_1.date_precision) || ('"},"participants":' || (SELECT ((('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_3 
FROM participation AS participation_5 
WHERE participation_5.event_id = event_1.id)) || ',"nodes":[') || (coalesce(string_agg(page_4.item_1, ','), '') || ']}')) AS anon_2 
FROM (SELECT (((('{"role":"' || participation_3.role) || '","actor":{"name":') || (coalesce(CAST(actor_6.name -> $2::VARCHAR AS text), CAST(actor_6.name -> (actor_6.name ->> '*') AS text)) || ',"country":')) || ((CASE WHEN (actor_6.country_code IS NULL) THEN 'null' ELSE (('{"name":' || coalesce(CAST(country_7.name -> $3::VARCHAR AS text), CAST(country_7.name -> (country_7.name ->> '*') AS text))) || '}') END || '},"office":') || (CASE WHEN (participation_3.office_id IS NULL) THEN 'null' ELSE (('{"title":' || CAST(office_8.title -> (office_8.title ->> '*') AS text)) || '}') END || '}'))) AS item_1 
FROM (SELECT participation_9.role, participation_9.actor_id, participation_9.office_id, participation_9.ordinal 
FROM participation AS participation_9 
WHERE participation_9.event_id = event_1.id ORDER BY participation_9.ordinal ASC 
 LIMIT $4::INTEGER OFFSET 0) AS participation_3 JOIN actor AS actor_6 ON actor_6.id = participation_3.actor_id LEFT OUTER JOIN country AS country_7 ON country_7.code = actor_6.country_code LEFT OUTER JOIN office AS office_8 ON office_8.id = participation_3.office_id ORDER BY participation_3.ordinal ASC) AS page_4))) || ((',"claims":' || (SELECT (('{"nodes":[' || coalesce(string_agg(page_11.item_1, ','), '')) || ']}') AS anon_4 
FROM (SELECT ((((('{"property":' || CAST(to_json(claim_10.property) AS text)) || ',"value":') || ((coalesce(CAST(to_json(claim_10.value) AS text), 'null') || ',"basis":"') || claim_10.basis)) || ((('","stance":"' || claim_10.stance) || '","quote":{"text":') || (CAST(to_json(claim_10.quote_text) AS text) || ',"start":'))) || ((((CAST(claim_10.quote_start AS text) || ',"end":') || CAST(claim_10.quote_end AS text)) || (',"prefix":' || CAST(to_json(claim_10.quote_prefix) AS text))) || (((',"suffix":' || CAST(to_json(claim_10.quote_suffix) AS text)) || '},"attribution":') || ((SELECT (('[' || coalesce(string_agg(list_14.item, ','), '')) || ']') AS anon_5 
FROM (SELECT ((('{"actor":{"name":' || CAST(actor_13.name -> (actor_13.name ->> '*') AS text)) || '},"via":') || (coalesce(CAST(to_json(attribution_12.via) AS text), 'null') || '}')) AS item 
FROM attribution AS attribution_12 JOIN actor AS actor_13 ON actor_13.id = attribution_12.actor_id 
WHERE attribution_12.claim_id = claim_10.id ORDER BY attribution_12.ordinal ASC) AS list_14) || '}')))) AS item_1 
FROM (SELECT claim_15.property, claim_15.value, claim_15.basis, claim_15.stance, claim_15.quote_text, claim_15.quote_start, claim_15.quote_end, claim_15.quote_prefix, claim_15.quote_suffix, claim_15.id, claim_15.article_key, claim_15.key 
FROM claim AS claim_15 
WHERE claim_15.subject_id = event_1.id ORDER BY claim_15.article_key ASC, claim_15.quote_start ASC, claim_15.key ASC 
 LIMIT $5::INTEGER OFFSET 0) AS claim_10 ORDER BY claim_10.article_key ASC, claim_10.quote_start ASC, claim_10.key ASC) AS page_11)) || '}'))) AS item_1 
FROM (SELECT event_16.key, event_16.title, event_16.date_edtf, event_16.date_text, event_16.date_precision, event_16.id, event_16.date_desc 
FROM event AS event_16 
WHERE event_16.kind = 'MEETING' ORDER BY event_16.date_desc DESC, event_16.key DESC 
 LIMIT $6::INTEGER OFFSET 0) AS event_1 ORDER BY event_1.date_desc DESC, event_1.key DESC) AS page_2)) || '}'), 'UTF8') AS answer
