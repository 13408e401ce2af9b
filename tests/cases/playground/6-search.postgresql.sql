SELECT convert_to((('{"search":' || (SELECT ((('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_2 
FROM (SELECT search_record_5.id AS id, CAST(search_record_5.id IN (SELECT rowid FROM search_index WHERE array_to_tsvector(string_to_array(names, ' ')) @@ CAST($1::VARCHAR AS tsquery)) AS integer) AS named, search_record_5.date_desc AS date_desc, search_record_5.kind AS kind, search_record_5.key AS key 
FROM search_index AS search_index_4 JOIN search_record AS search_record_5 ON search_record_5.id = search_index_4.rowid 
WHERE array_to_tsvector(string_to_array(search_index_4.words, ' ')) @@ CAST($1::VARCHAR AS tsquery) AND (cardinality($2::TEXT[]) = 0 OR NOT EXISTS (SELECT 1 FROM unnest($2::TEXT[]) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_5.id AND (strpos(tokens, phrase) > 0 OR (ascii(phrase) = 10 AND EXISTS (SELECT 1 FROM json_array_elements_text(CASE WHEN ascii(phrase) = 10 THEN CAST(phrase AS json) END) AS spelling WHERE strpos(tokens, spelling.value) > 0))))))) AS hit_3)) || ',"nodes":[') || (coalesce(string_agg(page_2.item_1, ','), '') || ']}')) AS anon_1 
FROM (SELECT (((('{"field":' || coalesce('"' || search_field_6.field || '"', 'null')) || ',"snippet":') || ((SELECT coalesce(CAST(to_json(substr(coalesce(search_field_6.text, (SELECT article.body 
FROM article 
WHERE article.id = search_field_6.record_id)), extract_10.start + 1, extract_10.stop - extract_10.start)) AS text), 'null') AS anon_3 
FROM (SELECT window_11.begin AS begin, window_11.skipped AS skipped, window_11.part AS part, CAST(substr(search_field_6.places, window_11.skipped * 2 * search_field_6.width + 1, search_field_6.width) AS integer) AS start, CAST(substr(search_field_6.places, (((window_11.skipped + (length(window_11.part) - length(replace(window_11.part, ' ', '')))) - 2) * 2 + 1) * search_field_6.width + 1, search_field_6.width) AS integer) AS stop 
FROM (SELECT bounds_12.begin AS begin, (length(substr(search_field_6.tokens, 1, bounds_12.begin)) - length(replace(substr(search_field_6.tokens, 1, bounds_12.begin), ' ', ''))) - 1 AS skipped, substr(search_field_6.tokens, bounds_12.begin, (bounds_12.stop - bounds_12.begin) + 1) AS part 
FROM (SELECT opening_13.begin AS begin, coalesce((opening_13.begin + 160 + nullif(strpos(substr(search_field_6.tokens, opening_13.begin + 160), ' '), 0)) - 1, length(search_field_6.tokens)) AS stop 
FROM (SELECT (greatest(1, first_14.position - 60) + strpos(substr(search_field_6.tokens, greatest(1, first_14.position - 60)), ' ')) - 1 AS begin 
FROM (SELECT min(strpos(search_field_6.tokens, pattern_15.value)) AS position 
FROM (SELECT unnest($3::TEXT[]) AS value) AS pattern_15 
WHERE strpos(search_field_6.tokens, pattern_15.value) > 0) AS first_14) AS opening_13) AS bounds_12) AS window_11 
 LIMIT 1) AS extract_10) || ',"highlights":')) || (((SELECT (SELECT (('[' || coalesce(string_agg(list_26.item, ','), '')) || ']') AS anon_5 
FROM (SELECT CASE WHEN (CAST(substr(search_field_6.places, ((extract_16.skipped + token_22.key) * 2 + 1) * search_field_6.width + 1, search_field_6.width) AS integer) > CAST(substr(search_field_6.places, (extract_16.skipped + token_22.key) * 2 * search_field_6.width + 1, search_field_6.width) AS integer)) THEN ((('{"start":' || CAST(CAST(CAST(substr(search_field_6.places, (extract_16.skipped + token_22.key) * 2 * search_field_6.width + 1, search_field_6.width) AS integer) - extract_16.start AS integer) AS text)) || ',"end":') || (CAST(CAST(CAST(substr(search_field_6.places, ((extract_16.skipped + token_22.key) * 2 + 1) * search_field_6.width + 1, search_field_6.width) AS integer) - extract_16.start AS integer) AS text) || '}')) END AS item 
FROM (SELECT CAST(place AS integer) - 1 AS key, token AS value FROM unnest(string_to_array(trim(extract_16.part), ' ')) WITH ORDINALITY AS part(token, place)) AS token_22 
WHERE (EXISTS (SELECT 1 
FROM (SELECT unnest($3::TEXT[]) AS value) AS pattern_23 
WHERE strpos(((' ' || token_22.value) || ' '), pattern_23.value) > 0)) OR cardinality($2::TEXT[]) > 0 AND (EXISTS (SELECT 1 
FROM (SELECT unnest($3::TEXT[]) AS value) AS pattern_25 
WHERE strpos(pattern_25.value, ((' ' || token_22.value) || ' ')) > 0 AND strpos(substr(search_field_6.tokens, greatest(1, (extract_16.begin + CAST((SELECT coalesce(sum(length(before_24.value) + 1), 0) AS coalesce_1 
FROM (SELECT CAST(place AS integer) - 1 AS key, token AS value FROM unnest(string_to_array(trim(extract_16.part), ' ')) WITH ORDINALITY AS part(token, place)) AS before_24 
WHERE before_24.key < token_22.key) AS integer) + length(token_22.value) + 2) - length(pattern_25.value)), greatest(1, (extract_16.begin + CAST((SELECT coalesce(sum(length(before_24.value) + 1), 0) AS coalesce_1 
FROM (SELECT CAST(place AS integer) - 1 AS key, token AS value FROM unnest(string_to_array(trim(extract_16.part), ' ')) WITH ORDINALITY AS part(token, place)) AS before_24 
WHERE before_24.key < token_22.key) AS integer) + length(pattern_25.value)) - greatest(1, (extract_16.begin + CAST((SELECT coalesce(sum(length(before_24.value) + 1), 0) AS coalesce_1 
FROM (SELECT CAST(place AS integer) - 1 AS key, token AS value FROM unnest(string_to_array(trim(extract_16.part), ' ')) WITH ORDINALITY AS part(token, place)) AS before_24 
WHERE before_24.key < token_22.key) AS integer) + length(token_22.value) + 2) - length(pattern_25.value)))), pattern_25.value) > 0)) ORDER BY token_22.key) AS list_26) AS anon_4 
FROM (SELECT window_17.begin AS begin, window_17.skipped AS skipped, window_17.part AS part, CAST(substr(search_field_6.places, window_17.skipped * 2 * search_field_6.width + 1, search_field_6.width) AS integer) AS start, CAST(substr(search_field_6.places, (((window_17.skipped + (length(window_17.part) - length(replace(window_17.part, ' ', '')))) - 2) * 2 + 1) * search_field_6.width + 1, search_field_6.width) AS integer) AS stop 
FROM (SELECT bounds_18.begin AS begin, (length(substr(search_field_6.tokens, 1, bounds_18.begin)) - length(replace(substr(search_field_6.tokens, 1, bounds_18.begin), ' ', ''))) - 1 AS skipped, substr(search_field_6.tokens, bounds_18.begin, (bounds_18.stop - bounds_18.begin) + 1) AS part 
FROM (SELECT opening_19.begin AS begin, coalesce((opening_19.begin + 160 + nullif(strpos(substr(search_field_6.tokens, opening_19.begin + 160), ' '), 0)) - 1, length(search_field_6.tokens)) AS stop 
FROM (SELECT (greatest(1, first_20.position - 60) + strpos(substr(search_field_6.tokens, greatest(1, first_20.position - 60)), ' ')) - 1 AS begin 
FROM (SELECT min(strpos(search_field_6.tokens, pattern_21.value)) AS position 
FROM (SELECT unnest($3::TEXT[]) AS value) AS pattern_21 
WHERE strpos(search_field_6.tokens, pattern_21.value) > 0) AS first_20) AS opening_19) AS bounds_18) AS window_17 
 LIMIT 1) AS extract_16) || ',"node":') || (CASE WHEN (hit_1.kind IN ('MEETING', 'AGREEMENT', 'STATEMENT', 'APPEAL', 'ACTION')) THEN coalesce((SELECT ((('{"id":"' || lower(event_27.kind)) || (':' || event_27.key)) || (('","__typename":' || CASE WHEN (event_27.kind = 'MEETING') THEN '"Meeting"' WHEN (event_27.kind = 'AGREEMENT') THEN '"Agreement"' WHEN (event_27.kind = 'STATEMENT') THEN '"Statement"' WHEN (event_27.kind = 'APPEAL') THEN '"Appeal"' WHEN (event_27.kind = 'ACTION') THEN '"Action"' END) || '}')) AS anon_6 
FROM event AS event_27 
WHERE event_27.id = hit_1.id), 'null') WHEN (hit_1.kind = 'ARTICLE') THEN coalesce((SELECT (('{"id":"article:' || article_28.key) || '","__typename":"Article"}') AS anon_7 
FROM article AS article_28 
WHERE article_28.id = hit_1.id), 'null') WHEN (hit_1.kind = 'ACTOR') THEN coalesce((SELECT (('{"id":"actor:' || actor_29.key) || '","__typename":"Actor"}') AS anon_8 
FROM actor AS actor_29 
WHERE actor_29.id = hit_1.id), 'null') WHEN (hit_1.kind = 'OFFICE') THEN coalesce((SELECT (('{"id":"office:' || office_30.key) || '","__typename":"Office"}') AS anon_9 
FROM office AS office_30 
WHERE office_30.id = hit_1.id), 'null') WHEN (hit_1.kind = 'CLAIM') THEN coalesce((SELECT (('{"id":"claim:' || claim_31.key) || '","__typename":"Claim"}') AS anon_10 
FROM claim AS claim_31 
WHERE claim_31.id = hit_1.id), 'null') WHEN (hit_1.kind = 'DATASET') THEN coalesce((SELECT (('{"id":"dataset:' || dataset_32.key) || '","__typename":"Dataset"}') AS anon_11 
FROM dataset AS dataset_32 
WHERE dataset_32.id = hit_1.id), 'null') WHEN (hit_1.kind = 'PLACE') THEN coalesce((SELECT (('{"id":"place:' || place_33.key) || '","__typename":"Place"}') AS anon_12 
FROM place AS place_33 
WHERE place_33.id = hit_1.id), 'null') WHEN (hit_1.kind = 'TOPIC') THEN coalesce((SELECT (('{"id":"topic:' || topic_34.key) || '","__typename":"Topic"}') AS anon_13 
FROM topic AS topic_34 
WHERE topic_34.id = hit_1.id), 'null') WHEN (hit_1.kind = 'PROVISION') THEN coalesce((SELECT (('{"id":"provision:' || provision_35.key) || '","__typename":"Provision"}') AS anon_14 
FROM provision AS provision_35 
WHERE provision_35.id = hit_1.id), 'null') ELSE 'null' END || '}'))) AS item_1 
FROM (SELECT * FROM (SELECT hit_36.id, hit_36.kind, hit_36.named, hit_36.date_desc, hit_36.key 
FROM (SELECT search_record_38.id AS id, CAST(search_record_38.id IN (SELECT rowid FROM search_index WHERE array_to_tsvector(string_to_array(names, ' ')) @@ CAST($1::VARCHAR AS tsquery)) AS integer) AS named, search_record_38.date_desc AS date_desc, search_record_38.kind AS kind, search_record_38.key AS key 
FROM search_index AS search_index_37 JOIN search_record AS search_record_38 ON search_record_38.id = search_index_37.rowid 
WHERE array_to_tsvector(string_to_array(search_index_37.words, ' ')) @@ CAST($1::VARCHAR AS tsquery) AND (cardinality($2::TEXT[]) = 0 OR NOT EXISTS (SELECT 1 FROM unnest($2::TEXT[]) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_38.id AND (strpos(tokens, phrase) > 0 OR (ascii(phrase) = 10 AND EXISTS (SELECT 1 FROM json_array_elements_text(CASE WHEN ascii(phrase) = 10 THEN CAST(phrase AS json) END) AS spelling WHERE strpos(tokens, spelling.value) > 0))))))) AS hit_36 ORDER BY hit_36.named DESC, hit_36.date_desc DESC, hit_36.kind ASC, hit_36.key ASC LIMIT 500) AS walk LIMIT $4::INTEGER) AS hit_1 JOIN search_field AS search_field_6 ON search_field_6.record_id = hit_1.id AND search_field_6.ordinal = (SELECT search_field_7.ordinal 
FROM search_field AS search_field_7 
WHERE search_field_7.record_id = hit_1.id AND (EXISTS (SELECT 1 
FROM (SELECT unnest($3::TEXT[]) AS value) AS pattern_8 
WHERE strpos(search_field_7.tokens, pattern_8.value) > 0)) ORDER BY EXISTS (SELECT 1 
FROM (SELECT unnest($3::TEXT[]) AS value) AS pattern_9 
WHERE strpos(search_field_7.tokens, pattern_9.value) = 0), search_field_7.ordinal 
 LIMIT 1 OFFSET 0) ORDER BY hit_1.named DESC, hit_1.date_desc DESC, hit_1.kind ASC, hit_1.key ASC) AS page_2)) || '}'), 'UTF8') AS answer
