SELECT convert_to((((('{"datasets":' || (SELECT ((('{"totalCount":' || (SELECT CAST(coalesce(sum(record_count.delta), 0) AS text) AS anon_2 
FROM record_count 
WHERE record_count.kind IN ('DATASET'))) || ',"nodes":[') || (coalesce(string_agg(page_2.item_1, ','), '') || ']}')) AS anon_1 
FROM (SELECT * FROM (SELECT ((((('{"id":"dataset:' || dataset_1.key) || ('","key":"' || dataset_1.key)) || (('","title":' || coalesce(CAST(dataset_1.title -> $1::VARCHAR AS text), CAST(dataset_1.title -> (dataset_1.title ->> '*') AS text))) || ',"titles":')) || ((((SELECT (('[' || coalesce(string_agg(list_5.item, ','), '')) || ']') AS anon_3 
FROM (SELECT ((('{"language":' || coalesce('"' || text_3.key || '"', 'null')) || ',"original":') || (CASE WHEN text_3.key COLLATE "C" = (dataset_1.title ->> '*') THEN 'true' ELSE 'false' END || '}')) AS item 
FROM json_each(dataset_1.title) AS text_3 
WHERE text_3.key != '*' ORDER BY text_3.key COLLATE "C" != (dataset_1.title ->> '*'), text_3.key COLLATE "C") AS list_5) || ',"version":') || coalesce(CAST(to_json(dataset_1.version) AS text), 'null')) || ((',"licence":' || coalesce(CAST(to_json(dataset_1.licence) AS text), 'null')) || ',"url":'))) || ((((coalesce(CAST(to_json(dataset_1.url) AS text), 'null') || ',"citation":') || coalesce(CAST(to_json(dataset_1.citation) AS text), 'null')) || ((',"publisher":' || CASE WHEN (dataset_1.publisher_id IS NULL) THEN 'null' ELSE (('{"key":"' || actor_6.key) || '"}') END) || ',"retrieved":{"edtf":')) || (((coalesce('"' || dataset_1.retrieved_edtf || '"', 'null') || ',"earliest":') || coalesce('"' || CAST(dataset_1.retrieved_earliest AS text) || '"', 'null')) || (('},"identifiers":' || (SELECT (('[' || coalesce(string_agg(list_8.item, ','), '')) || ']') AS anon_4 
FROM (SELECT ((('{"scheme":' || CAST(to_json(identifier_7.scheme) AS text)) || ',"id":') || (CAST(to_json(identifier_7.value) AS text) || '}')) AS item 
FROM identifier AS identifier_7 
WHERE identifier_7.record_id = dataset_1.id ORDER BY identifier_7.scheme ASC, identifier_7.value ASC) AS list_8)) || '}')))) AS item_1 
FROM dataset AS dataset_1 LEFT OUTER JOIN actor AS actor_6 ON actor_6.id = dataset_1.publisher_id ORDER BY dataset_1.title_sort ASC, dataset_1.key ASC LIMIT 500) AS walk LIMIT $2::INTEGER) AS page_2)) || ',"node":') || ((SELECT CASE WHEN ((id_9.value ->> 0) IN ('MEETING', 'AGREEMENT', 'STATEMENT', 'APPEAL', 'ACTION')) THEN coalesce((SELECT (('{"__typename":' || CASE WHEN (event_10.kind = 'MEETING') THEN '"Meeting"' WHEN (event_10.kind = 'AGREEMENT') THEN '"Agreement"' WHEN (event_10.kind = 'STATEMENT') THEN '"Statement"' WHEN (event_10.kind = 'APPEAL') THEN '"Appeal"' WHEN (event_10.kind = 'ACTION') THEN '"Action"' END) || '}') AS anon_5 
FROM event AS event_10 
WHERE event_10.key = (id_9.value ->> 1) AND event_10.kind = (id_9.value ->> 0)), 'null') WHEN ((id_9.value ->> 0) = 'ARTICLE') THEN coalesce((SELECT '{"__typename":"Article"}' AS anon_6 
FROM article AS article_11 
WHERE article_11.key = (id_9.value ->> 1)), 'null') WHEN ((id_9.value ->> 0) = 'ACTOR') THEN coalesce((SELECT '{"__typename":"Actor"}' AS anon_7 
FROM actor AS actor_12 
WHERE actor_12.key = coalesce((SELECT merged.into_key 
FROM merged 
WHERE merged.key = (id_9.value ->> 1)), (id_9.value ->> 1))), 'null') WHEN ((id_9.value ->> 0) = 'OFFICE') THEN coalesce((SELECT '{"__typename":"Office"}' AS anon_8 
FROM office AS office_13 
WHERE office_13.key = (id_9.value ->> 1)), 'null') WHEN ((id_9.value ->> 0) = 'CLAIM') THEN coalesce((SELECT '{"__typename":"Claim"}' AS anon_9 
FROM claim AS claim_14 
WHERE claim_14.key = (id_9.value ->> 1)), 'null') WHEN ((id_9.value ->> 0) = 'DATASET') THEN coalesce((SELECT ((('{"__typename":"Dataset","title":' || CAST(dataset_15.title -> (dataset_15.title ->> '*') AS text)) || (',"publisher":' || CASE WHEN (dataset_15.publisher_id IS NULL) THEN 'null' ELSE (('{"key":"' || actor_16.key) || '"}') END)) || ((',"retrieved":{"edtf":' || coalesce('"' || dataset_15.retrieved_edtf || '"', 'null')) || '}}')) AS anon_10 
FROM dataset AS dataset_15 LEFT OUTER JOIN actor AS actor_16 ON actor_16.id = dataset_15.publisher_id 
WHERE dataset_15.key = (id_9.value ->> 1)), 'null') WHEN ((id_9.value ->> 0) = 'PLACE') THEN coalesce((SELECT '{"__typename":"Place"}' AS anon_11 
FROM place AS place_17 
WHERE place_17.key = (id_9.value ->> 1)), 'null') WHEN ((id_9.value ->> 0) = 'TOPIC') THEN coalesce((SELECT '{"__typename":"Topic"}' AS anon_12 
FROM topic AS topic_18 
WHERE topic_18.key = (id_9.value ->> 1)), 'null') WHEN ((id_9.value ->> 0) = 'PROVISION') THEN coalesce((SELECT '{"__typename":"Provision"}' AS anon_13 
FROM provision AS provision_19 
WHERE provision_19.key = (id_9.value ->> 1)), 'null') ELSE 'null' END AS item 
FROM json_each(CAST($3::VARCHAR AS json)) AS id_9 ORDER BY id_9.key) || ',"known":')) || (((SELECT (('{"nodes":[' || coalesce(string_agg(page_21.item_1, ','), '')) || ']}') AS anon_14 
FROM (SELECT (('{"key":"' || dataset_20.key) || '"}') AS item_1 
FROM (SELECT * FROM (SELECT dataset_22.key, dataset_22.title_sort 
FROM dataset AS dataset_22 
WHERE dataset_22.publisher_id IS NOT NULL AND (dataset_22.retrieved_earliest IS NOT NULL OR dataset_22.retrieved_latest IS NOT NULL) AND CAST(dataset_22.retrieved_earliest AS text) COLLATE "C" >= $4::VARCHAR ORDER BY dataset_22.title_sort ASC, dataset_22.key ASC LIMIT 500) AS walk LIMIT $5::INTEGER) AS dataset_20 ORDER BY dataset_20.title_sort ASC, dataset_20.key ASC) AS page_21) || ',"search":') || ((SELECT (('{"nodes":[' || coalesce(string_agg(page_24.item_1, ','), '')) || ']}') AS anon_15 
FROM (SELECT ((('{"field":' || coalesce('"' || search_field_25.field || '"', 'null')) || ',"node":') || (CASE WHEN (hit_23.kind IN ('MEETING', 'AGREEMENT', 'STATEMENT', 'APPEAL', 'ACTION')) THEN coalesce((SELECT ((('{"id":"' || lower(event_29.kind)) || ':') || (event_29.key || '"}')) AS anon_16 
FROM event AS event_29 
WHERE event_29.id = hit_23.id), 'null') WHEN (hit_23.kind = 'ARTICLE') THEN coalesce((SELECT (('{"id":"article:' || article_30.key) || '"}') AS anon_17 
FROM article AS article_30 
WHERE article_30.id = hit_23.id), 'null') WHEN (hit_23.kind = 'ACTOR') THEN coalesce((SELECT (('{"id":"actor:' || actor_31.key) || '"}') AS anon_18 
FROM actor AS actor_31 
WHERE actor_31.id = hit_23.id), 'null') WHEN (hit_23.kind = 'OFFICE') THEN coalesce((SELECT (('{"id":"office:' || office_32.key) || '"}') AS anon_19 
FROM office AS office_32 
WHERE office_32.id = hit_23.id), 'null') WHEN (hit_23.kind = 'CLAIM') THEN coalesce((SELECT (('{"id":"claim:' || claim_33.key) || '"}') AS anon_20 
FROM claim AS claim_33 
WHERE claim_33.id = hit_23.id), 'null') WHEN (hit_23.kind = 'DATASET') THEN coalesce((SELECT (('{"id":"dataset:' || dataset_34.key) || '"}') AS anon_21 
FROM dataset AS dataset_34 
WHERE dataset_34.id = hit_23.id), 'null') WHEN (hit_23.kind = 'PLACE') THEN coalesce((SELECT (('{"id":"place:' || place_35.key) || '"}') AS anon_22 
FROM place AS place_35 
WHERE place_35.id = hit_23.id), 'null') WHEN (hit_23.kind = 'TOPIC') THEN coalesce((SELECT (('{"id":"topic:' || topic_36.key) || '"}') AS anon_23 
FROM topic AS topic_36 
WHERE topic_36.id = hit_23.id), 'null') WHEN (hit_23.kind = 'PROVISION') THEN coalesce((SELECT (('{"id":"provision:' || provision_37.key) || '"}') AS anon_24 
FROM provision AS provision_37 
WHERE provision_37.id = hit_23.id), 'null') ELSE 'null' END || '}')) AS item_1 
FROM (SELECT * FROM (SELECT hit_38.id, hit_38.kind, hit_38.named, hit_38.date_desc, hit_38.key 
FROM (SELECT search_record_40.id AS id, CAST(search_record_40.id IN (SELECT rowid FROM search_index WHERE array_to_tsvector(string_to_array(names, ' ')) @@ CAST($6::VARCHAR AS tsquery)) AS integer) AS named, search_record_40.date_desc AS date_desc, search_record_40.kind AS kind, search_record_40.key AS key 
FROM search_index AS search_index_39 JOIN search_record AS search_record_40 ON search_record_40.id = search_index_39.rowid 
WHERE array_to_tsvector(string_to_array(search_index_39.words, ' ')) @@ CAST($6::VARCHAR AS tsquery) AND (cardinality($7::TEXT[]) = 0 OR NOT EXISTS (SELECT 1 FROM unnest($7::TEXT[]) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_40.id AND (strpos(tokens, phrase) > 0 OR (ascii(phrase) = 10 AND EXISTS (SELECT 1 FROM json_array_elements_text(CASE WHEN ascii(phrase) = 10 THEN CAST(phrase AS json) END) AS spelling WHERE strpos(tokens, spelling.value) > 0))))))) AS hit_38 ORDER BY hit_38.named DESC, hit_38.date_desc DESC, hit_38.kind ASC, hit_38.key ASC LIMIT 500) AS walk LIMIT $8::INTEGER) AS hit_23 JOIN search_field AS search_field_25 ON search_field_25.record_id = hit_23.id AND search_field_25.ordinal = (SELECT search_field_26.ordinal 
FROM search_field AS search_field_26 
WHERE search_field_26.record_id = hit_23.id AND (EXISTS (SELECT 1 
FROM (SELECT unnest($9::TEXT[]) AS value) AS pattern_27 
WHERE strpos(search_field_26.tokens, pattern_27.value) > 0)) ORDER BY EXISTS (SELECT 1 
FROM (SELECT unnest($9::TEXT[]) AS value) AS pattern_28 
WHERE strpos(search_field_26.tokens, pattern_28.value) = 0), search_field_26.ordinal 
 LIMIT 1 OFFSET 0) ORDER BY hit_23.named DESC, hit_23.date_desc DESC, hit_23.kind ASC, hit_23.key ASC) AS page_24) || '}'))), 'UTF8') AS answer
