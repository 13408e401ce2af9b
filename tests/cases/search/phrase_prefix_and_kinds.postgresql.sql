SELECT convert_to((((('{"phrase":' || (SELECT (('{"nodes":[' || coalesce(string_agg(page_2.item_1, ','), '')) || ']}') AS anon_1 
FROM (SELECT ((('{"node":' || CASE WHEN (record_3.kind IN ('MEETING', 'AGREEMENT', 'STATEMENT', 'APPEAL')) THEN coalesce((SELECT ((('{"id":"' || lower(event_4.kind)) || ':') || (event_4.key || '"}')) AS anon_2 
FROM event AS event_4 
WHERE event_4.id = hit_1.id), 'null') WHEN (record_3.kind IN ('PLACE')) THEN coalesce((SELECT (('{"id":"place:' || place_5.key) || '"}') AS anon_3 
FROM place AS place_5 
WHERE place_5.id = hit_1.id), 'null') WHEN (record_3.kind IN ('ACTOR')) THEN coalesce((SELECT (('{"id":"actor:' || actor_6.key) || '"}') AS anon_4 
FROM actor AS actor_6 
WHERE actor_6.id = hit_1.id), 'null') WHEN (record_3.kind IN ('OFFICE')) THEN coalesce((SELECT (('{"id":"office:' || office_7.key) || '"}') AS anon_5 
FROM office AS office_7 
WHERE office_7.id = hit_1.id), 'null') WHEN (record_3.kind IN ('CLAIM')) THEN coalesce((SELECT (('{"id":"claim:' || claim_8.key) || '"}') AS anon_6 
FROM claim AS claim_8 
WHERE claim_8.id = hit_1.id), 'null') WHEN (record_3.kind IN ('ARTICLE')) THEN coalesce((SELECT (('{"id":"article:' || article_9.key) || '"}') AS anon_7 
FROM article AS article_9 
WHERE article_9.id = hit_1.id), 'null') WHEN (record_3.kind IN ('TOPIC')) THEN coalesce((SELECT (('{"id":"topic:' || topic_10.key) || '"}') AS anon_8 
FROM topic AS topic_10 
WHERE topic_10.id = hit_1.id), 'null') WHEN (record_3.kind IN ('PROVISION')) THEN coalesce((SELECT (('{"id":"provision:' || provision_11.key) || '"}') AS anon_9 
FROM provision AS provision_11 
WHERE provision_11.id = hit_1.id), 'null') ELSE 'null' END) || (',"snippet":' || (SELECT coalesce(CAST(to_json(substr(coalesce(search_field_12.text, (SELECT article.body 
FROM article 
WHERE article.id = search_field_12.record_id)), extract_16.start + 1, extract_16.stop - extract_16.start)) AS text), 'null') AS anon_10 
FROM (SELECT window_17.skipped AS skipped, window_17.part AS part, CAST(substr(search_field_12.places, window_17.skipped * (search_field_12.width + 3) + 1, search_field_12.width) AS integer) AS start, CAST(substr(search_field_12.places, ((window_17.skipped + (length(window_17.part) - length(replace(window_17.part, ' ', '')))) - 2) * (search_field_12.width + 3) + 1, search_field_12.width) AS integer) + CAST(substr(search_field_12.places, ((window_17.skipped + (length(window_17.part) - length(replace(window_17.part, ' ', '')))) - 2) * (search_field_12.width + 3) + 1 + search_field_12.width, 3) AS integer) AS stop 
FROM (SELECT (length(substr(search_field_12.tokens, 1, bounds_18.begin)) - length(replace(substr(search_field_12.tokens, 1, bounds_18.begin), ' ', ''))) - 1 AS skipped, substr(search_field_12.tokens, bounds_18.begin, (bounds_18.stop - bounds_18.begin) + 1) AS part 
FROM (SELECT opening_19.begin AS begin, coalesce((opening_19.begin + 160 + nullif(strpos(substr(search_field_12.tokens, opening_19.begin + 160), ' '), 0)) - 1, length(search_field_12.tokens)) AS stop 
FROM (SELECT (greatest(1, first_20.position - 60) + strpos(substr(search_field_12.tokens, greatest(1, first_20.position - 60)), ' ')) - 1 AS begin 
FROM (SELECT min(strpos(search_field_12.tokens, pattern_21.value)) AS position 
FROM (SELECT unnest($1::TEXT[]) AS value) AS pattern_21 
WHERE strpos(search_field_12.tokens, pattern_21.value) > 0) AS first_20) AS opening_19) AS bounds_18) AS window_17) AS extract_16))) || ((',"highlights":' || (SELECT (SELECT (('[' || coalesce(string_agg(list_25.item, ','), '')) || ']') AS anon_12 
FROM (SELECT ((('{"start":' || CAST(CAST(CAST(substr(search_field_12.places, (extract_22.skipped + token_23.key) * (search_field_12.width + 3) + 1, search_field_12.width) AS integer) - extract_22.start AS integer) AS text)) || ',"end":') || (CAST(CAST((CAST(substr(search_field_12.places, (extract_22.skipped + token_23.key) * (search_field_12.width + 3) + 1, search_field_12.width) AS integer) + CAST(substr(search_field_12.places, (extract_22.skipped + token_23.key) * (search_field_12.width + 3) + 1 + search_field_12.width, 3) AS integer)) - extract_22.start AS integer) AS text) || '}')) AS item 
FROM (SELECT CAST(place AS integer) - 1 AS key, token AS value FROM unnest(string_to_array(trim(extract_22.part), ' ')) WITH ORDINALITY AS part(token, place)) AS token_23 
WHERE EXISTS (SELECT 1 
FROM (SELECT unnest($1::TEXT[]) AS value) AS pattern_24 
WHERE strpos(((' ' || token_23.value) || ' '), pattern_24.value) > 0) ORDER BY token_23.key) AS list_25) AS anon_11 
FROM (SELECT window_26.skipped AS skipped, window_26.part AS part, CAST(substr(search_field_12.places, window_26.skipped * (search_field_12.width + 3) + 1, search_field_12.width) AS integer) AS start, CAST(substr(search_field_12.places, ((window_26.skipped + (length(window_26.part) - length(replace(window_26.part, ' ', '')))) - 2) * (search_field_12.width + 3) + 1, search_field_12.width) AS integer) + CAST(substr(search_field_12.places, ((window_26.skipped + (length(window_26.part) - length(replace(window_26.part, ' ', '')))) - 2) * (search_field_12.width + 3) + 1 + search_field_12.width, 3) AS integer) AS stop 
FROM (SELECT (length(substr(search_field_12.tokens, 1, bounds_27.begin)) - length(replace(substr(search_field_12.tokens, 1, bounds_27.begin), ' ', ''))) - 1 AS skipped, substr(search_field_12.tokens, bounds_27.begin, (bounds_27.stop - bounds_27.begin) + 1) AS part 
FROM (SELECT opening_28.begin AS begin, coalesce((opening_28.begin + 160 + nullif(strpos(substr(search_field_12.tokens, opening_28.begin + 160), ' '), 0)) - 1, length(search_field_12.tokens)) AS stop 
FROM (SELECT (greatest(1, first_29.position - 60) + strpos(substr(search_field_12.tokens, greatest(1, first_29.position - 60)), ' ')) - 1 AS begin 
FROM (SELECT min(strpos(search_field_12.tokens, pattern_30.value)) AS position 
FROM (SELECT unnest($1::TEXT[]) AS value) AS pattern_30 
WHERE strpos(search_field_12.tokens, pattern_30.value) > 0) AS first_29) AS opening_28) AS bounds_27) AS window_26) AS extract_22)) || '}')) AS item_1 
FROM (SELECT hit_31.id, hit_31.named, hit_31.date_desc, hit_31.kind, hit_31.key 
FROM (SELECT search_record_32.id AS id, CAST(search_record_32.id IN (SELECT rowid FROM search_index WHERE array_to_tsvector(string_to_array(names, ' ')) @@ CAST($2::VARCHAR AS tsquery)) AS integer) AS named, search_record_32.date_desc AS date_desc, search_record_32.kind AS kind, search_record_32.key AS key 
FROM search_record AS search_record_32 
WHERE search_record_32.id IN (SELECT rowid FROM search_index WHERE array_to_tsvector(string_to_array(words, ' ')) @@ CAST($2::VARCHAR AS tsquery)) AND NOT EXISTS (SELECT 1 FROM unnest($3::TEXT[]) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_32.id AND strpos(tokens, phrase) > 0)) AND search_record_32.kind = ANY($4::TEXT[])) AS hit_31 ORDER BY hit_31.named DESC, hit_31.date_desc DESC, hit_31.kind ASC, hit_31.key ASC 
 LIMIT $5::INTEGER OFFSET 0) AS hit_1 JOIN record AS record_3 ON record_3.id = hit_1.id JOIN search_field AS search_field_12 ON search_field_12.record_id = hit_1.id AND search_field_12.ordinal = (SELECT search_field_13.ordinal 
FROM search_field AS search_field_13 
WHERE search_field_13.record_id = hit_1.id AND (EXISTS (SELECT 1 
FROM (SELECT unnest($1::TEXT[]) AS value) AS pattern_14 
WHERE strpos(search_field_13.tokens, pattern_14.value) > 0)) ORDER BY EXISTS (SELECT 1 
FROM (SELECT unnest($1::TEXT[]) AS value) AS pattern_15 
WHERE strpos(search_field_13.tokens, pattern_15.value) = 0), search_field_13.ordinal 
 LIMIT 1 OFFSET 0) ORDER BY hit_1.named DESC, hit_1.date_desc DESC, hit_1.kind ASC, hit_1.key ASC) AS page_2)) || ',"prefix":') || ((SELECT (('{"nodes":[' || coalesce(string_agg(page_34.item_1, ','), '')) || ']}') AS anon_13 
FROM (SELECT (((('{"node":' || CASE WHEN (record_35.kind IN ('MEETING', 'AGREEMENT', 'STATEMENT', 'APPEAL')) THEN coalesce((SELECT ((('{"id":"' || lower(event_36.kind)) || ':') || (event_36.key || '"}')) AS anon_14 
FROM event AS event_36 
WHERE event_36.id = hit_33.id), 'null') WHEN (record_35.kind IN ('PLACE')) THEN coalesce((SELECT (('{"id":"place:' || place_37.key) || '"}') AS anon_15 
FROM place AS place_37 
WHERE place_37.id = hit_33.id), 'null') WHEN (record_35.kind IN ('ACTOR')) THEN coalesce((SELECT (('{"id":"actor:' || actor_38.key) || '"}') AS anon_16 
FROM actor AS actor_38 
WHERE actor_38.id = hit_33.id), 'null') WHEN (record_35.kind IN ('OFFICE')) THEN coalesce((SELECT (('{"id":"office:' || office_39.key) || '"}') AS anon_17 
FROM office AS office_39 
WHERE office_39.id = hit_33.id), 'null') WHEN (record_35.kind IN ('CLAIM')) THEN coalesce((SELECT (('{"id":"claim:' || claim_40.key) || '"}') AS anon_18 
FROM claim AS claim_40 
WHERE claim_40.id = hit_33.id), 'null') WHEN (record_35.kind IN ('ARTICLE')) THEN coalesce((SELECT (('{"id":"article:' || article_41.key) || '"}') AS anon_19 
FROM article AS article_41 
WHERE article_41.id = hit_33.id), 'null') WHEN (record_35.kind IN ('TOPIC')) THEN coalesce((SELECT (('{"id":"topic:' || topic_42.key) || '"}') AS anon_20 
FROM topic AS topic_42 
WHERE topic_42.id = hit_33.id), 'null') WHEN (record_35.kind IN ('PROVISION')) THEN coalesce((SELECT (('{"id":"provision:' || provision_43.key) || '"}') AS anon_21 
FROM provision AS provision_43 
WHERE provision_43.id = hit_33.id), 'null') ELSE 'null' END) || ',"field":') || (coalesce('"' || search_field_44.field || '"', 'null') || ',"snippet":')) || (((SELECT coalesce(CAST(to_json(substr(coalesce(search_field_44.text, (SELECT article.body 
FROM article 
WHERE article.id = search_field_44.record_id)), extract_48.start + 1, extract_48.stop - extract_48.start)) AS text), 'null') AS anon_22 
FROM (SELECT window_49.skipped AS skipped, window_49.part AS part, CAST(substr(search_field_44.places, window_49.skipped * (search_field_44.width + 3) + 1, search_field_44.width) AS integer) AS start, CAST(substr(search_field_44.places, ((window_49.skipped + (length(window_49.part) - length(replace(window_49.part, ' ', '')))) - 2) * (search_field_44.width + 3) + 1, search_field_44.width) AS integer) + CAST(substr(search_field_44.places, ((window_49.skipped + (length(window_49.part) - length(replace(window_49.part, ' ', '')))) - 2) * (search_field_44.width + 3) + 1 + search_field_44.width, 3) AS integer) AS stop 
FROM (SELECT (length(substr(search_field_44.tokens, 1, bounds_50.begin)) - length(replace(substr(search_field_44.tokens, 1, bounds_50.begin), ' ', ''))) - 1 AS skipped, substr(search_field_44.tokens, bounds_50.begin, (bounds_50.stop - bounds_50.begin) + 1) AS part 
FROM (SELECT opening_51.begin AS begin, coalesce((opening_51.begin + 160 + nullif(strpos(substr(search_field_44.tokens, opening_51.begin + 160), ' '), 0)) - 1, length(search_field_44.tokens)) AS stop 
FROM (SELECT (greatest(1, first_52.position - 60) + strpos(substr(search_field_44.tokens, greatest(1, first_52.position - 60)), ' ')) - 1 AS begin 
FROM (SELECT min(strpos(search_field_44.tokens, pattern_53.value)) AS position 
FROM (SELECT unnest($6::TEXT[]) AS value) AS pattern_53 
WHERE strpos(search_field_44.tokens, pattern_53.value) > 0) AS first_52) AS opening_51) AS bounds_50) AS window_49) AS extract_48) || ',"highlights":') || ((SELECT (SELECT (('[' || coalesce(string_agg(list_57.item, ','), '')) || ']') AS anon_24 
FROM (SELECT ((('{"start":' || CAST(CAST(CAST(substr(search_field_44.places, (extract_54.skipped + token_55.key) * (search_field_44.width + 3) + 1, search_field_44.width) AS integer) - extract_54.start AS integer) AS text)) || ',"end":') || (CAST(CAST((CAST(substr(search_field_44.places, (extract_54.skipped + token_55.key) * (search_field_44.width + 3) + 1, search_field_44.width) AS integer) + CAST(substr(search_field_44.places, (extract_54.skipped + token_55.key) * (search_field_44.width + 3) + 1 + search_field_44.width, 3) AS integer)) - extract_54.start AS integer) AS text) || '}')) AS item 
FROM (SELECT CAST(place AS integer) - 1 AS key, token AS value FROM unnest(string_to_array(trim(extract_54.part), ' ')) WITH ORDINALITY AS part(token, place)) AS token_55 
WHERE EXISTS (SELECT 1 
FROM (SELECT unnest($6::TEXT[]) AS value) AS pattern_56 
WHERE strpos(((' ' || token_55.value) || ' '), pattern_56.value) > 0) ORDER BY token_55.key) AS list_57) AS anon_23 
FROM (SELECT window_58.skipped AS skipped, window_58.part AS part, CAST(substr(search_field_44.places, window_58.skipped * (search_field_44.width + 3) + 1, search_field_44.width) AS integer) AS start, CAST(substr(search_field_44.places, ((window_58.skipped + (length(window_58.part) - length(replace(window_58.part, ' ', '')))) - 2) * (search_field_44.width + 3) + 1, search_field_44.width) AS integer) + CAST(substr(search_field_44.places, ((window_58.skipped + (length(window_58.part) - length(replace(window_58.part, ' ', '')))) - 2) * (search_field_44.width + 3) + 1 + search_field_44.width, 3) AS integer) AS stop 
FROM (SELECT (length(substr(search_field_44.tokens, 1, bounds_59.begin)) - length(replace(substr(search_field_44.tokens, 1, bounds_59.begin), ' ', ''))) - 1 AS skipped, substr(search_field_44.tokens, bounds_59.begin, (bounds_59.stop - bounds_59.begin) + 1) AS part 
FROM (SELECT opening_60.begin AS begin, coalesce((opening_60.begin + 160 + nullif(strpos(substr(search_field_44.tokens, opening_60.begin + 160), ' '), 0)) - 1, length(search_field_44.tokens)) AS stop 
FROM (SELECT (greatest(1, first_61.position - 60) + strpos(substr(search_field_44.tokens, greatest(1, first_61.position - 60)), ' ')) - 1 AS begin 
FROM (SELECT min(strpos(search_field_44.tokens, pattern_62.value)) AS position 
FROM (SELECT unnest($6::TEXT[]) AS value) AS pattern_62 
WHERE strpos(search_field_44.tokens, pattern_62.value) > 0) AS first_61) AS opening_60) AS bounds_59) AS window_58) AS extract_54) || '}'))) AS item_1 
FROM (SELECT hit_63.id, hit_63.named, hit_63.date_desc, hit_63.kind, hit_63.key 
FROM (SELECT search_record_64.id AS id, CAST(search_record_64.id IN (SELECT rowid FROM search_index WHERE array_to_tsvector(string_to_array(names, ' ')) @@ CAST($7::VARCHAR AS tsquery)) AS integer) AS named, search_record_64.date_desc AS date_desc, search_record_64.kind AS kind, search_record_64.key AS key 
FROM search_record AS search_record_64 
WHERE search_record_64.id IN (SELECT rowid FROM search_index WHERE array_to_tsvector(string_to_array(words, ' ')) @@ CAST($7::VARCHAR AS tsquery)) AND NOT EXISTS (SELECT 1 FROM unnest($8::TEXT[]) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_64.id AND strpos(tokens, phrase) > 0)) AND search_record_64.kind = ANY($9::TEXT[])) AS hit_63 ORDER BY hit_63.named DESC, hit_63.date_desc DESC, hit_63.kind ASC, hit_63.key ASC 
 LIMIT $10::INTEGER OFFSET 0) AS hit_33 JOIN record AS record_35 ON record_35.id = hit_33.id JOIN search_field AS search_field_44 ON search_field_44.record_id = hit_33.id AND search_field_44.ordinal = (SELECT search_field_45.ordinal 
FROM search_field AS search_field_45 
WHERE search_field_45.record_id = hit_33.id AND (EXISTS (SELECT 1 
FROM (SELECT unnest($6::TEXT[]) AS value) AS pattern_46 
WHERE strpos(search_field_45.tokens, pattern_46.value) > 0)) ORDER BY EXISTS (SELECT 1 
FROM (SELECT unnest($6::TEXT[]) AS value) AS pattern_47 
WHERE strpos(search_field_45.tokens, pattern_47.value) = 0), search_field_45.ordinal 
 LIMIT 1 OFFSET 0) ORDER BY hit_33.named DESC, hit_33.date_desc DESC, hit_33.kind ASC, hit_33.key ASC) AS page_34) || ',"nothing":')) || (((SELECT ((('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_26 
FROM (SELECT search_record_68.id AS id, CAST(search_record_68.id IN (SELECT rowid FROM search_index WHERE array_to_tsvector(string_to_array(names, ' ')) @@ CAST($11::VARCHAR AS tsquery)) AS integer) AS named, search_record_68.date_desc AS date_desc, search_record_68.kind AS kind, search_record_68.key AS key 
FROM search_record AS search_record_68 
WHERE search_record_68.id IN (SELECT rowid FROM search_index WHERE array_to_tsvector(string_to_array(words, ' ')) @@ CAST($11::VARCHAR AS tsquery)) AND NOT EXISTS (SELECT 1 FROM unnest($12::TEXT[]) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_68.id AND strpos(tokens, phrase) > 0))) AS hit_67)) || ',"nodes":[') || (coalesce(string_agg(page_66.item_1, ','), '') || ']}')) AS anon_25 
FROM (SELECT (('{"field":' || coalesce('"' || search_field_69.field || '"', 'null')) || '}') AS item_1 
FROM (SELECT hit_73.id, hit_73.named, hit_73.date_desc, hit_73.kind, hit_73.key 
FROM (SELECT search_record_74.id AS id, CAST(search_record_74.id IN (SELECT rowid FROM search_index WHERE array_to_tsvector(string_to_array(names, ' ')) @@ CAST($11::VARCHAR AS tsquery)) AS integer) AS named, search_record_74.date_desc AS date_desc, search_record_74.kind AS kind, search_record_74.key AS key 
FROM search_record AS search_record_74 
WHERE search_record_74.id IN (SELECT rowid FROM search_index WHERE array_to_tsvector(string_to_array(words, ' ')) @@ CAST($11::VARCHAR AS tsquery)) AND NOT EXISTS (SELECT 1 FROM unnest($12::TEXT[]) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_74.id AND strpos(tokens, phrase) > 0))) AS hit_73 ORDER BY hit_73.named DESC, hit_73.date_desc DESC, hit_73.kind ASC, hit_73.key ASC 
 LIMIT $13::INTEGER OFFSET 0) AS hit_65 JOIN search_field AS search_field_69 ON search_field_69.record_id = hit_65.id AND search_field_69.ordinal = (SELECT search_field_70.ordinal 
FROM search_field AS search_field_70 
WHERE search_field_70.record_id = hit_65.id AND (EXISTS (SELECT 1 
FROM (SELECT unnest($14::TEXT[]) AS value) AS pattern_71 
WHERE strpos(search_field_70.tokens, pattern_71.value) > 0)) ORDER BY EXISTS (SELECT 1 
FROM (SELECT unnest($14::TEXT[]) AS value) AS pattern_72 
WHERE strpos(search_field_70.tokens, pattern_72.value) = 0), search_field_70.ordinal 
 LIMIT 1 OFFSET 0) ORDER BY hit_65.named DESC, hit_65.date_desc DESC, hit_65.kind ASC, hit_65.key ASC) AS page_66) || ',"both":') || ((SELECT (('{"nodes":[' || coalesce(string_agg(page_76.item_1, ','), '')) || ']}') AS anon_27 
FROM (SELECT (('{"node":' || CASE WHEN (record_77.kind IN ('MEETING', 'AGREEMENT', 'STATEMENT', 'APPEAL')) THEN coalesce((SELECT '{}' AS anon_28 
FROM event AS event_78 
WHERE event_78.id = hit_75.id), 'null') WHEN (record_77.kind IN ('PLACE')) THEN coalesce((SELECT '{}' AS anon_29 
FROM place AS place_79 
WHERE place_79.id = hit_75.id), 'null') WHEN (record_77.kind IN ('ACTOR')) THEN coalesce((SELECT (('{"name":' || coalesce(CAST(actor_80.name -> $15::VARCHAR AS text), CAST(actor_80.name -> (actor_80.name ->> '*') AS text))) || '}') AS anon_30 
FROM actor AS actor_80 
WHERE actor_80.id = hit_75.id), 'null') WHEN (record_77.kind IN ('OFFICE')) THEN coalesce((SELECT '{}' AS anon_31 
FROM office AS office_81 
WHERE office_81.id = hit_75.id), 'null') WHEN (record_77.kind IN ('CLAIM')) THEN coalesce((SELECT '{}' AS anon_32 
FROM claim AS claim_82 
WHERE claim_82.id = hit_75.id), 'null') WHEN (record_77.kind IN ('ARTICLE')) THEN coalesce((SELECT '{}' AS anon_33 
FROM article AS article_83 
WHERE article_83.id = hit_75.id), 'null') WHEN (record_77.kind IN ('TOPIC')) THEN coalesce((SELECT '{}' AS anon_34 
FROM topic AS topic_84 
WHERE topic_84.id = hit_75.id), 'null') WHEN (record_77.kind IN ('PROVISION')) THEN coalesce((SELECT '{}' AS anon_35 
FROM provision AS provision_85 
WHERE provision_85.id = hit_75.id), 'null') ELSE 'null' END) || '}') AS item_1 
FROM (SELECT hit_86.id, hit_86.named, hit_86.date_desc, hit_86.kind, hit_86.key 
FROM (SELECT search_record_87.id AS id, CAST(search_record_87.id IN (SELECT rowid FROM search_index WHERE array_to_tsvector(string_to_array(names, ' ')) @@ CAST($16::VARCHAR AS tsquery)) AS integer) AS named, search_record_87.date_desc AS date_desc, search_record_87.kind AS kind, search_record_87.key AS key 
FROM search_record AS search_record_87 
WHERE search_record_87.id IN (SELECT rowid FROM search_index WHERE array_to_tsvector(string_to_array(words, ' ')) @@ CAST($16::VARCHAR AS tsquery)) AND NOT EXISTS (SELECT 1 FROM unnest($17::TEXT[]) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_87.id AND strpos(tokens, phrase) > 0)) AND search_record_87.kind = ANY($18::TEXT[])) AS hit_86 ORDER BY hit_86.named DESC, hit_86.date_desc DESC, hit_86.kind ASC, hit_86.key ASC 
 LIMIT $19::INTEGER OFFSET 0) AS hit_75 JOIN record AS record_77 ON record_77.id = hit_75.id ORDER BY hit_75.named DESC, hit_75.date_desc DESC, hit_75.kind ASC, hit_75.key ASC) AS page_76) || '}'))), 'UTF8') AS answer
