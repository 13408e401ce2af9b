SELECT concat('{"search":', (SELECT concat('{"totalCount":', (SELECT count(*) AS anon_2 
FROM (SELECT search_record_4.id AS id, (search_record_4.id IN (SELECT rowid FROM search_index WHERE search_index MATCH '{names} : (' || +? || ')')) AS named, search_record_4.date_desc AS date_desc, search_record_4.kind AS kind, search_record_4.key AS "key" 
FROM search_record AS search_record_4 
WHERE search_record_4.id IN (SELECT rowid FROM search_index WHERE search_index MATCH +?) AND (+? = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(+?) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_4.id AND instr(tokens, phrase.value) > 0)))) AS hit_3), ',"edges":[', group_concat(page_2.item_1, ','), '],"pageInfo":{"hasNextPage":', CASE WHEN EXISTS (SELECT 1 
FROM (SELECT search_record_33.id AS id, (search_record_33.id IN (SELECT rowid FROM search_index WHERE search_index MATCH '{names} : (' || +? || ')')) AS named, search_record_33.date_desc AS date_desc, search_record_33.kind AS kind, search_record_33.key AS "key" 
FROM search_record AS search_record_33 
WHERE search_record_33.id IN (SELECT rowid FROM search_index WHERE search_index MATCH +?) AND (+? = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(+?) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_33.id AND instr(tokens, phrase.value) > 0)))) AS hit_32
 LIMIT 1 OFFSET +?) THEN 'true' ELSE 'false' END, '}}') AS anon_1 
FROM (SELECT concat('{"cursor":"', +?, hex(concat(hit_1.named, char(31), hit_1.date_desc, char(31), hit_1.kind, char(31), hit_1.key, char(31))), '","node":{"node":', CASE WHEN (hit_1.kind IN ('MEETING', 'AGREEMENT', 'STATEMENT', 'APPEAL')) THEN coalesce((SELECT concat('{"__typename":', CASE WHEN (event_5.kind = 'MEETING') THEN '"Meeting"' WHEN (event_5.kind = 'AGREEMENT') THEN '"Agreement"' WHEN (event_5.kind = 'STATEMENT') THEN '"Statement"' WHEN (event_5.kind = 'APPEAL') THEN '"Appeal"' END, ',"id":"', lower(event_5.kind), ':', event_5.key, '"}') AS anon_3 
FROM event AS event_5 
WHERE event_5.id = hit_1.id), 'null') WHEN (hit_1.kind = 'PLACE') THEN coalesce((SELECT concat('{"__typename":"Place","id":"place:', place_6.key, '"}') AS anon_4 
FROM place AS place_6 
WHERE place_6.id = hit_1.id), 'null') WHEN (hit_1.kind = 'ACTOR') THEN coalesce((SELECT concat('{"__typename":"Actor","id":"actor:', actor_7.key, '"}') AS anon_5 
FROM actor AS actor_7 
WHERE actor_7.id = hit_1.id), 'null') WHEN (hit_1.kind = 'OFFICE') THEN coalesce((SELECT concat('{"__typename":"Office","id":"office:', office_8.key, '"}') AS anon_6 
FROM office AS office_8 
WHERE office_8.id = hit_1.id), 'null') WHEN (hit_1.kind = 'CLAIM') THEN coalesce((SELECT concat('{"__typename":"Claim","id":"claim:', claim_9.key, '"}') AS anon_7 
FROM claim AS claim_9 
WHERE claim_9.id = hit_1.id), 'null') WHEN (hit_1.kind = 'ARTICLE') THEN coalesce((SELECT concat('{"__typename":"Article","id":"article:', article_10.key, '"}') AS anon_8 
FROM article AS article_10 
WHERE article_10.id = hit_1.id), 'null') WHEN (hit_1.kind = 'TOPIC') THEN coalesce((SELECT concat('{"__typename":"Topic","id":"topic:', topic_11.key, '"}') AS anon_9 
FROM topic AS topic_11 
WHERE topic_11.id = hit_1.id), 'null') WHEN (hit_1.kind = 'PROVISION') THEN coalesce((SELECT concat('{"__typename":"Provision","id":"provision:', provision_12.key, '"}') AS anon_10 
FROM provision AS provision_12 
WHERE provision_12.id = hit_1.id), 'null') ELSE 'null' END, ',"field":', coalesce('"' || search_field_13.field || '"', 'null'), ',"snippet":', (SELECT json_quote(substr(coalesce(search_field_13.text, (SELECT article.body 
FROM article 
WHERE article.id = search_field_13.record_id)), extract_17.start + 1, extract_17.stop - extract_17.start)) AS anon_11 
FROM (SELECT window_18.skipped AS skipped, window_18.part AS part, CAST(substr(search_field_13.places, window_18.skipped * (search_field_13.width + 3) + 1, search_field_13.width) AS INTEGER) AS start, CAST(substr(search_field_13.places, ((window_18.skipped + (length(window_18.part) - length(replace(window_18.part, ' ', '')))) - 2) * (search_field_13.width + 3) + 1, search_field_13.width) AS INTEGER) + CAST(substr(search_field_13.places, ((window_18.skipped + (length(window_18.part) - length(replace(window_18.part, ' ', '')))) - 2) * (search_field_13.width + 3) + 1 + search_field_13.width, 3) AS INTEGER) AS stop 
FROM (SELECT (length(substr(search_field_13.tokens, 1, bounds_19.begin)) - length(replace(substr(search_field_13.tokens, 1, bounds_19.begin), ' ', ''))) - 1 AS skipped, substr(search_field_13.tokens, bounds_19.begin, (bounds_19.stop - bounds_19.begin) + 1) AS part 
FROM (SELECT opening_20.begin AS "begin", coalesce((opening_20.begin + 160 + nullif(instr(substr(search_field_13.tokens, opening_20.begin + 160), ' '), 0)) - 1, length(search_field_13.tokens)) AS stop 
FROM (SELECT (max(1, first_21.position - 60) + instr(substr(search_field_13.tokens, max(1, first_21.position - 60)), ' ')) - 1 AS "begin" 
FROM (SELECT min(instr(search_field_13.tokens, pattern_22.value)) AS position 
FROM json_each(+?) AS pattern_22 
WHERE instr(search_field_13.tokens, pattern_22.value) > 0) AS first_21) AS opening_20) AS bounds_19) AS window_18) AS extract_17), ',"highlights":', (SELECT (SELECT concat('[', group_concat(list_26.item, ','), ']') AS anon_13 
FROM (SELECT concat('{"start":', CAST(CAST(substr(search_field_13.places, (extract_23.skipped + token_24.key) * (search_field_13.width + 3) + 1, search_field_13.width) AS INTEGER) - extract_23.start AS INTEGER), ',"end":', CAST((CAST(substr(search_field_13.places, (extract_23.skipped + token_24.key) * (search_field_13.width + 3) + 1, search_field_13.width) AS INTEGER) + CAST(substr(search_field_13.places, (extract_23.skipped + token_24.key) * (search_field_13.width + 3) + 1 + search_field_13.width, 3) AS INTEGER)) - extract_23.start AS INTEGER), '}') AS item 
FROM json_each('["' || replace(trim(extract_23.part), ' ', '","') || '"]') AS token_24 
WHERE EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_25 
WHERE instr(concat(' ', token_24.value, ' '), pattern_25.value) > 0) ORDER BY token_24.key) AS list_26) AS anon_12 
FROM (SELECT window_27.skipped AS skipped, window_27.part AS part, CAST(substr(search_field_13.places, window_27.skipped * (search_field_13.width + 3) + 1, search_field_13.width) AS INTEGER) AS start, CAST(substr(search_field_13.places, ((window_27.skipped + (length(window_27.part) - length(replace(window_27.part, ' ', '')))) - 2) * (search_field_13.width + 3) + 1, search_field_13.width) AS INTEGER) + CAST(substr(search_field_13.places, ((window_27.skipped + (length(window_27.part) - length(replace(window_27.part, ' ', '')))) - 2) * (search_field_13.width + 3) + 1 + search_field_13.width, 3) AS INTEGER) AS stop 
FROM (SELECT (length(substr(search_field_13.tokens, 1, bounds_28.begin)) - length(replace(substr(search_field_13.tokens, 1, bounds_28.begin), ' ', ''))) - 1 AS skipped, substr(search_field_13.tokens, bounds_28.begin, (bounds_28.stop - bounds_28.begin) + 1) AS part 
FROM (SELECT opening_29.begin AS "begin", coalesce((opening_29.begin + 160 + nullif(instr(substr(search_field_13.tokens, opening_29.begin + 160), ' '), 0)) - 1, length(search_field_13.tokens)) AS stop 
FROM (SELECT (max(1, first_30.position - 60) + instr(substr(search_field_13.tokens, max(1, first_30.position - 60)), ' ')) - 1 AS "begin" 
FROM (SELECT min(instr(search_field_13.tokens, pattern_31.value)) AS position 
FROM json_each(+?) AS pattern_31 
WHERE instr(search_field_13.tokens, pattern_31.value) > 0) AS first_30) AS opening_29) AS bounds_28) AS window_27) AS extract_23), '}}') AS item_1 
FROM (SELECT hit_34.named, hit_34.date_desc, hit_34.kind, hit_34.key, hit_34.id 
FROM (SELECT search_record_35.id AS id, (search_record_35.id IN (SELECT rowid FROM search_index WHERE search_index MATCH '{names} : (' || +? || ')')) AS named, search_record_35.date_desc AS date_desc, search_record_35.kind AS kind, search_record_35.key AS "key" 
FROM search_record AS search_record_35 
WHERE search_record_35.id IN (SELECT rowid FROM search_index WHERE search_index MATCH +?) AND (+? = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(+?) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_35.id AND instr(tokens, phrase.value) > 0)))) AS hit_34 ORDER BY hit_34.named DESC, hit_34.date_desc DESC, hit_34.kind ASC, hit_34.key ASC LIMIT +?) AS hit_1 CROSS JOIN search_field AS search_field_13 ON search_field_13.record_id = hit_1.id AND search_field_13.ordinal = (SELECT search_field_14.ordinal 
FROM search_field AS search_field_14 
WHERE search_field_14.record_id = hit_1.id AND (EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_15 
WHERE instr(search_field_14.tokens, pattern_15.value) > 0)) ORDER BY EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_16 
WHERE instr(search_field_14.tokens, pattern_16.value) = 0), search_field_14.ordinal
 LIMIT 1 OFFSET 0) ORDER BY hit_1.named DESC, hit_1.date_desc DESC, hit_1.kind ASC, hit_1.key ASC) AS page_2), '}') AS answer
