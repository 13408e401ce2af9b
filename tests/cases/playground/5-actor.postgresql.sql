SELECT convert_to((('{"actor":' || coalesce((SELECT (((('{"name":' || coalesce(CAST(actor_1.name -> $1::VARCHAR AS text), CAST(actor_1.name -> (actor_1.name ->> '*') AS text))) || (',"names":' || (SELECT (('[' || coalesce(string_agg(list_3.item, ','), '')) || ']') AS anon_1 
FROM (SELECT (((('{"text":' || CAST(to_json(actor_name_2.text) AS text)) || ',"language":"') || ((actor_name_2.language || '","preferred":') || CASE WHEN actor_name_2.preferred THEN 'true' ELSE 'false' END)) || (((',"observed":' || CASE WHEN actor_name_2.observed THEN 'true' ELSE 'false' END) || ',"basis":"') || (actor_name_2.basis || '"}'))) AS item 
FROM actor_name AS actor_name_2 
WHERE actor_name_2.actor_id = actor_1.id ORDER BY actor_name_2.preferred DESC, actor_name_2.language ASC, actor_name_2.text ASC, actor_name_2.id ASC) AS list_3))) || ((',"country":' || CASE WHEN (actor_1.country_code IS NULL) THEN 'null' ELSE ((('{"code":"' || actor_1.country_code) || '","name":') || (coalesce(CAST(country_4.name -> $2::VARCHAR AS text), CAST(country_4.name -> (country_4.name ->> '*') AS text)) || '}')) END) || ',"offices":')) || ((((SELECT (('[' || coalesce(string_agg(list_7.item, ','), '')) || ']') AS anon_2 
FROM (SELECT ((('{"title":' || coalesce(CAST(office_5.title -> $3::VARCHAR AS text), CAST(office_5.title -> (office_5.title ->> '*') AS text))) || (',"organization":' || CASE WHEN (office_5.organization_id IS NULL) THEN 'null' ELSE (('{"name":' || coalesce(CAST(actor_6.name -> $4::VARCHAR AS text), CAST(actor_6.name -> (actor_6.name ->> '*') AS text))) || '}') END)) || ((',"since":{"precision":"' || office_5.since_precision) || '"}}')) AS item 
FROM office AS office_5 LEFT OUTER JOIN actor AS actor_6 ON actor_6.id = office_5.organization_id 
WHERE office_5.holder_id = actor_1.id ORDER BY office_5.since_asc ASC, office_5.key ASC) AS list_7) || ',"participations":') || (SELECT (('{"nodes":[' || coalesce(string_agg(page_9.item_1, ','), '')) || ']}') AS anon_3 
FROM (SELECT * FROM (SELECT (((('{"role":"' || participation_8.role) || '","event":{"id":"') || (lower(event_10.kind) || ':')) || ((event_10.key || '","title":') || (coalesce(CAST(event_10.title -> $5::VARCHAR AS text), CAST(event_10.title -> (event_10.title ->> '*') AS text)) || '}}'))) AS item_1 
FROM participation AS participation_8 JOIN event AS event_10 ON event_10.id = participation_8.event_id 
WHERE participation_8.actor_id = actor_1.id ORDER BY participation_8.event_kind ASC, participation_8.event_key ASC, participation_8.ordinal ASC LIMIT 500) AS walk LIMIT $6::INTEGER) AS page_9)) || ((',"claims":' || (SELECT (('{"nodes":[' || coalesce(string_agg(page_12.item_1, ','), '')) || ']}') AS anon_4 
FROM (SELECT * FROM (SELECT (((('{"property":' || CAST(to_json(claim_11.property) AS text)) || ',"value":') || (coalesce(CAST(to_json(claim_11.value) AS text), 'null') || ',"basis":"')) || ((claim_11.basis || '","quote":{"text":') || (CAST(to_json(claim_11.quote_text) AS text) || '}}'))) AS item_1 
FROM claim AS claim_11 
WHERE claim_11.subject_id = actor_1.id ORDER BY claim_11.article_key ASC, claim_11.quote_start ASC, claim_11.key ASC LIMIT 500) AS walk LIMIT $7::INTEGER) AS page_12)) || '}'))) AS item 
FROM actor AS actor_1 LEFT OUTER JOIN country AS country_4 ON country_4.code = actor_1.country_code 
WHERE actor_1.key = coalesce((SELECT merged.into_key 
FROM merged 
WHERE merged.key = $8::VARCHAR), $8::VARCHAR) 
 LIMIT 1 OFFSET 0), 'null')) || '}'), 'UTF8') AS answer
