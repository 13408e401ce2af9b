SELECT concat('{"search":', (SELECT concat('{"totalCount":', (SELECT count(*) AS anon_2 
FROM (SELECT search_record_4.id AS id, (search_record_4.id IN (SELECT rowid FROM search_index WHERE search_index MATCH '{names} : (' || +? || ')')) AS named, search_record_4.date_desc AS date_desc, search_record_4.kind AS kind, search_record_4.key AS "key" 
FROM search_record AS search_record_4 
WHERE search_record_4.id IN (SELECT rowid FROM search_index WHERE search_index MATCH +?) AND (+? = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(+?) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_4.id AND instr(tokens, phrase.value) > 0)))) AS hit_3), ',"nodes":[', group_concat(page_2.item_1, ','), ']}') AS anon_1 
FROM (SELECT concat('{"field":', coalesce('"' || search_field_5.field || '"', 'null'), ',"snippet":', (SELECT json_quote(substr(coalesce(search_field_5.text, (SELECT article.body 
FROM article 
WHERE article.id = search_field_5.record_id)), extract_9.start + 1, extract_9.stop - extract_9.start)) AS anon_3 
FROM (SELECT window_10.skipped AS skipped, window_10.part AS part, CAST(substr(search_field_5.places, window_10.skipped * (search_field_5.width + 3) + 1, search_field_5.width) AS INTEGER) AS start, CAST(substr(search_field_5.places, ((window_10.skipped + (length(window_10.part) - length(replace(window_10.part, ' ', '')))) - 2) * (search_field_5.width + 3) + 1, search_field_5.width) AS INTEGER) + CAST(substr(search_field_5.places, ((window_10.skipped + (length(window_10.part) - length(replace(window_10.part, ' ', '')))) - 2) * (search_field_5.width + 3) + 1 + search_field_5.width, 3) AS INTEGER) AS stop 
FROM (SELECT (length(substr(search_field_5.tokens, 1, bounds_11.begin)) - length(replace(substr(search_field_5.tokens, 1, bounds_11.begin), ' ', ''))) - 1 AS skipped, substr(search_field_5.tokens, bounds_11.begin, (bounds_11.stop - bounds_11.begin) + 1) AS part 
FROM (SELECT opening_12.begin AS "begin", coalesce((opening_12.begin + 160 + nullif(instr(substr(search_field_5.tokens, opening_12.begin + 160), ' '), 0)) - 1, length(search_field_5.tokens)) AS stop 
FROM (SELECT (max(1, first_13.position - 60) + instr(substr(search_field_5.tokens, max(1, first_13.position - 60)), ' ')) - 1 AS "begin" 
FROM (SELECT min(instr(search_field_5.tokens, pattern_14.value)) AS position 
FROM json_each(+?) AS pattern_14 
WHERE instr(search_field_5.tokens, pattern_14.value) > 0) AS first_13) AS opening_12) AS bounds_11) AS window_10) AS extract_9), ',"highlights":', (SELECT (SELECT concat('[', group_concat(list_18.item, ','), ']') AS anon_5 
FROM (SELECT concat('{"start":', CAST(CAST(substr(search_field_5.places, (extract_15.skipped + token_16.key) * (search_field_5.width + 3) + 1, search_field_5.width) AS INTEGER) - extract_15.start AS INTEGER), ',"end":', CAST((CAST(substr(search_field_5.places, (extract_15.skipped + token_16.key) * (search_field_5.width + 3) + 1, search_field_5.width) AS INTEGER) + CAST(substr(search_field_5.places, (extract_15.skipped + token_16.key) * (search_field_5.width + 3) + 1 + search_field_5.width, 3) AS INTEGER)) - extract_15.start AS INTEGER), '}') AS item 
FROM json_each('["' || replace(trim(extract_15.part), ' ', '","') || '"]') AS token_16 
WHERE EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_17 
WHERE instr(concat(' ', token_16.value, ' '), pattern_17.value) > 0) ORDER BY token_16.key) AS list_18) AS anon_4 
FROM (SELECT window_19.skipped AS skipped, window_19.part AS part, CAST(substr(search_field_5.places, window_19.skipped * (search_field_5.width + 3) + 1, search_field_5.width) AS INTEGER) AS start, CAST(substr(search_field_5.places, ((window_19.skipped + (length(window_19.part) - length(replace(window_19.part, ' ', '')))) - 2) * (search_field_5.width + 3) + 1, search_field_5.width) AS INTEGER) + CAST(substr(search_field_5.places, ((window_19.skipped + (length(window_19.part) - length(replace(window_19.part, ' ', '')))) - 2) * (search_field_5.width + 3) + 1 + search_field_5.width, 3) AS INTEGER) AS stop 
FROM (SELECT (length(substr(search_field_5.tokens, 1, bounds_20.begin)) - length(replace(substr(search_field_5.tokens, 1, bounds_20.begin), ' ', ''))) - 1 AS skipped, substr(search_field_5.tokens, bounds_20.begin, (bounds_20.stop - bounds_20.begin) + 1) AS part 
FROM (SELECT opening_21.begin AS "begin", coalesce((opening_21.begin + 160 + nullif(instr(substr(search_field_5.tokens, opening_21.begin + 160), ' '), 0)) - 1, length(search_field_5.tokens)) AS stop 
FROM (SELECT (max(1, first_22.position - 60) + instr(substr(search_field_5.tokens, max(1, first_22.position - 60)), ' ')) - 1 AS "begin" 
FROM (SELECT min(instr(search_field_5.tokens, pattern_23.value)) AS position 
FROM json_each(+?) AS pattern_23 
WHERE instr(search_field_5.tokens, pattern_23.value) > 0) AS first_22) AS opening_21) AS bounds_20) AS window_19) AS extract_15), ',"node":', CASE WHEN (hit_1.kind IN ('MEETING', 'AGREEMENT', 'STATEMENT', 'APPEAL')) THEN coalesce((SELECT concat('{"id":"', lower(event_24.kind), ':', event_24.key, '","__typename":', CASE WHEN (event_24.kind = 'MEETING') THEN '"Meeting"' WHEN (event_24.kind = 'AGREEMENT') THEN '"Agreement"' WHEN (event_24.kind = 'STATEMENT') THEN '"Statement"' WHEN (event_24.kind = 'APPEAL') THEN '"Appeal"' END, '}') AS anon_6 
FROM event AS event_24 
WHERE event_24.id = hit_1.id), 'null') WHEN (hit_1.kind = 'PLACE') THEN coalesce((SELECT concat('{"id":"place:', place_25.key, '","__typename":"Place"}') AS anon_7 
FROM place AS place_25 
WHERE place_25.id = hit_1.id), 'null') WHEN (hit_1.kind = 'ACTOR') THEN coalesce((SELECT concat('{"id":"actor:', actor_26.key, '","__typename":"Actor"}') AS anon_8 
FROM actor AS actor_26 
WHERE actor_26.id = hit_1.id), 'null') WHEN (hit_1.kind = 'OFFICE') THEN coalesce((SELECT concat('{"id":"office:', office_27.key, '","__typename":"Office"}') AS anon_9 
FROM office AS office_27 
WHERE office_27.id = hit_1.id), 'null') WHEN (hit_1.kind = 'CLAIM') THEN coalesce((SELECT concat('{"id":"claim:', claim_28.key, '","__typename":"Claim"}') AS anon_10 
FROM claim AS claim_28 
WHERE claim_28.id = hit_1.id), 'null') WHEN (hit_1.kind = 'ARTICLE') THEN coalesce((SELECT concat('{"id":"article:', article_29.key, '","__typename":"Article"}') AS anon_11 
FROM article AS article_29 
WHERE article_29.id = hit_1.id), 'null') WHEN (hit_1.kind = 'TOPIC') THEN coalesce((SELECT concat('{"id":"topic:', topic_30.key, '","__typename":"Topic"}') AS anon_12 
FROM topic AS topic_30 
WHERE topic_30.id = hit_1.id), 'null') WHEN (hit_1.kind = 'PROVISION') THEN coalesce((SELECT concat('{"id":"provision:', provision_31.key, '","__typename":"Provision"}') AS anon_13 
FROM provision AS provision_31 
WHERE provision_31.id = hit_1.id), 'null') ELSE 'null' END, '}') AS item_1 
FROM (SELECT hit_32.id, hit_32.kind, hit_32.named, hit_32.date_desc, hit_32.key 
FROM (SELECT search_record_33.id AS id, (search_record_33.id IN (SELECT rowid FROM search_index WHERE search_index MATCH '{names} : (' || +? || ')')) AS named, search_record_33.date_desc AS date_desc, search_record_33.kind AS kind, search_record_33.key AS "key" 
FROM search_record AS search_record_33 
WHERE search_record_33.id IN (SELECT rowid FROM search_index WHERE search_index MATCH +?) AND (+? = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(+?) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_33.id AND instr(tokens, phrase.value) > 0)))) AS hit_32 ORDER BY hit_32.named DESC, hit_32.date_desc DESC, hit_32.kind ASC, hit_32.key ASC LIMIT +?) AS hit_1 CROSS JOIN search_field AS search_field_5 ON search_field_5.record_id = hit_1.id AND search_field_5.ordinal = (SELECT search_field_6.ordinal 
FROM search_field AS search_field_6 
WHERE search_field_6.record_id = hit_1.id AND (EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_7 
WHERE instr(search_field_6.tokens, pattern_7.value) > 0)) ORDER BY EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_8 
WHERE instr(search_field_6.tokens, pattern_8.value) = 0), search_field_6.ordinal
 LIMIT 1 OFFSET 0) ORDER BY hit_1.named DESC, hit_1.date_desc DESC, hit_1.kind ASC, hit_1.key ASC) AS page_2), '}') AS answer
