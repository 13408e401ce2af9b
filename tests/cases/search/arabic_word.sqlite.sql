SELECT concat('{"search":', (SELECT concat('{"totalCount":', (SELECT count(*) AS anon_2 
FROM (SELECT search_record_5.id AS id, (search_record_5.id IN (SELECT rowid FROM search_index WHERE search_index MATCH '{names} : (' || +? || ')')) AS named, search_record_5.date_desc AS date_desc, search_record_5.kind AS kind, search_record_5.key AS "key" 
FROM search_index AS search_index_4 CROSS JOIN search_record AS search_record_5 ON search_record_5.id = search_index_4.rowid 
WHERE search_index_4.search_index MATCH +? AND (+? = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(+?) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_5.id AND instr(tokens, phrase.value) > 0)))) AS hit_3), ',"edges":[', group_concat(page_2.item_1, ','), '],"pageInfo":{"hasNextPage":', CASE WHEN EXISTS (SELECT 1 
FROM (SELECT search_record_37.id AS id, (search_record_37.id IN (SELECT rowid FROM search_index WHERE search_index MATCH '{names} : (' || +? || ')')) AS named, search_record_37.date_desc AS date_desc, search_record_37.kind AS kind, search_record_37.key AS "key" 
FROM search_index AS search_index_36 CROSS JOIN search_record AS search_record_37 ON search_record_37.id = search_index_36.rowid 
WHERE search_index_36.search_index MATCH +? AND (+? = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(+?) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_37.id AND instr(tokens, phrase.value) > 0)))) AS hit_35
 LIMIT 1 OFFSET +?) THEN 'true' ELSE 'false' END, '}}') AS anon_1 
FROM (SELECT concat('{"cursor":"', +?, hex(concat(hit_1.named, char(31), hit_1.date_desc, char(31), hit_1.kind, char(31), hit_1.key, char(31))), '","node":{"node":', CASE WHEN (hit_1.kind IN ('MEETING', 'AGREEMENT', 'STATEMENT', 'APPEAL')) THEN coalesce((SELECT concat('{"__typename":', CASE WHEN (event_6.kind = 'MEETING') THEN '"Meeting"' WHEN (event_6.kind = 'AGREEMENT') THEN '"Agreement"' WHEN (event_6.kind = 'STATEMENT') THEN '"Statement"' WHEN (event_6.kind = 'APPEAL') THEN '"Appeal"' END, ',"id":"', lower(event_6.kind), ':', event_6.key, '"}') AS anon_3 
FROM event AS event_6 
WHERE event_6.id = hit_1.id), 'null') WHEN (hit_1.kind = 'PLACE') THEN coalesce((SELECT concat('{"__typename":"Place","id":"place:', place_7.key, '"}') AS anon_4 
FROM place AS place_7 
WHERE place_7.id = hit_1.id), 'null') WHEN (hit_1.kind = 'ACTOR') THEN coalesce((SELECT concat('{"__typename":"Actor","id":"actor:', actor_8.key, '"}') AS anon_5 
FROM actor AS actor_8 
WHERE actor_8.id = hit_1.id), 'null') WHEN (hit_1.kind = 'OFFICE') THEN coalesce((SELECT concat('{"__typename":"Office","id":"office:', office_9.key, '"}') AS anon_6 
FROM office AS office_9 
WHERE office_9.id = hit_1.id), 'null') WHEN (hit_1.kind = 'CLAIM') THEN coalesce((SELECT concat('{"__typename":"Claim","id":"claim:', claim_10.key, '"}') AS anon_7 
FROM claim AS claim_10 
WHERE claim_10.id = hit_1.id), 'null') WHEN (hit_1.kind = 'ARTICLE') THEN coalesce((SELECT concat('{"__typename":"Article","id":"article:', article_11.key, '"}') AS anon_8 
FROM article AS article_11 
WHERE article_11.id = hit_1.id), 'null') WHEN (hit_1.kind = 'TOPIC') THEN coalesce((SELECT concat('{"__typename":"Topic","id":"topic:', topic_12.key, '"}') AS anon_9 
FROM topic AS topic_12 
WHERE topic_12.id = hit_1.id), 'null') WHEN (hit_1.kind = 'PROVISION') THEN coalesce((SELECT concat('{"__typename":"Provision","id":"provision:', provision_13.key, '"}') AS anon_10 
FROM provision AS provision_13 
WHERE provision_13.id = hit_1.id), 'null') ELSE 'null' END, ',"field":', coalesce('"' || search_field_14.field || '"', 'null'), ',"snippet":', (SELECT json_quote(substr(coalesce(search_field_14.text, (SELECT article.body 
FROM article 
WHERE article.id = search_field_14.record_id)), extract_18.start + 1, extract_18.stop - extract_18.start)) AS anon_11 
FROM (SELECT window_19.begin AS "begin", window_19.skipped AS skipped, window_19.part AS part, CAST(substr(search_field_14.places, window_19.skipped * 2 * search_field_14.width + 1, search_field_14.width) AS INTEGER) AS start, CAST(substr(search_field_14.places, (((window_19.skipped + (length(window_19.part) - length(replace(window_19.part, ' ', '')))) - 2) * 2 + 1) * search_field_14.width + 1, search_field_14.width) AS INTEGER) AS stop 
FROM (SELECT bounds_20.begin AS "begin", (length(substr(search_field_14.tokens, 1, bounds_20.begin)) - length(replace(substr(search_field_14.tokens, 1, bounds_20.begin), ' ', ''))) - 1 AS skipped, substr(search_field_14.tokens, bounds_20.begin, (bounds_20.stop - bounds_20.begin) + 1) AS part 
FROM (SELECT opening_21.begin AS "begin", coalesce((opening_21.begin + 160 + nullif(instr(substr(search_field_14.tokens, opening_21.begin + 160), ' '), 0)) - 1, length(search_field_14.tokens)) AS stop 
FROM (SELECT (max(1, first_22.position - 60) + instr(substr(search_field_14.tokens, max(1, first_22.position - 60)), ' ')) - 1 AS "begin" 
FROM (SELECT min(instr(search_field_14.tokens, pattern_23.value)) AS position 
FROM json_each(+?) AS pattern_23 
WHERE instr(search_field_14.tokens, pattern_23.value) > 0) AS first_22) AS opening_21) AS bounds_20) AS window_19
 LIMIT 1 OFFSET ?) AS extract_18), ',"highlights":', (SELECT (SELECT concat('[', group_concat(list_34.item, ','), ']') AS anon_13 
FROM (SELECT CASE WHEN (CAST(substr(search_field_14.places, ((extract_24.skipped + token_30.key) * 2 + 1) * search_field_14.width + 1, search_field_14.width) AS INTEGER) > CAST(substr(search_field_14.places, (extract_24.skipped + token_30.key) * 2 * search_field_14.width + 1, search_field_14.width) AS INTEGER)) THEN concat('{"start":', CAST(CAST(substr(search_field_14.places, (extract_24.skipped + token_30.key) * 2 * search_field_14.width + 1, search_field_14.width) AS INTEGER) - extract_24.start AS INTEGER), ',"end":', CAST(CAST(substr(search_field_14.places, ((extract_24.skipped + token_30.key) * 2 + 1) * search_field_14.width + 1, search_field_14.width) AS INTEGER) - extract_24.start AS INTEGER), '}') END AS item 
FROM json_each('["' || replace(trim(extract_24.part), ' ', '","') || '"]') AS token_30 
WHERE (EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_31 
WHERE instr(concat(' ', token_30.value, ' '), pattern_31.value) > 0)) OR +? <> '[]' AND (EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_33 
WHERE instr(pattern_33.value, concat(' ', token_30.value, ' ')) > 0 AND instr(substr(search_field_14.tokens, max(1, (extract_24.begin + CAST((SELECT coalesce(sum(length(before_32.value) + 1), 0) AS coalesce_1 
FROM json_each('["' || replace(trim(extract_24.part), ' ', '","') || '"]') AS before_32 
WHERE before_32.key < token_30.key) AS INTEGER) + length(token_30.value) + 2) - length(pattern_33.value)), max(1, (extract_24.begin + CAST((SELECT coalesce(sum(length(before_32.value) + 1), 0) AS coalesce_1 
FROM json_each('["' || replace(trim(extract_24.part), ' ', '","') || '"]') AS before_32 
WHERE before_32.key < token_30.key) AS INTEGER) + length(pattern_33.value)) - max(1, (extract_24.begin + CAST((SELECT coalesce(sum(length(before_32.value) + 1), 0) AS coalesce_1 
FROM json_each('["' || replace(trim(extract_24.part), ' ', '","') || '"]') AS before_32 
WHERE before_32.key < token_30.key) AS INTEGER) + length(token_30.value) + 2) - length(pattern_33.value)))), pattern_33.value) > 0)) ORDER BY token_30.key) AS list_34) AS anon_12 
FROM (SELECT window_25.begin AS "begin", window_25.skipped AS skipped, window_25.part AS part, CAST(substr(search_field_14.places, window_25.skipped * 2 * search_field_14.width + 1, search_field_14.width) AS INTEGER) AS start, CAST(substr(search_field_14.places, (((window_25.skipped + (length(window_25.part) - length(replace(window_25.part, ' ', '')))) - 2) * 2 + 1) * search_field_14.width + 1, search_field_14.width) AS INTEGER) AS stop 
FROM (SELECT bounds_26.begin AS "begin", (length(substr(search_field_14.tokens, 1, bounds_26.begin)) - length(replace(substr(search_field_14.tokens, 1, bounds_26.begin), ' ', ''))) - 1 AS skipped, substr(search_field_14.tokens, bounds_26.begin, (bounds_26.stop - bounds_26.begin) + 1) AS part 
FROM (SELECT opening_27.begin AS "begin", coalesce((opening_27.begin + 160 + nullif(instr(substr(search_field_14.tokens, opening_27.begin + 160), ' '), 0)) - 1, length(search_field_14.tokens)) AS stop 
FROM (SELECT (max(1, first_28.position - 60) + instr(substr(search_field_14.tokens, max(1, first_28.position - 60)), ' ')) - 1 AS "begin" 
FROM (SELECT min(instr(search_field_14.tokens, pattern_29.value)) AS position 
FROM json_each(+?) AS pattern_29 
WHERE instr(search_field_14.tokens, pattern_29.value) > 0) AS first_28) AS opening_27) AS bounds_26) AS window_25
 LIMIT 1 OFFSET ?) AS extract_24), '}}') AS item_1 
FROM (SELECT hit_38.named, hit_38.date_desc, hit_38.kind, hit_38.key, hit_38.id 
FROM (SELECT search_record_40.id AS id, (search_record_40.id IN (SELECT rowid FROM search_index WHERE search_index MATCH '{names} : (' || +? || ')')) AS named, search_record_40.date_desc AS date_desc, search_record_40.kind AS kind, search_record_40.key AS "key" 
FROM search_index AS search_index_39 CROSS JOIN search_record AS search_record_40 ON search_record_40.id = search_index_39.rowid 
WHERE search_index_39.search_index MATCH +? AND (+? = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(+?) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_40.id AND instr(tokens, phrase.value) > 0)))) AS hit_38 ORDER BY hit_38.named DESC, hit_38.date_desc DESC, hit_38.kind ASC, hit_38.key ASC LIMIT +?) AS hit_1 CROSS JOIN search_field AS search_field_14 ON search_field_14.record_id = hit_1.id AND search_field_14.ordinal = (SELECT search_field_15.ordinal 
FROM search_field AS search_field_15 
WHERE search_field_15.record_id = hit_1.id AND (EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_16 
WHERE instr(search_field_15.tokens, pattern_16.value) > 0)) ORDER BY EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_17 
WHERE instr(search_field_15.tokens, pattern_17.value) = 0), search_field_15.ordinal
 LIMIT 1 OFFSET 0) ORDER BY hit_1.named DESC, hit_1.date_desc DESC, hit_1.kind ASC, hit_1.key ASC) AS page_2), '}') AS answer
