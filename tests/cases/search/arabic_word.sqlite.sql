SELECT concat('{"search":', (SELECT concat('{"totalCount":', (SELECT count(*) AS anon_2 
FROM (SELECT search_record_5.id AS id, (search_record_5.id IN (SELECT rowid FROM search_index WHERE search_index MATCH '{names} : (' || +? || ')')) AS named, search_record_5.date_desc AS date_desc, search_record_5.kind AS kind, search_record_5.key AS "key" 
FROM search_index AS search_index_4 CROSS JOIN search_record AS search_record_5 ON search_record_5.id = search_index_4.rowid 
WHERE search_index_4.search_index MATCH +? AND (+? = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(+?) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_5.id AND (instr(tokens, phrase.value) > 0 OR (unicode(phrase.value) = 10 AND EXISTS (SELECT 1 FROM json_each(phrase.value) AS spelling WHERE instr(tokens, spelling.value) > 0)))))) AND search_record_5.kind IN ('ARTICLE', 'TOPIC')) AS hit_3), ',"edges":[', group_concat(page_2.item_1, ','), '],"pageInfo":{"hasNextPage":', CASE WHEN EXISTS (SELECT 1 
FROM (SELECT search_record_31.id AS id, (search_record_31.id IN (SELECT rowid FROM search_index WHERE search_index MATCH '{names} : (' || +? || ')')) AS named, search_record_31.date_desc AS date_desc, search_record_31.kind AS kind, search_record_31.key AS "key" 
FROM search_index AS search_index_30 CROSS JOIN search_record AS search_record_31 ON search_record_31.id = search_index_30.rowid 
WHERE search_index_30.search_index MATCH +? AND (+? = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(+?) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_31.id AND (instr(tokens, phrase.value) > 0 OR (unicode(phrase.value) = 10 AND EXISTS (SELECT 1 FROM json_each(phrase.value) AS spelling WHERE instr(tokens, spelling.value) > 0)))))) AND search_record_31.kind IN ('ARTICLE', 'TOPIC')) AS hit_29
 LIMIT 1 OFFSET +?) THEN 'true' ELSE 'false' END, '}}') AS anon_1 
FROM (SELECT concat('{"cursor":"', +?, hex(concat(hit_1.named, char(31), hit_1.date_desc, char(31), hit_1.kind, char(31), hit_1.key, char(31))), '","node":{"node":', CASE WHEN (hit_1.kind = 'ARTICLE') THEN coalesce((SELECT concat('{"__typename":"Article","id":"article:', article_6.key, '"}') AS anon_3 
FROM article AS article_6 
WHERE article_6.id = hit_1.id), 'null') WHEN (hit_1.kind = 'TOPIC') THEN coalesce((SELECT concat('{"__typename":"Topic","id":"topic:', topic_7.key, '"}') AS anon_4 
FROM topic AS topic_7 
WHERE topic_7.id = hit_1.id), 'null') ELSE 'null' END, ',"field":', coalesce('"' || search_field_8.field || '"', 'null'), ',"snippet":', (SELECT json_quote(substr(coalesce(search_field_8.text, (SELECT article.body 
FROM article 
WHERE article.id = search_field_8.record_id)), extract_12.start + 1, extract_12.stop - extract_12.start)) AS anon_5 
FROM (SELECT window_13.begin AS "begin", window_13.skipped AS skipped, window_13.part AS part, CAST(substr(search_field_8.places, window_13.skipped * 2 * search_field_8.width + 1, search_field_8.width) AS INTEGER) AS start, CAST(substr(search_field_8.places, (((window_13.skipped + (length(window_13.part) - length(replace(window_13.part, ' ', '')))) - 2) * 2 + 1) * search_field_8.width + 1, search_field_8.width) AS INTEGER) AS stop 
FROM (SELECT bounds_14.begin AS "begin", (length(substr(search_field_8.tokens, 1, bounds_14.begin)) - length(replace(substr(search_field_8.tokens, 1, bounds_14.begin), ' ', ''))) - 1 AS skipped, substr(search_field_8.tokens, bounds_14.begin, (bounds_14.stop - bounds_14.begin) + 1) AS part 
FROM (SELECT opening_15.begin AS "begin", coalesce((opening_15.begin + 160 + nullif(instr(substr(search_field_8.tokens, opening_15.begin + 160), ' '), 0)) - 1, length(search_field_8.tokens)) AS stop 
FROM (SELECT (max(1, first_16.position - 60) + instr(substr(search_field_8.tokens, max(1, first_16.position - 60)), ' ')) - 1 AS "begin" 
FROM (SELECT min(instr(search_field_8.tokens, pattern_17.value)) AS position 
FROM json_each(+?) AS pattern_17 
WHERE instr(search_field_8.tokens, pattern_17.value) > 0) AS first_16) AS opening_15) AS bounds_14) AS window_13
 LIMIT 1 OFFSET ?) AS extract_12), ',"highlights":', (SELECT (SELECT concat('[', group_concat(list_28.item, ','), ']') AS anon_7 
FROM (SELECT CASE WHEN (CAST(substr(search_field_8.places, ((extract_18.skipped + token_24.key) * 2 + 1) * search_field_8.width + 1, search_field_8.width) AS INTEGER) > CAST(substr(search_field_8.places, (extract_18.skipped + token_24.key) * 2 * search_field_8.width + 1, search_field_8.width) AS INTEGER)) THEN concat('{"start":', CAST(CAST(substr(search_field_8.places, (extract_18.skipped + token_24.key) * 2 * search_field_8.width + 1, search_field_8.width) AS INTEGER) - extract_18.start AS INTEGER), ',"end":', CAST(CAST(substr(search_field_8.places, ((extract_18.skipped + token_24.key) * 2 + 1) * search_field_8.width + 1, search_field_8.width) AS INTEGER) - extract_18.start AS INTEGER), '}') END AS item 
FROM json_each('["' || replace(trim(extract_18.part), ' ', '","') || '"]') AS token_24 
WHERE (EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_25 
WHERE instr(concat(' ', token_24.value, ' '), pattern_25.value) > 0)) OR +? <> '[]' AND (EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_27 
WHERE instr(pattern_27.value, concat(' ', token_24.value, ' ')) > 0 AND instr(substr(search_field_8.tokens, max(1, (extract_18.begin + CAST((SELECT coalesce(sum(length(before_26.value) + 1), 0) AS coalesce_1 
FROM json_each('["' || replace(trim(extract_18.part), ' ', '","') || '"]') AS before_26 
WHERE before_26.key < token_24.key) AS INTEGER) + length(token_24.value) + 2) - length(pattern_27.value)), max(1, (extract_18.begin + CAST((SELECT coalesce(sum(length(before_26.value) + 1), 0) AS coalesce_1 
FROM json_each('["' || replace(trim(extract_18.part), ' ', '","') || '"]') AS before_26 
WHERE before_26.key < token_24.key) AS INTEGER) + length(pattern_27.value)) - max(1, (extract_18.begin + CAST((SELECT coalesce(sum(length(before_26.value) + 1), 0) AS coalesce_1 
FROM json_each('["' || replace(trim(extract_18.part), ' ', '","') || '"]') AS before_26 
WHERE before_26.key < token_24.key) AS INTEGER) + length(token_24.value) + 2) - length(pattern_27.value)))), pattern_27.value) > 0)) ORDER BY token_24.key) AS list_28) AS anon_6 
FROM (SELECT window_19.begin AS "begin", window_19.skipped AS skipped, window_19.part AS part, CAST(substr(search_field_8.places, window_19.skipped * 2 * search_field_8.width + 1, search_field_8.width) AS INTEGER) AS start, CAST(substr(search_field_8.places, (((window_19.skipped + (length(window_19.part) - length(replace(window_19.part, ' ', '')))) - 2) * 2 + 1) * search_field_8.width + 1, search_field_8.width) AS INTEGER) AS stop 
FROM (SELECT bounds_20.begin AS "begin", (length(substr(search_field_8.tokens, 1, bounds_20.begin)) - length(replace(substr(search_field_8.tokens, 1, bounds_20.begin), ' ', ''))) - 1 AS skipped, substr(search_field_8.tokens, bounds_20.begin, (bounds_20.stop - bounds_20.begin) + 1) AS part 
FROM (SELECT opening_21.begin AS "begin", coalesce((opening_21.begin + 160 + nullif(instr(substr(search_field_8.tokens, opening_21.begin + 160), ' '), 0)) - 1, length(search_field_8.tokens)) AS stop 
FROM (SELECT (max(1, first_22.position - 60) + instr(substr(search_field_8.tokens, max(1, first_22.position - 60)), ' ')) - 1 AS "begin" 
FROM (SELECT min(instr(search_field_8.tokens, pattern_23.value)) AS position 
FROM json_each(+?) AS pattern_23 
WHERE instr(search_field_8.tokens, pattern_23.value) > 0) AS first_22) AS opening_21) AS bounds_20) AS window_19
 LIMIT 1 OFFSET ?) AS extract_18), '}}') AS item_1 
FROM (SELECT hit_32.named, hit_32.date_desc, hit_32.kind, hit_32.key, hit_32.id 
FROM (SELECT search_record_34.id AS id, (search_record_34.id IN (SELECT rowid FROM search_index WHERE search_index MATCH '{names} : (' || +? || ')')) AS named, search_record_34.date_desc AS date_desc, search_record_34.kind AS kind, search_record_34.key AS "key" 
FROM search_index AS search_index_33 CROSS JOIN search_record AS search_record_34 ON search_record_34.id = search_index_33.rowid 
WHERE search_index_33.search_index MATCH +? AND (+? = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(+?) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_34.id AND (instr(tokens, phrase.value) > 0 OR (unicode(phrase.value) = 10 AND EXISTS (SELECT 1 FROM json_each(phrase.value) AS spelling WHERE instr(tokens, spelling.value) > 0)))))) AND search_record_34.kind IN ('ARTICLE', 'TOPIC')) AS hit_32 ORDER BY hit_32.named DESC, hit_32.date_desc DESC, hit_32.kind ASC, hit_32.key ASC LIMIT +?) AS hit_1 CROSS JOIN search_field AS search_field_8 ON search_field_8.record_id = hit_1.id AND search_field_8.ordinal = (SELECT search_field_9.ordinal 
FROM search_field AS search_field_9 
WHERE search_field_9.record_id = hit_1.id AND (EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_10 
WHERE instr(search_field_9.tokens, pattern_10.value) > 0)) ORDER BY EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_11 
WHERE instr(search_field_9.tokens, pattern_11.value) = 0), search_field_9.ordinal
 LIMIT 1 OFFSET 0) ORDER BY hit_1.named DESC, hit_1.date_desc DESC, hit_1.kind ASC, hit_1.key ASC) AS page_2), '}') AS answer
