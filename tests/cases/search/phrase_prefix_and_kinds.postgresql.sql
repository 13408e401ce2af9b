SELECT convert_to((((('{"phrase":' || (SELECT (('{"nodes":[' || coalesce(string_agg(page_2.item_1, ','), '')) || ']}') AS anon_1 
FROM (SELECT ((('{"node":{"id":"article:' || article_3.key) || ('"},"snippet":' || (SELECT coalesce(CAST(to_json(substr(coalesce(search_field_4.text, (SELECT article.body 
FROM article 
WHERE article.id = search_field_4.record_id)), extract_8.start + 1, extract_8.stop - extract_8.start)) AS text), 'null') AS anon_2 
FROM (SELECT window_9.begin AS begin, window_9.skipped AS skipped, window_9.part AS part, CAST(substr(search_field_4.places, window_9.skipped * 2 * search_field_4.width + 1, search_field_4.width) AS integer) AS start, CAST(substr(search_field_4.places, (((window_9.skipped + (length(window_9.part) - length(replace(window_9.part, ' ', '')))) - 2) * 2 + 1) * search_field_4.width + 1, search_field_4.width) AS integer) AS stop 
FROM (SELECT bounds_10.begin AS begin, (length(substr(search_field_4.tokens, 1, bounds_10.begin)) - length(replace(substr(search_field_4.tokens, 1, bounds_10.begin), ' ', ''))) - 1 AS skipped, substr(search_field_4.tokens, bounds_10.begin, (bounds_10.stop - bounds_10.begin) + 1) AS part 
FROM (SELECT opening_11.begin AS begin, coalesce((opening_11.begin + 160 + nullif(strpos(substr(search_field_4.tokens, opening_11.begin + 160), ' '), 0)) - 1, length(search_field_4.tokens)) AS stop 
FROM (SELECT (greatest(1, first_12.position - 60) + strpos(substr(search_field_4.tokens, greatest(1, first_12.position - 60)), ' ')) - 1 AS begin 
FROM (SELECT min(strpos(search_field_4.tokens, pattern_13.value)) AS position 
FROM (SELECT unnest($1::TEXT[]) AS value) AS pattern_13 
WHERE strpos(search_field_4.tokens, pattern_13.value) > 0) AS first_12) AS opening_11) AS bounds_10) AS window_9 
 LIMIT 1) AS extract_8))) || ((',"highlights":' || (SELECT (SELECT (('[' || coalesce(string_agg(list_24.item, ','), '')) || ']') AS anon_4 
FROM (SELECT CASE WHEN (CAST(substr(search_field_4.places, ((extract_14.skipped + token_20.key) * 2 + 1) * search_field_4.width + 1, search_field_4.width) AS integer) > CAST(substr(search_field_4.places, (extract_14.skipped + token_20.key) * 2 * search_field_4.width + 1, search_field_4.width) AS integer)) THEN ((('{"start":' || CAST(CAST(CAST(substr(search_field_4.places, (extract_14.skipped + token_20.key) * 2 * search_field_4.width + 1, search_field_4.width) AS integer) - extract_14.start AS integer) AS text)) || ',"end":') || (CAST(CAST(CAST(substr(search_field_4.places, ((extract_14.skipped + token_20.key) * 2 + 1) * search_field_4.width + 1, search_field_4.width) AS integer) - extract_14.start AS integer) AS text) || '}')) END AS item 
FROM (SELECT CAST(place AS integer) - 1 AS key, token AS value FROM unnest(string_to_array(trim(extract_14.part), ' ')) WITH ORDINALITY AS part(token, place)) AS token_20 
WHERE (EXISTS (SELECT 1 
FROM (SELECT unnest($1::TEXT[]) AS value) AS pattern_21 
WHERE strpos(((' ' || token_20.value) || ' '), pattern_21.value) > 0)) OR cardinality($2::TEXT[]) > 0 AND (EXISTS (SELECT 1 
FROM (SELECT unnest($1::TEXT[]) AS value) AS pattern_23 
WHERE strpos(pattern_23.value, ((' ' || token_20.value) || ' ')) > 0 AND strpos(substr(search_field_4.tokens, greatest(1, (extract_14.begin + CAST((SELECT coalesce(sum(length(before_22.value) + 1), 0) AS coalesce_1 
FROM (SELECT CAST(place AS integer) - 1 AS key, token AS value FROM unnest(string_to_array(trim(extract_14.part), ' ')) WITH ORDINALITY AS part(token, place)) AS before_22 
WHERE before_22.key < token_20.key) AS integer) + length(token_20.value) + 2) - length(pattern_23.value)), greatest(1, (extract_14.begin + CAST((SELECT coalesce(sum(length(before_22.value) + 1), 0) AS coalesce_1 
FROM (SELECT CAST(place AS integer) - 1 AS key, token AS value FROM unnest(string_to_array(trim(extract_14.part), ' ')) WITH ORDINALITY AS part(token, place)) AS before_22 
WHERE before_22.key < token_20.key) AS integer) + length(pattern_23.value)) - greatest(1, (extract_14.begin + CAST((SELECT coalesce(sum(length(before_22.value) + 1), 0) AS coalesce_1 
FROM (SELECT CAST(place AS integer) - 1 AS key, token AS value FROM unnest(string_to_array(trim(extract_14.part), ' ')) WITH ORDINALITY AS part(token, place)) AS before_22 
WHERE before_22.key < token_20.key) AS integer) + length(token_20.value) + 2) - length(pattern_23.value)))), pattern_23.value) > 0)) ORDER BY token_20.key) AS list_24) AS anon_3 
FROM (SELECT window_15.begin AS begin, window_15.skipped AS skipped, window_15.part AS part, CAST(substr(search_field_4.places, window_15.skipped * 2 * search_field_4.width + 1, search_field_4.width) AS integer) AS start, CAST(substr(search_field_4.places, (((window_15.skipped + (length(window_15.part) - length(replace(window_15.part, ' ', '')))) - 2) * 2 + 1) * search_field_4.width + 1, search_field_4.width) AS integer) AS stop 
FROM (SELECT bounds_16.begin AS begin, (length(substr(search_field_4.tokens, 1, bounds_16.begin)) - length(replace(substr(search_field_4.tokens, 1, bounds_16.begin), ' ', ''))) - 1 AS skipped, substr(search_field_4.tokens, bounds_16.begin, (bounds_16.stop - bounds_16.begin) + 1) AS part 
FROM (SELECT opening_17.begin AS begin, coalesce((opening_17.begin + 160 + nullif(strpos(substr(search_field_4.tokens, opening_17.begin + 160), ' '), 0)) - 1, length(search_field_4.tokens)) AS stop 
FROM (SELECT (greatest(1, first_18.position - 60) + strpos(substr(search_field_4.tokens, greatest(1, first_18.position - 60)), ' ')) - 1 AS begin 
FROM (SELECT min(strpos(search_field_4.tokens, pattern_19.value)) AS position 
FROM (SELECT unnest($1::TEXT[]) AS value) AS pattern_19 
WHERE strpos(search_field_4.tokens, pattern_19.value) > 0) AS first_18) AS opening_17) AS bounds_16) AS window_15 
 LIMIT 1) AS extract_14)) || '}')) AS item_1 
FROM (SELECT * FROM (SELECT hit_25.id, hit_25.named, hit_25.date_desc, hit_25.kind, hit_25.key 
FROM (SELECT search_record_27.id AS id, CAST(search_record_27.id IN (SELECT rowid FROM search_index WHERE array_to_tsvector(string_to_array(names, ' ')) @@ CAST($3::VARCHAR AS tsquery)) AS integer) AS named, search_record_27.date_desc AS date_desc, search_record_27.kind AS kind, search_record_27.key AS key 
FROM search_index AS search_index_26 JOIN search_record AS search_record_27 ON search_record_27.id = search_index_26.rowid 
WHERE array_to_tsvector(string_to_array(search_index_26.words, ' ')) @@ CAST($3::VARCHAR AS tsquery) AND (cardinality($2::TEXT[]) = 0 OR NOT EXISTS (SELECT 1 FROM unnest($2::TEXT[]) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_27.id AND (strpos(tokens, phrase) > 0 OR (ascii(phrase) = 10 AND EXISTS (SELECT 1 FROM json_array_elements_text(CASE WHEN ascii(phrase) = 10 THEN CAST(phrase AS json) END) AS spelling WHERE strpos(tokens, spelling.value) > 0)))))) AND search_record_27.kind IN ('ARTICLE')) AS hit_25 ORDER BY hit_25.named DESC, hit_25.date_desc DESC, hit_25.kind ASC, hit_25.key ASC LIMIT 500) AS walk LIMIT $4::INTEGER) AS hit_1 JOIN article AS article_3 ON article_3.id = hit_1.id JOIN search_field AS search_field_4 ON search_field_4.record_id = hit_1.id AND search_field_4.ordinal = (SELECT search_field_5.ordinal 
FROM search_field AS search_field_5 
WHERE search_field_5.record_id = hit_1.id AND (EXISTS (SELECT 1 
FROM (SELECT unnest($1::TEXT[]) AS value) AS pattern_6 
WHERE strpos(search_field_5.tokens, pattern_6.value) > 0)) ORDER BY EXISTS (SELECT 1 
FROM (SELECT unnest($1::TEXT[]) AS value) AS pattern_7 
WHERE strpos(search_field_5.tokens, pattern_7.value) = 0), search_field_5.ordinal 
 LIMIT 1 OFFSET 0) ORDER BY hit_1.named DESC, hit_1.date_desc DESC, hit_1.kind ASC, hit_1.key ASC) AS page_2)) || ',"prefix":') || ((SELECT (('{"nodes":[' || coalesce(string_agg(page_29.item_1, ','), '')) || ']}') AS anon_5 
FROM (SELECT ((('{"field":' || coalesce('"' || search_field_30.field || '"', 'null')) || (',"snippet":' || (SELECT coalesce(CAST(to_json(substr(coalesce(search_field_30.text, (SELECT article.body 
FROM article 
WHERE article.id = search_field_30.record_id)), extract_34.start + 1, extract_34.stop - extract_34.start)) AS text), 'null') AS anon_6 
FROM (SELECT window_35.begin AS begin, window_35.skipped AS skipped, window_35.part AS part, CAST(substr(search_field_30.places, window_35.skipped * 2 * search_field_30.width + 1, search_field_30.width) AS integer) AS start, CAST(substr(search_field_30.places, (((window_35.skipped + (length(window_35.part) - length(replace(window_35.part, ' ', '')))) - 2) * 2 + 1) * search_field_30.width + 1, search_field_30.width) AS integer) AS stop 
FROM (SELECT bounds_36.begin AS begin, (length(substr(search_field_30.tokens, 1, bounds_36.begin)) - length(replace(substr(search_field_30.tokens, 1, bounds_36.begin), ' ', ''))) - 1 AS skipped, substr(search_field_30.tokens, bounds_36.begin, (bounds_36.stop - bounds_36.begin) + 1) AS part 
FROM (SELECT opening_37.begin AS begin, coalesce((opening_37.begin + 160 + nullif(strpos(substr(search_field_30.tokens, opening_37.begin + 160), ' '), 0)) - 1, length(search_field_30.tokens)) AS stop 
FROM (SELECT (greatest(1, first_38.position - 60) + strpos(substr(search_field_30.tokens, greatest(1, first_38.position - 60)), ' ')) - 1 AS begin 
FROM (SELECT min(strpos(search_field_30.tokens, pattern_39.value)) AS position 
FROM (SELECT unnest($5::TEXT[]) AS value) AS pattern_39 
WHERE strpos(search_field_30.tokens, pattern_39.value) > 0) AS first_38) AS opening_37) AS bounds_36) AS window_35 
 LIMIT 1) AS extract_34))) || ((',"highlights":' || (SELECT (SELECT (('[' || coalesce(string_agg(list_50.item, ','), '')) || ']') AS anon_8 
FROM (SELECT CASE WHEN (CAST(substr(search_field_30.places, ((extract_40.skipped + token_46.key) * 2 + 1) * search_field_30.width + 1, search_field_30.width) AS integer) > CAST(substr(search_field_30.places, (extract_40.skipped + token_46.key) * 2 * search_field_30.width + 1, search_field_30.width) AS integer)) THEN ((('{"start":' || CAST(CAST(CAST(substr(search_field_30.places, (extract_40.skipped + token_46.key) * 2 * search_field_30.width + 1, search_field_30.width) AS integer) - extract_40.start AS integer) AS text)) || ',"end":') || (CAST(CAST(CAST(substr(search_field_30.places, ((extract_40.skipped + token_46.key) * 2 + 1) * search_field_30.width + 1, search_field_30.width) AS integer) - extract_40.start AS integer) AS text) || '}')) END AS item 
FROM (SELECT CAST(place AS integer) - 1 AS key, token AS value FROM unnest(string_to_array(trim(extract_40.part), ' ')) WITH ORDINALITY AS part(token, place)) AS token_46 
WHERE (EXISTS (SELECT 1 
FROM (SELECT unnest($5::TEXT[]) AS value) AS pattern_47 
WHERE strpos(((' ' || token_46.value) || ' '), pattern_47.value) > 0)) OR cardinality($6::TEXT[]) > 0 AND (EXISTS (SELECT 1 
FROM (SELECT unnest($5::TEXT[]) AS value) AS pattern_49 
WHERE strpos(pattern_49.value, ((' ' || token_46.value) || ' ')) > 0 AND strpos(substr(search_field_30.tokens, greatest(1, (extract_40.begin + CAST((SELECT coalesce(sum(length(before_48.value) + 1), 0) AS coalesce_2 
FROM (SELECT CAST(place AS integer) - 1 AS key, token AS value FROM unnest(string_to_array(trim(extract_40.part), ' ')) WITH ORDINALITY AS part(token, place)) AS before_48 
WHERE before_48.key < token_46.key) AS integer) + length(token_46.value) + 2) - length(pattern_49.value)), greatest(1, (extract_40.begin + CAST((SELECT coalesce(sum(length(before_48.value) + 1), 0) AS coalesce_2 
FROM (SELECT CAST(place AS integer) - 1 AS key, token AS value FROM unnest(string_to_array(trim(extract_40.part), ' ')) WITH ORDINALITY AS part(token, place)) AS before_48 
WHERE before_48.key < token_46.key) AS integer) + length(pattern_49.value)) - greatest(1, (extract_40.begin + CAST((SELECT coalesce(sum(length(before_48.value) + 1), 0) AS coalesce_2 
FROM (SELECT CAST(place AS integer) - 1 AS key, token AS value FROM unnest(string_to_array(trim(extract_40.part), ' ')) WITH ORDINALITY AS part(token, place)) AS before_48 
WHERE before_48.key < token_46.key) AS integer) + length(token_46.value) + 2) - length(pattern_49.value)))), pattern_49.value) > 0)) ORDER BY token_46.key) AS list_50) AS anon_7 
FROM (SELECT window_41.begin AS begin, window_41.skipped AS skipped, window_41.part AS part, CAST(substr(search_field_30.places, window_41.skipped * 2 * search_field_30.width + 1, search_field_30.width) AS integer) AS start, CAST(substr(search_field_30.places, (((window_41.skipped + (length(window_41.part) - length(replace(window_41.part, ' ', '')))) - 2) * 2 + 1) * search_field_30.width + 1, search_field_30.width) AS integer) AS stop 
FROM (SELECT bounds_42.begin AS begin, (length(substr(search_field_30.tokens, 1, bounds_42.begin)) - length(replace(substr(search_field_30.tokens, 1, bounds_42.begin), ' ', ''))) - 1 AS skipped, substr(search_field_30.tokens, bounds_42.begin, (bounds_42.stop - bounds_42.begin) + 1) AS part 
FROM (SELECT opening_43.begin AS begin, coalesce((opening_43.begin + 160 + nullif(strpos(substr(search_field_30.tokens, opening_43.begin + 160), ' '), 0)) - 1, length(search_field_30.tokens)) AS stop 
FROM (SELECT (greatest(1, first_44.position - 60) + strpos(substr(search_field_30.tokens, greatest(1, first_44.position - 60)), ' ')) - 1 AS begin 
FROM (SELECT min(strpos(search_field_30.tokens, pattern_45.value)) AS position 
FROM (SELECT unnest($5::TEXT[]) AS value) AS pattern_45 
WHERE strpos(search_field_30.tokens, pattern_45.value) > 0) AS first_44) AS opening_43) AS bounds_42) AS window_41 
 LIMIT 1) AS extract_40)) || '}')) AS item_1 
FROM (SELECT * FROM (SELECT hit_51.id, hit_51.named, hit_51.date_desc, hit_51.kind, hit_51.key 
FROM (SELECT search_record_53.id AS id, CAST(search_record_53.id IN (SELECT rowid FROM search_index WHERE array_to_tsvector(string_to_array(names, ' ')) @@ CAST($7::VARCHAR AS tsquery)) AS integer) AS named, search_record_53.date_desc AS date_desc, search_record_53.kind AS kind, search_record_53.key AS key 
FROM search_index AS search_index_52 JOIN search_record AS search_record_53 ON search_record_53.id = search_index_52.rowid 
WHERE array_to_tsvector(string_to_array(search_index_52.words, ' ')) @@ CAST($7::VARCHAR AS tsquery) AND (cardinality($6::TEXT[]) = 0 OR NOT EXISTS (SELECT 1 FROM unnest($6::TEXT[]) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_53.id AND (strpos(tokens, phrase) > 0 OR (ascii(phrase) = 10 AND EXISTS (SELECT 1 FROM json_array_elements_text(CASE WHEN ascii(phrase) = 10 THEN CAST(phrase AS json) END) AS spelling WHERE strpos(tokens, spelling.value) > 0)))))) AND search_record_53.kind = ANY($8::TEXT[])) AS hit_51 ORDER BY hit_51.named DESC, hit_51.date_desc DESC, hit_51.kind ASC, hit_51.key ASC LIMIT 500) AS walk LIMIT $9::INTEGER) AS hit_28 JOIN search_field AS search_field_30 ON search_field_30.record_id = hit_28.id AND search_field_30.ordinal = (SELECT search_field_31.ordinal 
FROM search_field AS search_field_31 
WHERE search_field_31.record_id = hit_28.id AND (EXISTS (SELECT 1 
FROM (SELECT unnest($5::TEXT[]) AS value) AS pattern_32 
WHERE strpos(search_field_31.tokens, pattern_32.value) > 0)) ORDER BY EXISTS (SELECT 1 
FROM (SELECT unnest($5::TEXT[]) AS value) AS pattern_33 
WHERE strpos(search_field_31.tokens, pattern_33.value) = 0), search_field_31.ordinal 
 LIMIT 1 OFFSET 0) ORDER BY hit_28.named DESC, hit_28.date_desc DESC, hit_28.kind ASC, hit_28.key ASC) AS page_29) || ',"nothing":')) || (((SELECT ((('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_10 
FROM (SELECT search_record_58.id AS id, CAST(search_record_58.id IN (SELECT rowid FROM search_index WHERE array_to_tsvector(string_to_array(names, ' ')) @@ CAST($10::VARCHAR AS tsquery)) AS integer) AS named, search_record_58.date_desc AS date_desc, search_record_58.kind AS kind, search_record_58.key AS key 
FROM search_index AS search_index_57 JOIN search_record AS search_record_58 ON search_record_58.id = search_index_57.rowid 
WHERE array_to_tsvector(string_to_array(search_index_57.words, ' ')) @@ CAST($10::VARCHAR AS tsquery) AND (cardinality($11::TEXT[]) = 0 OR NOT EXISTS (SELECT 1 FROM unnest($11::TEXT[]) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_58.id AND (strpos(tokens, phrase) > 0 OR (ascii(phrase) = 10 AND EXISTS (SELECT 1 FROM json_array_elements_text(CASE WHEN ascii(phrase) = 10 THEN CAST(phrase AS json) END) AS spelling WHERE strpos(tokens, spelling.value) > 0)))))) AND search_record_58.kind IN ('ARTICLE')) AS hit_56)) || ',"nodes":[') || (coalesce(string_agg(page_55.item_1, ','), '') || ']}')) AS anon_9 
FROM (SELECT (('{"field":' || coalesce('"' || search_field_59.field || '"', 'null')) || '}') AS item_1 
FROM (SELECT * FROM (SELECT hit_63.id, hit_63.named, hit_63.date_desc, hit_63.kind, hit_63.key 
FROM (SELECT search_record_65.id AS id, CAST(search_record_65.id IN (SELECT rowid FROM search_index WHERE array_to_tsvector(string_to_array(names, ' ')) @@ CAST($10::VARCHAR AS tsquery)) AS integer) AS named, search_record_65.date_desc AS date_desc, search_record_65.kind AS kind, search_record_65.key AS key 
FROM search_index AS search_index_64 JOIN search_record AS search_record_65 ON search_record_65.id = search_index_64.rowid 
WHERE array_to_tsvector(string_to_array(search_index_64.words, ' ')) @@ CAST($10::VARCHAR AS tsquery) AND (cardinality($11::TEXT[]) = 0 OR NOT EXISTS (SELECT 1 FROM unnest($11::TEXT[]) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_65.id AND (strpos(tokens, phrase) > 0 OR (ascii(phrase) = 10 AND EXISTS (SELECT 1 FROM json_array_elements_text(CASE WHEN ascii(phrase) = 10 THEN CAST(phrase AS json) END) AS spelling WHERE strpos(tokens, spelling.value) > 0)))))) AND search_record_65.kind IN ('ARTICLE')) AS hit_63 ORDER BY hit_63.named DESC, hit_63.date_desc DESC, hit_63.kind ASC, hit_63.key ASC LIMIT 500) AS walk LIMIT $12::INTEGER) AS hit_54 JOIN search_field AS search_field_59 ON search_field_59.record_id = hit_54.id AND search_field_59.ordinal = (SELECT search_field_60.ordinal 
FROM search_field AS search_field_60 
WHERE search_field_60.record_id = hit_54.id AND (EXISTS (SELECT 1 
FROM (SELECT unnest($13::TEXT[]) AS value) AS pattern_61 
WHERE strpos(search_field_60.tokens, pattern_61.value) > 0)) ORDER BY EXISTS (SELECT 1 
FROM (SELECT unnest($13::TEXT[]) AS value) AS pattern_62 
WHERE strpos(search_field_60.tokens, pattern_62.value) = 0), search_field_60.ordinal 
 LIMIT 1 OFFSET 0) ORDER BY hit_54.named DESC, hit_54.date_desc DESC, hit_54.kind ASC, hit_54.key ASC) AS page_55) || ',"both":') || ((SELECT (('{"nodes":[' || coalesce(string_agg(page_67.item_1, ','), '')) || ']}') AS anon_11 
FROM (SELECT (('{"node":{"name":' || coalesce(CAST(actor_68.name -> $14::VARCHAR AS text), CAST(actor_68.name -> (actor_68.name ->> '*') AS text))) || '}}') AS item_1 
FROM (SELECT * FROM (SELECT hit_69.id, hit_69.named, hit_69.date_desc, hit_69.kind, hit_69.key 
FROM (SELECT search_record_71.id AS id, CAST(search_record_71.id IN (SELECT rowid FROM search_index WHERE array_to_tsvector(string_to_array(names, ' ')) @@ CAST($15::VARCHAR AS tsquery)) AS integer) AS named, search_record_71.date_desc AS date_desc, search_record_71.kind AS kind, search_record_71.key AS key 
FROM search_index AS search_index_70 JOIN search_record AS search_record_71 ON search_record_71.id = search_index_70.rowid 
WHERE array_to_tsvector(string_to_array(search_index_70.words, ' ')) @@ CAST($15::VARCHAR AS tsquery) AND (cardinality($16::TEXT[]) = 0 OR NOT EXISTS (SELECT 1 FROM unnest($16::TEXT[]) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_71.id AND (strpos(tokens, phrase) > 0 OR (ascii(phrase) = 10 AND EXISTS (SELECT 1 FROM json_array_elements_text(CASE WHEN ascii(phrase) = 10 THEN CAST(phrase AS json) END) AS spelling WHERE strpos(tokens, spelling.value) > 0)))))) AND search_record_71.kind IN ('ACTOR')) AS hit_69 ORDER BY hit_69.named DESC, hit_69.date_desc DESC, hit_69.kind ASC, hit_69.key ASC LIMIT 500) AS walk LIMIT $17::INTEGER) AS hit_66 JOIN actor AS actor_68 ON actor_68.id = hit_66.id ORDER BY hit_66.named DESC, hit_66.date_desc DESC, hit_66.kind ASC, hit_66.key ASC) AS page_67) || '}'))), 'UTF8') AS answer
