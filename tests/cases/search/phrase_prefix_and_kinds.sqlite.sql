SELECT concat('{"phrase":', (SELECT concat('{"nodes":[', group_concat(page_2.item_1, ','), ']}') AS anon_1 
FROM (SELECT concat('{"node":', CASE WHEN (hit_1.kind IN ('MEETING', 'AGREEMENT', 'STATEMENT', 'APPEAL')) THEN coalesce((SELECT concat('{"id":"', lower(event_3.kind), ':', event_3.key, '"}') AS anon_2 
FROM event AS event_3 
WHERE event_3.id = hit_1.id), 'null') WHEN (hit_1.kind = 'PLACE') THEN coalesce((SELECT concat('{"id":"place:', place_4.key, '"}') AS anon_3 
FROM place AS place_4 
WHERE place_4.id = hit_1.id), 'null') WHEN (hit_1.kind = 'ACTOR') THEN coalesce((SELECT concat('{"id":"actor:', actor_5.key, '"}') AS anon_4 
FROM actor AS actor_5 
WHERE actor_5.id = hit_1.id), 'null') WHEN (hit_1.kind = 'OFFICE') THEN coalesce((SELECT concat('{"id":"office:', office_6.key, '"}') AS anon_5 
FROM office AS office_6 
WHERE office_6.id = hit_1.id), 'null') WHEN (hit_1.kind = 'CLAIM') THEN coalesce((SELECT concat('{"id":"claim:', claim_7.key, '"}') AS anon_6 
FROM claim AS claim_7 
WHERE claim_7.id = hit_1.id), 'null') WHEN (hit_1.kind = 'ARTICLE') THEN coalesce((SELECT concat('{"id":"article:', article_8.key, '"}') AS anon_7 
FROM article AS article_8 
WHERE article_8.id = hit_1.id), 'null') WHEN (hit_1.kind = 'TOPIC') THEN coalesce((SELECT concat('{"id":"topic:', topic_9.key, '"}') AS anon_8 
FROM topic AS topic_9 
WHERE topic_9.id = hit_1.id), 'null') WHEN (hit_1.kind = 'PROVISION') THEN coalesce((SELECT concat('{"id":"provision:', provision_10.key, '"}') AS anon_9 
FROM provision AS provision_10 
WHERE provision_10.id = hit_1.id), 'null') ELSE 'null' END, ',"snippet":', (SELECT json_quote(substr(coalesce(search_field_11.text, (SELECT article.body 
FROM article 
WHERE article.id = search_field_11.record_id)), extract_15.start + 1, extract_15.stop - extract_15.start)) AS anon_10 
FROM (SELECT window_16.skipped AS skipped, window_16.part AS part, CAST(substr(search_field_11.places, window_16.skipped * (search_field_11.width + 3) + 1, search_field_11.width) AS INTEGER) AS start, CAST(substr(search_field_11.places, ((window_16.skipped + (length(window_16.part) - length(replace(window_16.part, ' ', '')))) - 2) * (search_field_11.width + 3) + 1, search_field_11.width) AS INTEGER) + CAST(substr(search_field_11.places, ((window_16.skipped + (length(window_16.part) - length(replace(window_16.part, ' ', '')))) - 2) * (search_field_11.width + 3) + 1 + search_field_11.width, 3) AS INTEGER) AS stop 
FROM (SELECT (length(substr(search_field_11.tokens, 1, bounds_17.begin)) - length(replace(substr(search_field_11.tokens, 1, bounds_17.begin), ' ', ''))) - 1 AS skipped, substr(search_field_11.tokens, bounds_17.begin, (bounds_17.stop - bounds_17.begin) + 1) AS part 
FROM (SELECT opening_18.begin AS "begin", coalesce((opening_18.begin + 160 + nullif(instr(substr(search_field_11.tokens, opening_18.begin + 160), ' '), 0)) - 1, length(search_field_11.tokens)) AS stop 
FROM (SELECT (max(1, first_19.position - 60) + instr(substr(search_field_11.tokens, max(1, first_19.position - 60)), ' ')) - 1 AS "begin" 
FROM (SELECT min(instr(search_field_11.tokens, pattern_20.value)) AS position 
FROM json_each(+?) AS pattern_20 
WHERE instr(search_field_11.tokens, pattern_20.value) > 0) AS first_19) AS opening_18) AS bounds_17) AS window_16) AS extract_15), ',"highlights":', (SELECT (SELECT concat('[', group_concat(list_24.item, ','), ']') AS anon_12 
FROM (SELECT concat('{"start":', CAST(CAST(substr(search_field_11.places, (extract_21.skipped + token_22.key) * (search_field_11.width + 3) + 1, search_field_11.width) AS INTEGER) - extract_21.start AS INTEGER), ',"end":', CAST((CAST(substr(search_field_11.places, (extract_21.skipped + token_22.key) * (search_field_11.width + 3) + 1, search_field_11.width) AS INTEGER) + CAST(substr(search_field_11.places, (extract_21.skipped + token_22.key) * (search_field_11.width + 3) + 1 + search_field_11.width, 3) AS INTEGER)) - extract_21.start AS INTEGER), '}') AS item 
FROM json_each('["' || replace(trim(extract_21.part), ' ', '","') || '"]') AS token_22 
WHERE EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_23 
WHERE instr(concat(' ', token_22.value, ' '), pattern_23.value) > 0) ORDER BY token_22.key) AS list_24) AS anon_11 
FROM (SELECT window_25.skipped AS skipped, window_25.part AS part, CAST(substr(search_field_11.places, window_25.skipped * (search_field_11.width + 3) + 1, search_field_11.width) AS INTEGER) AS start, CAST(substr(search_field_11.places, ((window_25.skipped + (length(window_25.part) - length(replace(window_25.part, ' ', '')))) - 2) * (search_field_11.width + 3) + 1, search_field_11.width) AS INTEGER) + CAST(substr(search_field_11.places, ((window_25.skipped + (length(window_25.part) - length(replace(window_25.part, ' ', '')))) - 2) * (search_field_11.width + 3) + 1 + search_field_11.width, 3) AS INTEGER) AS stop 
FROM (SELECT (length(substr(search_field_11.tokens, 1, bounds_26.begin)) - length(replace(substr(search_field_11.tokens, 1, bounds_26.begin), ' ', ''))) - 1 AS skipped, substr(search_field_11.tokens, bounds_26.begin, (bounds_26.stop - bounds_26.begin) + 1) AS part 
FROM (SELECT opening_27.begin AS "begin", coalesce((opening_27.begin + 160 + nullif(instr(substr(search_field_11.tokens, opening_27.begin + 160), ' '), 0)) - 1, length(search_field_11.tokens)) AS stop 
FROM (SELECT (max(1, first_28.position - 60) + instr(substr(search_field_11.tokens, max(1, first_28.position - 60)), ' ')) - 1 AS "begin" 
FROM (SELECT min(instr(search_field_11.tokens, pattern_29.value)) AS position 
FROM json_each(+?) AS pattern_29 
WHERE instr(search_field_11.tokens, pattern_29.value) > 0) AS first_28) AS opening_27) AS bounds_26) AS window_25) AS extract_21), '}') AS item_1 
FROM (SELECT hit_30.id, hit_30.kind, hit_30.named, hit_30.date_desc, hit_30.key 
FROM (SELECT search_record_31.id AS id, (search_record_31.id IN (SELECT rowid FROM search_index WHERE search_index MATCH '{names} : (' || +? || ')')) AS named, search_record_31.date_desc AS date_desc, search_record_31.kind AS kind, search_record_31.key AS "key" 
FROM search_record AS search_record_31 
WHERE search_record_31.id IN (SELECT rowid FROM search_index WHERE search_index MATCH +?) AND (+? = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(+?) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_31.id AND instr(tokens, phrase.value) > 0))) AND search_record_31.kind IN (SELECT value FROM json_each(+?))) AS hit_30 ORDER BY hit_30.named DESC, hit_30.date_desc DESC, hit_30.kind ASC, hit_30.key ASC LIMIT +?) AS hit_1 CROSS JOIN search_field AS search_field_11 ON search_field_11.record_id = hit_1.id AND search_field_11.ordinal = (SELECT search_field_12.ordinal 
FROM search_field AS search_field_12 
WHERE search_field_12.record_id = hit_1.id AND (EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_13 
WHERE instr(search_field_12.tokens, pattern_13.value) > 0)) ORDER BY EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_14 
WHERE instr(search_field_12.tokens, pattern_14.value) = 0), search_field_12.ordinal
 LIMIT 1 OFFSET 0) ORDER BY hit_1.named DESC, hit_1.date_desc DESC, hit_1.kind ASC, hit_1.key ASC) AS page_2), ',"prefix":', (SELECT concat('{"nodes":[', group_concat(page_33.item_1, ','), ']}') AS anon_13 
FROM (SELECT concat('{"node":', CASE WHEN (hit_32.kind IN ('MEETING', 'AGREEMENT', 'STATEMENT', 'APPEAL')) THEN coalesce((SELECT concat('{"id":"', lower(event_34.kind), ':', event_34.key, '"}') AS anon_14 
FROM event AS event_34 
WHERE event_34.id = hit_32.id), 'null') WHEN (hit_32.kind = 'PLACE') THEN coalesce((SELECT concat('{"id":"place:', place_35.key, '"}') AS anon_15 
FROM place AS place_35 
WHERE place_35.id = hit_32.id), 'null') WHEN (hit_32.kind = 'ACTOR') THEN coalesce((SELECT concat('{"id":"actor:', actor_36.key, '"}') AS anon_16 
FROM actor AS actor_36 
WHERE actor_36.id = hit_32.id), 'null') WHEN (hit_32.kind = 'OFFICE') THEN coalesce((SELECT concat('{"id":"office:', office_37.key, '"}') AS anon_17 
FROM office AS office_37 
WHERE office_37.id = hit_32.id), 'null') WHEN (hit_32.kind = 'CLAIM') THEN coalesce((SELECT concat('{"id":"claim:', claim_38.key, '"}') AS anon_18 
FROM claim AS claim_38 
WHERE claim_38.id = hit_32.id), 'null') WHEN (hit_32.kind = 'ARTICLE') THEN coalesce((SELECT concat('{"id":"article:', article_39.key, '"}') AS anon_19 
FROM article AS article_39 
WHERE article_39.id = hit_32.id), 'null') WHEN (hit_32.kind = 'TOPIC') THEN coalesce((SELECT concat('{"id":"topic:', topic_40.key, '"}') AS anon_20 
FROM topic AS topic_40 
WHERE topic_40.id = hit_32.id), 'null') WHEN (hit_32.kind = 'PROVISION') THEN coalesce((SELECT concat('{"id":"provision:', provision_41.key, '"}') AS anon_21 
FROM provision AS provision_41 
WHERE provision_41.id = hit_32.id), 'null') ELSE 'null' END, ',"field":', coalesce('"' || search_field_42.field || '"', 'null'), ',"snippet":', (SELECT json_quote(substr(coalesce(search_field_42.text, (SELECT article.body 
FROM article 
WHERE article.id = search_field_42.record_id)), extract_46.start + 1, extract_46.stop - extract_46.start)) AS anon_22 
FROM (SELECT window_47.skipped AS skipped, window_47.part AS part, CAST(substr(search_field_42.places, window_47.skipped * (search_field_42.width + 3) + 1, search_field_42.width) AS INTEGER) AS start, CAST(substr(search_field_42.places, ((window_47.skipped + (length(window_47.part) - length(replace(window_47.part, ' ', '')))) - 2) * (search_field_42.width + 3) + 1, search_field_42.width) AS INTEGER) + CAST(substr(search_field_42.places, ((window_47.skipped + (length(window_47.part) - length(replace(window_47.part, ' ', '')))) - 2) * (search_field_42.width + 3) + 1 + search_field_42.width, 3) AS INTEGER) AS stop 
FROM (SELECT (length(substr(search_field_42.tokens, 1, bounds_48.begin)) - length(replace(substr(search_field_42.tokens, 1, bounds_48.begin), ' ', ''))) - 1 AS skipped, substr(search_field_42.tokens, bounds_48.begin, (bounds_48.stop - bounds_48.begin) + 1) AS part 
FROM (SELECT opening_49.begin AS "begin", coalesce((opening_49.begin + 160 + nullif(instr(substr(search_field_42.tokens, opening_49.begin + 160), ' '), 0)) - 1, length(search_field_42.tokens)) AS stop 
FROM (SELECT (max(1, first_50.position - 60) + instr(substr(search_field_42.tokens, max(1, first_50.position - 60)), ' ')) - 1 AS "begin" 
FROM (SELECT min(instr(search_field_42.tokens, pattern_51.value)) AS position 
FROM json_each(+?) AS pattern_51 
WHERE instr(search_field_42.tokens, pattern_51.value) > 0) AS first_50) AS opening_49) AS bounds_48) AS window_47) AS extract_46), ',"highlights":', (SELECT (SELECT concat('[', group_concat(list_55.item, ','), ']') AS anon_24 
FROM (SELECT concat('{"start":', CAST(CAST(substr(search_field_42.places, (extract_52.skipped + token_53.key) * (search_field_42.width + 3) + 1, search_field_42.width) AS INTEGER) - extract_52.start AS INTEGER), ',"end":', CAST((CAST(substr(search_field_42.places, (extract_52.skipped + token_53.key) * (search_field_42.width + 3) + 1, search_field_42.width) AS INTEGER) + CAST(substr(search_field_42.places, (extract_52.skipped + token_53.key) * (search_field_42.width + 3) + 1 + search_field_42.width, 3) AS INTEGER)) - extract_52.start AS INTEGER), '}') AS item 
FROM json_each('["' || replace(trim(extract_52.part), ' ', '","') || '"]') AS token_53 
WHERE EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_54 
WHERE instr(concat(' ', token_53.value, ' '), pattern_54.value) > 0) ORDER BY token_53.key) AS list_55) AS anon_23 
FROM (SELECT window_56.skipped AS skipped, window_56.part AS part, CAST(substr(search_field_42.places, window_56.skipped * (search_field_42.width + 3) + 1, search_field_42.width) AS INTEGER) AS start, CAST(substr(search_field_42.places, ((window_56.skipped + (length(window_56.part) - length(replace(window_56.part, ' ', '')))) - 2) * (search_field_42.width + 3) + 1, search_field_42.width) AS INTEGER) + CAST(substr(search_field_42.places, ((window_56.skipped + (length(window_56.part) - length(replace(window_56.part, ' ', '')))) - 2) * (search_field_42.width + 3) + 1 + search_field_42.width, 3) AS INTEGER) AS stop 
FROM (SELECT (length(substr(search_field_42.tokens, 1, bounds_57.begin)) - length(replace(substr(search_field_42.tokens, 1, bounds_57.begin), ' ', ''))) - 1 AS skipped, substr(search_field_42.tokens, bounds_57.begin, (bounds_57.stop - bounds_57.begin) + 1) AS part 
FROM (SELECT opening_58.begin AS "begin", coalesce((opening_58.begin + 160 + nullif(instr(substr(search_field_42.tokens, opening_58.begin + 160), ' '), 0)) - 1, length(search_field_42.tokens)) AS stop 
FROM (SELECT (max(1, first_59.position - 60) + instr(substr(search_field_42.tokens, max(1, first_59.position - 60)), ' ')) - 1 AS "begin" 
FROM (SELECT min(instr(search_field_42.tokens, pattern_60.value)) AS position 
FROM json_each(+?) AS pattern_60 
WHERE instr(search_field_42.tokens, pattern_60.value) > 0) AS first_59) AS opening_58) AS bounds_57) AS window_56) AS extract_52), '}') AS item_1 
FROM (SELECT hit_61.id, hit_61.kind, hit_61.named, hit_61.date_desc, hit_61.key 
FROM (SELECT search_record_62.id AS id, (search_record_62.id IN (SELECT rowid FROM search_index WHERE search_index MATCH '{names} : (' || +? || ')')) AS named, search_record_62.date_desc AS date_desc, search_record_62.kind AS kind, search_record_62.key AS "key" 
FROM search_record AS search_record_62 
WHERE search_record_62.id IN (SELECT rowid FROM search_index WHERE search_index MATCH +?) AND (+? = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(+?) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_62.id AND instr(tokens, phrase.value) > 0))) AND search_record_62.kind IN (SELECT value FROM json_each(+?))) AS hit_61 ORDER BY hit_61.named DESC, hit_61.date_desc DESC, hit_61.kind ASC, hit_61.key ASC LIMIT +?) AS hit_32 CROSS JOIN search_field AS search_field_42 ON search_field_42.record_id = hit_32.id AND search_field_42.ordinal = (SELECT search_field_43.ordinal 
FROM search_field AS search_field_43 
WHERE search_field_43.record_id = hit_32.id AND (EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_44 
WHERE instr(search_field_43.tokens, pattern_44.value) > 0)) ORDER BY EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_45 
WHERE instr(search_field_43.tokens, pattern_45.value) = 0), search_field_43.ordinal
 LIMIT 1 OFFSET 0) ORDER BY hit_32.named DESC, hit_32.date_desc DESC, hit_32.kind ASC, hit_32.key ASC) AS page_33), ',"nothing":', (SELECT concat('{"totalCount":', (SELECT count(*) AS anon_26 
FROM (SELECT search_record_66.id AS id, (search_record_66.id IN (SELECT rowid FROM search_index WHERE search_index MATCH '{names} : (' || +? || ')')) AS named, search_record_66.date_desc AS date_desc, search_record_66.kind AS kind, search_record_66.key AS "key" 
FROM search_record AS search_record_66 
WHERE search_record_66.id IN (SELECT rowid FROM search_index WHERE search_index MATCH +?) AND (+? = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(+?) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_66.id AND instr(tokens, phrase.value) > 0)))) AS hit_65), ',"nodes":[', group_concat(page_64.item_1, ','), ']}') AS anon_25 
FROM (SELECT concat('{"field":', coalesce('"' || search_field_67.field || '"', 'null'), '}') AS item_1 
FROM (SELECT hit_71.id, hit_71.named, hit_71.date_desc, hit_71.kind, hit_71.key 
FROM (SELECT search_record_72.id AS id, (search_record_72.id IN (SELECT rowid FROM search_index WHERE search_index MATCH '{names} : (' || +? || ')')) AS named, search_record_72.date_desc AS date_desc, search_record_72.kind AS kind, search_record_72.key AS "key" 
FROM search_record AS search_record_72 
WHERE search_record_72.id IN (SELECT rowid FROM search_index WHERE search_index MATCH +?) AND (+? = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(+?) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_72.id AND instr(tokens, phrase.value) > 0)))) AS hit_71 ORDER BY hit_71.named DESC, hit_71.date_desc DESC, hit_71.kind ASC, hit_71.key ASC LIMIT +?) AS hit_63 CROSS JOIN search_field AS search_field_67 ON search_field_67.record_id = hit_63.id AND search_field_67.ordinal = (SELECT search_field_68.ordinal 
FROM search_field AS search_field_68 
WHERE search_field_68.record_id = hit_63.id AND (EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_69 
WHERE instr(search_field_68.tokens, pattern_69.value) > 0)) ORDER BY EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_70 
WHERE instr(search_field_68.tokens, pattern_70.value) = 0), search_field_68.ordinal
 LIMIT 1 OFFSET 0) ORDER BY hit_63.named DESC, hit_63.date_desc DESC, hit_63.kind ASC, hit_63.key ASC) AS page_64), ',"both":', (SELECT concat('{"nodes":[', group_concat(page_74.item_1, ','), ']}') AS anon_27 
FROM (SELECT concat('{"node":', CASE WHEN (hit_73.kind IN ('MEETING', 'AGREEMENT', 'STATEMENT', 'APPEAL')) THEN coalesce((SELECT '{}' AS anon_28 
FROM event AS event_75 
WHERE event_75.id = hit_73.id), 'null') WHEN (hit_73.kind = 'PLACE') THEN coalesce((SELECT '{}' AS anon_29 
FROM place AS place_76 
WHERE place_76.id = hit_73.id), 'null') WHEN (hit_73.kind = 'ACTOR') THEN coalesce((SELECT concat('{"name":', coalesce((actor_77.name -> +?), (actor_77.name -> (actor_77.name ->> '*'))), '}') AS anon_30 
FROM actor AS actor_77 
WHERE actor_77.id = hit_73.id), 'null') WHEN (hit_73.kind = 'OFFICE') THEN coalesce((SELECT '{}' AS anon_31 
FROM office AS office_78 
WHERE office_78.id = hit_73.id), 'null') WHEN (hit_73.kind = 'CLAIM') THEN coalesce((SELECT '{}' AS anon_32 
FROM claim AS claim_79 
WHERE claim_79.id = hit_73.id), 'null') WHEN (hit_73.kind = 'ARTICLE') THEN coalesce((SELECT '{}' AS anon_33 
FROM article AS article_80 
WHERE article_80.id = hit_73.id), 'null') WHEN (hit_73.kind = 'TOPIC') THEN coalesce((SELECT '{}' AS anon_34 
FROM topic AS topic_81 
WHERE topic_81.id = hit_73.id), 'null') WHEN (hit_73.kind = 'PROVISION') THEN coalesce((SELECT '{}' AS anon_35 
FROM provision AS provision_82 
WHERE provision_82.id = hit_73.id), 'null') ELSE 'null' END, '}') AS item_1 
FROM (SELECT hit_83.id, hit_83.kind, hit_83.named, hit_83.date_desc, hit_83.key 
FROM (SELECT search_record_84.id AS id, (search_record_84.id IN (SELECT rowid FROM search_index WHERE search_index MATCH '{names} : (' || +? || ')')) AS named, search_record_84.date_desc AS date_desc, search_record_84.kind AS kind, search_record_84.key AS "key" 
FROM search_record AS search_record_84 
WHERE search_record_84.id IN (SELECT rowid FROM search_index WHERE search_index MATCH +?) AND (+? = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(+?) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_84.id AND instr(tokens, phrase.value) > 0))) AND search_record_84.kind IN (SELECT value FROM json_each(+?))) AS hit_83 ORDER BY hit_83.named DESC, hit_83.date_desc DESC, hit_83.kind ASC, hit_83.key ASC LIMIT +?) AS hit_73 ORDER BY hit_73.named DESC, hit_73.date_desc DESC, hit_73.kind ASC, hit_73.key ASC) AS page_74), '}') AS answer
