SELECT convert_to((((('{"actors":' || (SELECT (('{"nodes":[' || coalesce(string_agg(page_2.item_1, ','), '')) || ']}') AS anon_1 
FROM (SELECT ((('{"id":"actor:' || actor_1.key) || ('","country":' || CASE WHEN (actor_1.country_code IS NULL) THEN 'null' ELSE (('{"code":"' || actor_1.country_code) || '"}') END)) || ((',"candidates":' || (SELECT (('[' || coalesce(string_agg(list_5.item, ','), '')) || ']') AS anon_2 
FROM (SELECT ((('{"id":"actor:' || actor_3.key) || '","country":') || (CASE WHEN (actor_3.country_code IS NULL) THEN 'null' ELSE (('{"code":"' || actor_3.country_code) || '"}') END || '}')) AS item 
FROM actor AS actor_3 JOIN actor_candidate AS actor_candidate_4 ON actor_candidate_4.candidate_id = actor_3.id 
WHERE actor_candidate_4.actor_id = actor_1.id ORDER BY actor_candidate_4.ordinal ASC) AS list_5)) || '}')) AS item_1 
FROM (SELECT * FROM (SELECT actor_6.key, actor_6.country_code, actor_6.id, actor_6.name_sort 
FROM actor AS actor_6 
WHERE actor_6.kind = ANY($1::TEXT[]) ORDER BY actor_6.name_sort ASC, actor_6.key ASC LIMIT 500) AS walk LIMIT $2::INTEGER) AS actor_1 ORDER BY actor_1.name_sort ASC, actor_1.key ASC) AS page_2)) || ',"people":') || ((SELECT (('{"nodes":[' || coalesce(string_agg(page_8.item_1, ','), '')) || ']}') AS anon_3 
FROM (SELECT ((('{"id":"actor:' || actor_7.key) || '","kind":"') || (actor_7.kind || '"}')) AS item_1 
FROM (SELECT * FROM (SELECT actor_9.key, actor_9.kind, actor_9.name_sort 
FROM actor AS actor_9 
WHERE actor_9.country_code = $3::VARCHAR OR (EXISTS (SELECT 1 
FROM actor AS actor_10 JOIN actor_candidate AS actor_candidate_11 ON actor_candidate_11.candidate_id = actor_10.id 
WHERE actor_10.country_code = $4::VARCHAR AND actor_candidate_11.actor_id = actor_9.id)) ORDER BY actor_9.name_sort ASC, actor_9.key ASC LIMIT 500) AS walk LIMIT $5::INTEGER) AS actor_7 ORDER BY actor_7.name_sort ASC, actor_7.key ASC) AS page_8) || ',"meetings":')) || (((SELECT ((('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_5 
FROM event AS event_14 
WHERE event_14.kind = 'MEETING' AND (EXISTS (SELECT 1 
FROM participation AS participation_15 JOIN actor AS actor_16 ON actor_16.id = participation_15.actor_id 
WHERE (actor_16.country_code = $6::VARCHAR OR participation_15.actor_id IN (SELECT actor_candidate_18.actor_id 
FROM actor AS actor_17 JOIN actor_candidate AS actor_candidate_18 ON actor_candidate_18.candidate_id = actor_17.id 
WHERE actor_17.country_code = $7::VARCHAR)) AND participation_15.event_id = event_14.id)))) || ',"nodes":[') || (coalesce(string_agg(page_13.item_1, ','), '') || ']}')) AS anon_4 
FROM (SELECT (('{"id":"meeting:' || event_12.key) || '"}') AS item_1 
FROM (SELECT * FROM (SELECT event_19.key, event_19.date_desc 
FROM event AS event_19 
WHERE event_19.kind = 'MEETING' AND (EXISTS (SELECT 1 
FROM participation AS participation_20 JOIN actor AS actor_21 ON actor_21.id = participation_20.actor_id 
WHERE (actor_21.country_code = $6::VARCHAR OR participation_20.actor_id IN (SELECT actor_candidate_23.actor_id 
FROM actor AS actor_22 JOIN actor_candidate AS actor_candidate_23 ON actor_candidate_23.candidate_id = actor_22.id 
WHERE actor_22.country_code = $7::VARCHAR)) AND participation_20.event_id = event_19.id)) ORDER BY event_19.date_desc DESC, event_19.key DESC LIMIT 500) AS walk LIMIT $8::INTEGER) AS event_12 ORDER BY event_12.date_desc DESC, event_12.key DESC) AS page_13) || ',"without":') || ((SELECT (('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_7 
FROM actor AS actor_26 
WHERE actor_26.kind = ANY($9::TEXT[]) AND NOT (EXISTS (SELECT 1 
FROM actor AS actor_27 JOIN actor_candidate AS actor_candidate_28 ON actor_candidate_28.candidate_id = actor_27.id 
WHERE true AND actor_candidate_28.actor_id = actor_26.id)))) || '}') AS anon_6) || '}'))), 'UTF8') AS answer
