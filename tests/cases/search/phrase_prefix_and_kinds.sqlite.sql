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
FROM (SELECT search_record_32.id AS id, (search_record_32.id IN (SELECT rowid FROM search_index WHERE search_index MATCH '{names} : (' || +? || ')')) AS named, search_record_32.date_desc AS date_desc, search_record_32.kind AS kind, search_record_32.key AS "key" 
FROM search_index AS search_index_31 CROSS JOIN search_record AS search_record_32 ON search_record_32.id = search_index_31.rowid 
WHERE search_index_31.search_index MATCH +? AND (+? = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(+?) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_32.id AND instr(tokens, phrase.value) > 0))) AND search_record_32.kind IN (SELECT value FROM json_each(+?))) AS hit_30 ORDER BY hit_30.named DESC, hit_30.date_desc DESC, hit_30.kind ASC, hit_30.key ASC LIMIT +?) AS hit_1 CROSS JOIN search_field AS search_field_11 ON search_field_11.record_id = hit_1.id AND search_field_11.ordinal = (SELECT search_field_12.ordinal 
FROM search_field AS search_field_12 
WHERE search_field_12.record_id = hit_1.id AND (EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_13 
WHERE instr(search_field_12.tokens, pattern_13.value) > 0)) ORDER BY EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_14 
WHERE instr(search_field_12.tokens, pattern_14.value) = 0), search_field_12.ordinal
 LIMIT 1 OFFSET 0) ORDER BY hit_1.named DESC, hit_1.date_desc DESC, hit_1.kind ASC, hit_1.key ASC) AS page_2), ',"prefix":', (SELECT concat('{"nodes":[', group_concat(page_34.item_1, ','), ']}') AS anon_13 
FROM (SELECT concat('{"node":', CASE WHEN (hit_33.kind IN ('MEETING', 'AGREEMENT', 'STATEMENT', 'APPEAL')) THEN coalesce((SELECT concat('{"id":"', lower(event_35.kind), ':', event_35.key, '"}') AS anon_14 
FROM event AS event_35 
WHERE event_35.id = hit_33.id), 'null') WHEN (hit_33.kind = 'PLACE') THEN coalesce((SELECT concat('{"id":"place:', place_36.key, '"}') AS anon_15 
FROM place AS place_36 
WHERE place_36.id = hit_33.id), 'null') WHEN (hit_33.kind = 'ACTOR') THEN coalesce((SELECT concat('{"id":"actor:', actor_37.key, '"}') AS anon_16 
FROM actor AS actor_37 
WHERE actor_37.id = hit_33.id), 'null') WHEN (hit_33.kind = 'OFFICE') THEN coalesce((SELECT concat('{"id":"office:', office_38.key, '"}') AS anon_17 
FROM office AS office_38 
WHERE office_38.id = hit_33.id), 'null') WHEN (hit_33.kind = 'CLAIM') THEN coalesce((SELECT concat('{"id":"claim:', claim_39.key, '"}') AS anon_18 
FROM claim AS claim_39 
WHERE claim_39.id = hit_33.id), 'null') WHEN (hit_33.kind = 'ARTICLE') THEN coalesce((SELECT concat('{"id":"article:', article_40.key, '"}') AS anon_19 
FROM article AS article_40 
WHERE article_40.id = hit_33.id), 'null') WHEN (hit_33.kind = 'TOPIC') THEN coalesce((SELECT concat('{"id":"topic:', topic_41.key, '"}') AS anon_20 
FROM topic AS topic_41 
WHERE topic_41.id = hit_33.id), 'null') WHEN (hit_33.kind = 'PROVISION') THEN coalesce((SELECT concat('{"id":"provision:', provision_42.key, '"}') AS anon_21 
FROM provision AS provision_42 
WHERE provision_42.id = hit_33.id), 'null') ELSE 'null' END, ',"field":', coalesce('"' || search_field_43.field || '"', 'null'), ',"snippet":', (SELECT json_quote(substr(coalesce(search_field_43.text, (SELECT article.body 
FROM article 
WHERE article.id = search_field_43.record_id)), extract_47.start + 1, extract_47.stop - extract_47.start)) AS anon_22 
FROM (SELECT window_48.skipped AS skipped, window_48.part AS part, CAST(substr(search_field_43.places, window_48.skipped * (search_field_43.width + 3) + 1, search_field_43.width) AS INTEGER) AS start, CAST(substr(search_field_43.places, ((window_48.skipped + (length(window_48.part) - length(replace(window_48.part, ' ', '')))) - 2) * (search_field_43.width + 3) + 1, search_field_43.width) AS INTEGER) + CAST(substr(search_field_43.places, ((window_48.skipped + (length(window_48.part) - length(replace(window_48.part, ' ', '')))) - 2) * (search_field_43.width + 3) + 1 + search_field_43.width, 3) AS INTEGER) AS stop 
FROM (SELECT (length(substr(search_field_43.tokens, 1, bounds_49.begin)) - length(replace(substr(search_field_43.tokens, 1, bounds_49.begin), ' ', ''))) - 1 AS skipped, substr(search_field_43.tokens, bounds_49.begin, (bounds_49.stop - bounds_49.begin) + 1) AS part 
FROM (SELECT opening_50.begin AS "begin", coalesce((opening_50.begin + 160 + nullif(instr(substr(search_field_43.tokens, opening_50.begin + 160), ' '), 0)) - 1, length(search_field_43.tokens)) AS stop 
FROM (SELECT (max(1, first_51.position - 60) + instr(substr(search_field_43.tokens, max(1, first_51.position - 60)), ' ')) - 1 AS "begin" 
FROM (SELECT min(instr(search_field_43.tokens, pattern_52.value)) AS position 
FROM json_each(+?) AS pattern_52 
WHERE instr(search_field_43.tokens, pattern_52.value) > 0) AS first_51) AS opening_50) AS bounds_49) AS window_48) AS extract_47), ',"highlights":', (SELECT (SELECT concat('[', group_concat(list_56.item, ','), ']') AS anon_24 
FROM (SELECT concat('{"start":', CAST(CAST(substr(search_field_43.places, (extract_53.skipped + token_54.key) * (search_field_43.width + 3) + 1, search_field_43.width) AS INTEGER) - extract_53.start AS INTEGER), ',"end":', CAST((CAST(substr(search_field_43.places, (extract_53.skipped + token_54.key) * (search_field_43.width + 3) + 1, search_field_43.width) AS INTEGER) + CAST(substr(search_field_43.places, (extract_53.skipped + token_54.key) * (search_field_43.width + 3) + 1 + search_field_43.width, 3) AS INTEGER)) - extract_53.start AS INTEGER), '}') AS item 
FROM json_each('["' || replace(trim(extract_53.part), ' ', '","') || '"]') AS token_54 
WHERE EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_55 
WHERE instr(concat(' ', token_54.value, ' '), pattern_55.value) > 0) ORDER BY token_54.key) AS list_56) AS anon_23 
FROM (SELECT window_57.skipped AS skipped, window_57.part AS part, CAST(substr(search_field_43.places, window_57.skipped * (search_field_43.width + 3) + 1, search_field_43.width) AS INTEGER) AS start, CAST(substr(search_field_43.places, ((window_57.skipped + (length(window_57.part) - length(replace(window_57.part, ' ', '')))) - 2) * (search_field_43.width + 3) + 1, search_field_43.width) AS INTEGER) + CAST(substr(search_field_43.places, ((window_57.skipped + (length(window_57.part) - length(replace(window_57.part, ' ', '')))) - 2) * (search_field_43.width + 3) + 1 + search_field_43.width, 3) AS INTEGER) AS stop 
FROM (SELECT (length(substr(search_field_43.tokens, 1, bounds_58.begin)) - length(replace(substr(search_field_43.tokens, 1, bounds_58.begin), ' ', ''))) - 1 AS skipped, substr(search_field_43.tokens, bounds_58.begin, (bounds_58.stop - bounds_58.begin) + 1) AS part 
FROM (SELECT opening_59.begin AS "begin", coalesce((opening_59.begin + 160 + nullif(instr(substr(search_field_43.tokens, opening_59.begin + 160), ' '), 0)) - 1, length(search_field_43.tokens)) AS stop 
FROM (SELECT (max(1, first_60.position - 60) + instr(substr(search_field_43.tokens, max(1, first_60.position - 60)), ' ')) - 1 AS "begin" 
FROM (SELECT min(instr(search_field_43.tokens, pattern_61.value)) AS position 
FROM json_each(+?) AS pattern_61 
WHERE instr(search_field_43.tokens, pattern_61.value) > 0) AS first_60) AS opening_59) AS bounds_58) AS window_57) AS extract_53), '}') AS item_1 
FROM (SELECT hit_62.id, hit_62.kind, hit_62.named, hit_62.date_desc, hit_62.key 
FROM (SELECT search_record_64.id AS id, (search_record_64.id IN (SELECT rowid FROM search_index WHERE search_index MATCH '{names} : (' || +? || ')')) AS named, search_record_64.date_desc AS date_desc, search_record_64.kind AS kind, search_record_64.key AS "key" 
FROM search_index AS search_index_63 CROSS JOIN search_record AS search_record_64 ON search_record_64.id = search_index_63.rowid 
WHERE search_index_63.search_index MATCH +? AND (+? = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(+?) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_64.id AND instr(tokens, phrase.value) > 0))) AND search_record_64.kind IN (SELECT value FROM json_each(+?))) AS hit_62 ORDER BY hit_62.named DESC, hit_62.date_desc DESC, hit_62.kind ASC, hit_62.key ASC LIMIT +?) AS hit_33 CROSS JOIN search_field AS search_field_43 ON search_field_43.record_id = hit_33.id AND search_field_43.ordinal = (SELECT search_field_44.ordinal 
FROM search_field AS search_field_44 
WHERE search_field_44.record_id = hit_33.id AND (EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_45 
WHERE instr(search_field_44.tokens, pattern_45.value) > 0)) ORDER BY EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_46 
WHERE instr(search_field_44.tokens, pattern_46.value) = 0), search_field_44.ordinal
 LIMIT 1 OFFSET 0) ORDER BY hit_33.named DESC, hit_33.date_desc DESC, hit_33.kind ASC, hit_33.key ASC) AS page_34), ',"nothing":', (SELECT concat('{"totalCount":', (SELECT count(*) AS anon_26 
FROM (SELECT search_record_69.id AS id, (search_record_69.id IN (SELECT rowid FROM search_index WHERE search_index MATCH '{names} : (' || +? || ')')) AS named, search_record_69.date_desc AS date_desc, search_record_69.kind AS kind, search_record_69.key AS "key" 
FROM search_index AS search_index_68 CROSS JOIN search_record AS search_record_69 ON search_record_69.id = search_index_68.rowid 
WHERE search_index_68.search_index MATCH +? AND (+? = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(+?) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_69.id AND instr(tokens, phrase.value) > 0)))) AS hit_67), ',"nodes":[', group_concat(page_66.item_1, ','), ']}') AS anon_25 
FROM (SELECT concat('{"field":', coalesce('"' || search_field_70.field || '"', 'null'), '}') AS item_1 
FROM (SELECT hit_74.id, hit_74.named, hit_74.date_desc, hit_74.kind, hit_74.key 
FROM (SELECT search_record_76.id AS id, (search_record_76.id IN (SELECT rowid FROM search_index WHERE search_index MATCH '{names} : (' || +? || ')')) AS named, search_record_76.date_desc AS date_desc, search_record_76.kind AS kind, search_record_76.key AS "key" 
FROM search_index AS search_index_75 CROSS JOIN search_record AS search_record_76 ON search_record_76.id = search_index_75.rowid 
WHERE search_index_75.search_index MATCH +? AND (+? = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(+?) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_76.id AND instr(tokens, phrase.value) > 0)))) AS hit_74 ORDER BY hit_74.named DESC, hit_74.date_desc DESC, hit_74.kind ASC, hit_74.key ASC LIMIT +?) AS hit_65 CROSS JOIN search_field AS search_field_70 ON search_field_70.record_id = hit_65.id AND search_field_70.ordinal = (SELECT search_field_71.ordinal 
FROM search_field AS search_field_71 
WHERE search_field_71.record_id = hit_65.id AND (EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_72 
WHERE instr(search_field_71.tokens, pattern_72.value) > 0)) ORDER BY EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_73 
WHERE instr(search_field_71.tokens, pattern_73.value) = 0), search_field_71.ordinal
 LIMIT 1 OFFSET 0) ORDER BY hit_65.named DESC, hit_65.date_desc DESC, hit_65.kind ASC, hit_65.key ASC) AS page_66), ',"both":', (SELECT concat('{"nodes":[', group_concat(page_78.item_1, ','), ']}') AS anon_27 
FROM (SELECT concat('{"node":', CASE WHEN (hit_77.kind IN ('MEETING', 'AGREEMENT', 'STATEMENT', 'APPEAL')) THEN coalesce((SELECT '{}' AS anon_28 
FROM event AS event_79 
WHERE event_79.id = hit_77.id), 'null') WHEN (hit_77.kind = 'PLACE') THEN coalesce((SELECT '{}' AS anon_29 
FROM place AS place_80 
WHERE place_80.id = hit_77.id), 'null') WHEN (hit_77.kind = 'ACTOR') THEN coalesce((SELECT concat('{"name":', coalesce((actor_81.name -> +?), (actor_81.name -> (actor_81.name ->> '*'))), '}') AS anon_30 
FROM actor AS actor_81 
WHERE actor_81.id = hit_77.id), 'null') WHEN (hit_77.kind = 'OFFICE') THEN coalesce((SELECT '{}' AS anon_31 
FROM office AS office_82 
WHERE office_82.id = hit_77.id), 'null') WHEN (hit_77.kind = 'CLAIM') THEN coalesce((SELECT '{}' AS anon_32 
FROM claim AS claim_83 
WHERE claim_83.id = hit_77.id), 'null') WHEN (hit_77.kind = 'ARTICLE') THEN coalesce((SELECT '{}' AS anon_33 
FROM article AS article_84 
WHERE article_84.id = hit_77.id), 'null') WHEN (hit_77.kind = 'TOPIC') THEN coalesce((SELECT '{}' AS anon_34 
FROM topic AS topic_85 
WHERE topic_85.id = hit_77.id), 'null') WHEN (hit_77.kind = 'PROVISION') THEN coalesce((SELECT '{}' AS anon_35 
FROM provision AS provision_86 
WHERE provision_86.id = hit_77.id), 'null') ELSE 'null' END, '}') AS item_1 
FROM (SELECT hit_87.id, hit_87.kind, hit_87.named, hit_87.date_desc, hit_87.key 
FROM (SELECT search_record_89.id AS id, (search_record_89.id IN (SELECT rowid FROM search_index WHERE search_index MATCH '{names} : (' || +? || ')')) AS named, search_record_89.date_desc AS date_desc, search_record_89.kind AS kind, search_record_89.key AS "key" 
FROM search_index AS search_index_88 CROSS JOIN search_record AS search_record_89 ON search_record_89.id = search_index_88.rowid 
WHERE search_index_88.search_index MATCH +? AND (+? = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(+?) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_89.id AND instr(tokens, phrase.value) > 0))) AND search_record_89.kind IN (SELECT value FROM json_each(+?))) AS hit_87 ORDER BY hit_87.named DESC, hit_87.date_desc DESC, hit_87.kind ASC, hit_87.key ASC LIMIT +?) AS hit_77 ORDER BY hit_77.named DESC, hit_77.date_desc DESC, hit_77.kind ASC, hit_77.key ASC) AS page_78), '}') AS answer
