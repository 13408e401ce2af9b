SELECT concat('{"phrase":', (SELECT concat('{"nodes":[', group_concat(page_2.item_1, ','), ']}') AS anon_1 
FROM (SELECT concat('{"node":{"id":"article:', article_3.key, '"},"snippet":', (SELECT json_quote(substr(coalesce(search_field_4.text, (SELECT article.body 
FROM article 
WHERE article.id = search_field_4.record_id)), extract_8.start + 1, extract_8.stop - extract_8.start)) AS anon_2 
FROM (SELECT window_9.begin AS "begin", window_9.skipped AS skipped, window_9.part AS part, CAST(substr(search_field_4.places, window_9.skipped * 2 * search_field_4.width + 1, search_field_4.width) AS INTEGER) AS start, CAST(substr(search_field_4.places, (((window_9.skipped + (length(window_9.part) - length(replace(window_9.part, ' ', '')))) - 2) * 2 + 1) * search_field_4.width + 1, search_field_4.width) AS INTEGER) AS stop 
FROM (SELECT bounds_10.begin AS "begin", (length(substr(search_field_4.tokens, 1, bounds_10.begin)) - length(replace(substr(search_field_4.tokens, 1, bounds_10.begin), ' ', ''))) - 1 AS skipped, substr(search_field_4.tokens, bounds_10.begin, (bounds_10.stop - bounds_10.begin) + 1) AS part 
FROM (SELECT opening_11.begin AS "begin", coalesce((opening_11.begin + 160 + nullif(instr(substr(search_field_4.tokens, opening_11.begin + 160), ' '), 0)) - 1, length(search_field_4.tokens)) AS stop 
FROM (SELECT (max(1, first_12.position - 60) + instr(substr(search_field_4.tokens, max(1, first_12.position - 60)), ' ')) - 1 AS "begin" 
FROM (SELECT min(instr(search_field_4.tokens, pattern_13.value)) AS position 
FROM json_each(+?) AS pattern_13 
WHERE instr(search_field_4.tokens, pattern_13.value) > 0) AS first_12) AS opening_11) AS bounds_10) AS window_9
 LIMIT 1 OFFSET ?) AS extract_8), ',"highlights":', (SELECT (SELECT concat('[', group_concat(list_24.item, ','), ']') AS anon_4 
FROM (SELECT CASE WHEN (CAST(substr(search_field_4.places, ((extract_14.skipped + token_20.key) * 2 + 1) * search_field_4.width + 1, search_field_4.width) AS INTEGER) > CAST(substr(search_field_4.places, (extract_14.skipped + token_20.key) * 2 * search_field_4.width + 1, search_field_4.width) AS INTEGER)) THEN concat('{"start":', CAST(CAST(substr(search_field_4.places, (extract_14.skipped + token_20.key) * 2 * search_field_4.width + 1, search_field_4.width) AS INTEGER) - extract_14.start AS INTEGER), ',"end":', CAST(CAST(substr(search_field_4.places, ((extract_14.skipped + token_20.key) * 2 + 1) * search_field_4.width + 1, search_field_4.width) AS INTEGER) - extract_14.start AS INTEGER), '}') END AS item 
FROM json_each('["' || replace(trim(extract_14.part), ' ', '","') || '"]') AS token_20 
WHERE (EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_21 
WHERE instr(concat(' ', token_20.value, ' '), pattern_21.value) > 0)) OR +? <> '[]' AND (EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_23 
WHERE instr(pattern_23.value, concat(' ', token_20.value, ' ')) > 0 AND instr(substr(search_field_4.tokens, max(1, (extract_14.begin + CAST((SELECT coalesce(sum(length(before_22.value) + 1), 0) AS coalesce_1 
FROM json_each('["' || replace(trim(extract_14.part), ' ', '","') || '"]') AS before_22 
WHERE before_22.key < token_20.key) AS INTEGER) + length(token_20.value) + 2) - length(pattern_23.value)), max(1, (extract_14.begin + CAST((SELECT coalesce(sum(length(before_22.value) + 1), 0) AS coalesce_1 
FROM json_each('["' || replace(trim(extract_14.part), ' ', '","') || '"]') AS before_22 
WHERE before_22.key < token_20.key) AS INTEGER) + length(pattern_23.value)) - max(1, (extract_14.begin + CAST((SELECT coalesce(sum(length(before_22.value) + 1), 0) AS coalesce_1 
FROM json_each('["' || replace(trim(extract_14.part), ' ', '","') || '"]') AS before_22 
WHERE before_22.key < token_20.key) AS INTEGER) + length(token_20.value) + 2) - length(pattern_23.value)))), pattern_23.value) > 0)) ORDER BY token_20.key) AS list_24) AS anon_3 
FROM (SELECT window_15.begin AS "begin", window_15.skipped AS skipped, window_15.part AS part, CAST(substr(search_field_4.places, window_15.skipped * 2 * search_field_4.width + 1, search_field_4.width) AS INTEGER) AS start, CAST(substr(search_field_4.places, (((window_15.skipped + (length(window_15.part) - length(replace(window_15.part, ' ', '')))) - 2) * 2 + 1) * search_field_4.width + 1, search_field_4.width) AS INTEGER) AS stop 
FROM (SELECT bounds_16.begin AS "begin", (length(substr(search_field_4.tokens, 1, bounds_16.begin)) - length(replace(substr(search_field_4.tokens, 1, bounds_16.begin), ' ', ''))) - 1 AS skipped, substr(search_field_4.tokens, bounds_16.begin, (bounds_16.stop - bounds_16.begin) + 1) AS part 
FROM (SELECT opening_17.begin AS "begin", coalesce((opening_17.begin + 160 + nullif(instr(substr(search_field_4.tokens, opening_17.begin + 160), ' '), 0)) - 1, length(search_field_4.tokens)) AS stop 
FROM (SELECT (max(1, first_18.position - 60) + instr(substr(search_field_4.tokens, max(1, first_18.position - 60)), ' ')) - 1 AS "begin" 
FROM (SELECT min(instr(search_field_4.tokens, pattern_19.value)) AS position 
FROM json_each(+?) AS pattern_19 
WHERE instr(search_field_4.tokens, pattern_19.value) > 0) AS first_18) AS opening_17) AS bounds_16) AS window_15
 LIMIT 1 OFFSET ?) AS extract_14), '}') AS item_1 
FROM (SELECT hit_25.id, hit_25.named, hit_25.date_desc, hit_25.kind, hit_25.key 
FROM (SELECT search_record_27.id AS id, (search_record_27.id IN (SELECT rowid FROM search_index WHERE search_index MATCH '{names} : (' || +? || ')')) AS named, search_record_27.date_desc AS date_desc, search_record_27.kind AS kind, search_record_27.key AS "key" 
FROM search_index AS search_index_26 CROSS JOIN search_record AS search_record_27 ON search_record_27.id = search_index_26.rowid 
WHERE search_index_26.search_index MATCH +? AND (+? = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(+?) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_27.id AND instr(tokens, phrase.value) > 0))) AND search_record_27.kind IN ('ARTICLE')) AS hit_25 ORDER BY hit_25.named DESC, hit_25.date_desc DESC, hit_25.kind ASC, hit_25.key ASC LIMIT +?) AS hit_1 CROSS JOIN article AS article_3 ON article_3.id = hit_1.id CROSS JOIN search_field AS search_field_4 ON search_field_4.record_id = hit_1.id AND search_field_4.ordinal = (SELECT search_field_5.ordinal 
FROM search_field AS search_field_5 
WHERE search_field_5.record_id = hit_1.id AND (EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_6 
WHERE instr(search_field_5.tokens, pattern_6.value) > 0)) ORDER BY EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_7 
WHERE instr(search_field_5.tokens, pattern_7.value) = 0), search_field_5.ordinal
 LIMIT 1 OFFSET 0) ORDER BY hit_1.named DESC, hit_1.date_desc DESC, hit_1.kind ASC, hit_1.key ASC) AS page_2), ',"prefix":', (SELECT concat('{"nodes":[', group_concat(page_29.item_1, ','), ']}') AS anon_5 
FROM (SELECT concat('{"node":', CASE WHEN (hit_28.kind IN ('MEETING', 'AGREEMENT', 'STATEMENT', 'APPEAL')) THEN coalesce((SELECT concat('{"id":"', lower(event_30.kind), ':', event_30.key, '"}') AS anon_6 
FROM event AS event_30 
WHERE event_30.id = hit_28.id), 'null') WHEN (hit_28.kind = 'PLACE') THEN coalesce((SELECT concat('{"id":"place:', place_31.key, '"}') AS anon_7 
FROM place AS place_31 
WHERE place_31.id = hit_28.id), 'null') WHEN (hit_28.kind = 'ACTOR') THEN coalesce((SELECT concat('{"id":"actor:', actor_32.key, '"}') AS anon_8 
FROM actor AS actor_32 
WHERE actor_32.id = hit_28.id), 'null') WHEN (hit_28.kind = 'OFFICE') THEN coalesce((SELECT concat('{"id":"office:', office_33.key, '"}') AS anon_9 
FROM office AS office_33 
WHERE office_33.id = hit_28.id), 'null') WHEN (hit_28.kind = 'CLAIM') THEN coalesce((SELECT concat('{"id":"claim:', claim_34.key, '"}') AS anon_10 
FROM claim AS claim_34 
WHERE claim_34.id = hit_28.id), 'null') WHEN (hit_28.kind = 'ARTICLE') THEN coalesce((SELECT concat('{"id":"article:', article_35.key, '"}') AS anon_11 
FROM article AS article_35 
WHERE article_35.id = hit_28.id), 'null') WHEN (hit_28.kind = 'TOPIC') THEN coalesce((SELECT concat('{"id":"topic:', topic_36.key, '"}') AS anon_12 
FROM topic AS topic_36 
WHERE topic_36.id = hit_28.id), 'null') WHEN (hit_28.kind = 'PROVISION') THEN coalesce((SELECT concat('{"id":"provision:', provision_37.key, '"}') AS anon_13 
FROM provision AS provision_37 
WHERE provision_37.id = hit_28.id), 'null') ELSE 'null' END, ',"field":', coalesce('"' || search_field_38.field || '"', 'null'), ',"snippet":', (SELECT json_quote(substr(coalesce(search_field_38.text, (SELECT article.body 
FROM article 
WHERE article.id = search_field_38.record_id)), extract_42.start + 1, extract_42.stop - extract_42.start)) AS anon_14 
FROM (SELECT window_43.begin AS "begin", window_43.skipped AS skipped, window_43.part AS part, CAST(substr(search_field_38.places, window_43.skipped * 2 * search_field_38.width + 1, search_field_38.width) AS INTEGER) AS start, CAST(substr(search_field_38.places, (((window_43.skipped + (length(window_43.part) - length(replace(window_43.part, ' ', '')))) - 2) * 2 + 1) * search_field_38.width + 1, search_field_38.width) AS INTEGER) AS stop 
FROM (SELECT bounds_44.begin AS "begin", (length(substr(search_field_38.tokens, 1, bounds_44.begin)) - length(replace(substr(search_field_38.tokens, 1, bounds_44.begin), ' ', ''))) - 1 AS skipped, substr(search_field_38.tokens, bounds_44.begin, (bounds_44.stop - bounds_44.begin) + 1) AS part 
FROM (SELECT opening_45.begin AS "begin", coalesce((opening_45.begin + 160 + nullif(instr(substr(search_field_38.tokens, opening_45.begin + 160), ' '), 0)) - 1, length(search_field_38.tokens)) AS stop 
FROM (SELECT (max(1, first_46.position - 60) + instr(substr(search_field_38.tokens, max(1, first_46.position - 60)), ' ')) - 1 AS "begin" 
FROM (SELECT min(instr(search_field_38.tokens, pattern_47.value)) AS position 
FROM json_each(+?) AS pattern_47 
WHERE instr(search_field_38.tokens, pattern_47.value) > 0) AS first_46) AS opening_45) AS bounds_44) AS window_43
 LIMIT 1 OFFSET ?) AS extract_42), ',"highlights":', (SELECT (SELECT concat('[', group_concat(list_58.item, ','), ']') AS anon_16 
FROM (SELECT CASE WHEN (CAST(substr(search_field_38.places, ((extract_48.skipped + token_54.key) * 2 + 1) * search_field_38.width + 1, search_field_38.width) AS INTEGER) > CAST(substr(search_field_38.places, (extract_48.skipped + token_54.key) * 2 * search_field_38.width + 1, search_field_38.width) AS INTEGER)) THEN concat('{"start":', CAST(CAST(substr(search_field_38.places, (extract_48.skipped + token_54.key) * 2 * search_field_38.width + 1, search_field_38.width) AS INTEGER) - extract_48.start AS INTEGER), ',"end":', CAST(CAST(substr(search_field_38.places, ((extract_48.skipped + token_54.key) * 2 + 1) * search_field_38.width + 1, search_field_38.width) AS INTEGER) - extract_48.start AS INTEGER), '}') END AS item 
FROM json_each('["' || replace(trim(extract_48.part), ' ', '","') || '"]') AS token_54 
WHERE (EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_55 
WHERE instr(concat(' ', token_54.value, ' '), pattern_55.value) > 0)) OR +? <> '[]' AND (EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_57 
WHERE instr(pattern_57.value, concat(' ', token_54.value, ' ')) > 0 AND instr(substr(search_field_38.tokens, max(1, (extract_48.begin + CAST((SELECT coalesce(sum(length(before_56.value) + 1), 0) AS coalesce_2 
FROM json_each('["' || replace(trim(extract_48.part), ' ', '","') || '"]') AS before_56 
WHERE before_56.key < token_54.key) AS INTEGER) + length(token_54.value) + 2) - length(pattern_57.value)), max(1, (extract_48.begin + CAST((SELECT coalesce(sum(length(before_56.value) + 1), 0) AS coalesce_2 
FROM json_each('["' || replace(trim(extract_48.part), ' ', '","') || '"]') AS before_56 
WHERE before_56.key < token_54.key) AS INTEGER) + length(pattern_57.value)) - max(1, (extract_48.begin + CAST((SELECT coalesce(sum(length(before_56.value) + 1), 0) AS coalesce_2 
FROM json_each('["' || replace(trim(extract_48.part), ' ', '","') || '"]') AS before_56 
WHERE before_56.key < token_54.key) AS INTEGER) + length(token_54.value) + 2) - length(pattern_57.value)))), pattern_57.value) > 0)) ORDER BY token_54.key) AS list_58) AS anon_15 
FROM (SELECT window_49.begin AS "begin", window_49.skipped AS skipped, window_49.part AS part, CAST(substr(search_field_38.places, window_49.skipped * 2 * search_field_38.width + 1, search_field_38.width) AS INTEGER) AS start, CAST(substr(search_field_38.places, (((window_49.skipped + (length(window_49.part) - length(replace(window_49.part, ' ', '')))) - 2) * 2 + 1) * search_field_38.width + 1, search_field_38.width) AS INTEGER) AS stop 
FROM (SELECT bounds_50.begin AS "begin", (length(substr(search_field_38.tokens, 1, bounds_50.begin)) - length(replace(substr(search_field_38.tokens, 1, bounds_50.begin), ' ', ''))) - 1 AS skipped, substr(search_field_38.tokens, bounds_50.begin, (bounds_50.stop - bounds_50.begin) + 1) AS part 
FROM (SELECT opening_51.begin AS "begin", coalesce((opening_51.begin + 160 + nullif(instr(substr(search_field_38.tokens, opening_51.begin + 160), ' '), 0)) - 1, length(search_field_38.tokens)) AS stop 
FROM (SELECT (max(1, first_52.position - 60) + instr(substr(search_field_38.tokens, max(1, first_52.position - 60)), ' ')) - 1 AS "begin" 
FROM (SELECT min(instr(search_field_38.tokens, pattern_53.value)) AS position 
FROM json_each(+?) AS pattern_53 
WHERE instr(search_field_38.tokens, pattern_53.value) > 0) AS first_52) AS opening_51) AS bounds_50) AS window_49
 LIMIT 1 OFFSET ?) AS extract_48), '}') AS item_1 
FROM (SELECT hit_59.id, hit_59.kind, hit_59.named, hit_59.date_desc, hit_59.key 
FROM (SELECT search_record_61.id AS id, (search_record_61.id IN (SELECT rowid FROM search_index WHERE search_index MATCH '{names} : (' || +? || ')')) AS named, search_record_61.date_desc AS date_desc, search_record_61.kind AS kind, search_record_61.key AS "key" 
FROM search_index AS search_index_60 CROSS JOIN search_record AS search_record_61 ON search_record_61.id = search_index_60.rowid 
WHERE search_index_60.search_index MATCH +? AND (+? = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(+?) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_61.id AND instr(tokens, phrase.value) > 0))) AND search_record_61.kind IN (SELECT value FROM json_each(+?))) AS hit_59 ORDER BY hit_59.named DESC, hit_59.date_desc DESC, hit_59.kind ASC, hit_59.key ASC LIMIT +?) AS hit_28 CROSS JOIN search_field AS search_field_38 ON search_field_38.record_id = hit_28.id AND search_field_38.ordinal = (SELECT search_field_39.ordinal 
FROM search_field AS search_field_39 
WHERE search_field_39.record_id = hit_28.id AND (EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_40 
WHERE instr(search_field_39.tokens, pattern_40.value) > 0)) ORDER BY EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_41 
WHERE instr(search_field_39.tokens, pattern_41.value) = 0), search_field_39.ordinal
 LIMIT 1 OFFSET 0) ORDER BY hit_28.named DESC, hit_28.date_desc DESC, hit_28.kind ASC, hit_28.key ASC) AS page_29), ',"nothing":', (SELECT concat('{"totalCount":', (SELECT count(*) AS anon_18 
FROM (SELECT search_record_66.id AS id, (search_record_66.id IN (SELECT rowid FROM search_index WHERE search_index MATCH '{names} : (' || +? || ')')) AS named, search_record_66.date_desc AS date_desc, search_record_66.kind AS kind, search_record_66.key AS "key" 
FROM search_index AS search_index_65 CROSS JOIN search_record AS search_record_66 ON search_record_66.id = search_index_65.rowid 
WHERE search_index_65.search_index MATCH +? AND (+? = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(+?) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_66.id AND instr(tokens, phrase.value) > 0)))) AS hit_64), ',"nodes":[', group_concat(page_63.item_1, ','), ']}') AS anon_17 
FROM (SELECT concat('{"field":', coalesce('"' || search_field_67.field || '"', 'null'), '}') AS item_1 
FROM (SELECT hit_71.id, hit_71.named, hit_71.date_desc, hit_71.kind, hit_71.key 
FROM (SELECT search_record_73.id AS id, (search_record_73.id IN (SELECT rowid FROM search_index WHERE search_index MATCH '{names} : (' || +? || ')')) AS named, search_record_73.date_desc AS date_desc, search_record_73.kind AS kind, search_record_73.key AS "key" 
FROM search_index AS search_index_72 CROSS JOIN search_record AS search_record_73 ON search_record_73.id = search_index_72.rowid 
WHERE search_index_72.search_index MATCH +? AND (+? = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(+?) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_73.id AND instr(tokens, phrase.value) > 0)))) AS hit_71 ORDER BY hit_71.named DESC, hit_71.date_desc DESC, hit_71.kind ASC, hit_71.key ASC LIMIT +?) AS hit_62 CROSS JOIN search_field AS search_field_67 ON search_field_67.record_id = hit_62.id AND search_field_67.ordinal = (SELECT search_field_68.ordinal 
FROM search_field AS search_field_68 
WHERE search_field_68.record_id = hit_62.id AND (EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_69 
WHERE instr(search_field_68.tokens, pattern_69.value) > 0)) ORDER BY EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_70 
WHERE instr(search_field_68.tokens, pattern_70.value) = 0), search_field_68.ordinal
 LIMIT 1 OFFSET 0) ORDER BY hit_62.named DESC, hit_62.date_desc DESC, hit_62.kind ASC, hit_62.key ASC) AS page_63), ',"both":', (SELECT concat('{"nodes":[', group_concat(page_75.item_1, ','), ']}') AS anon_19 
FROM (SELECT concat('{"node":{"name":', coalesce((actor_76.name -> +?), (actor_76.name -> (actor_76.name ->> '*'))), '}}') AS item_1 
FROM (SELECT hit_77.id, hit_77.named, hit_77.date_desc, hit_77.kind, hit_77.key 
FROM (SELECT search_record_79.id AS id, (search_record_79.id IN (SELECT rowid FROM search_index WHERE search_index MATCH '{names} : (' || +? || ')')) AS named, search_record_79.date_desc AS date_desc, search_record_79.kind AS kind, search_record_79.key AS "key" 
FROM search_index AS search_index_78 CROSS JOIN search_record AS search_record_79 ON search_record_79.id = search_index_78.rowid 
WHERE search_index_78.search_index MATCH +? AND (+? = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(+?) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_79.id AND instr(tokens, phrase.value) > 0))) AND search_record_79.kind IN ('ACTOR')) AS hit_77 ORDER BY hit_77.named DESC, hit_77.date_desc DESC, hit_77.kind ASC, hit_77.key ASC LIMIT +?) AS hit_74 CROSS JOIN actor AS actor_76 ON actor_76.id = hit_74.id ORDER BY hit_74.named DESC, hit_74.date_desc DESC, hit_74.kind ASC, hit_74.key ASC) AS page_75), '}') AS answer
