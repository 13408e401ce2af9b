SELECT concat('{"phrase":', (SELECT concat('{"nodes":[', group_concat(page_2.item_1, ','), ']}') AS anon_1 
FROM (SELECT concat('{"node":{"id":"article:', article_3.key, '"},"snippet":', (SELECT json_quote(substr(coalesce(search_field_4.text, (SELECT article.body 
FROM article 
WHERE article.id = search_field_4.record_id)), extract_8.start + 1, extract_8.stop - extract_8.start)) AS anon_2 
FROM (SELECT window_9.skipped AS skipped, window_9.part AS part, CAST(substr(search_field_4.places, window_9.skipped * 2 * search_field_4.width + 1, search_field_4.width) AS INTEGER) AS start, CAST(substr(search_field_4.places, (((window_9.skipped + (length(window_9.part) - length(replace(window_9.part, ' ', '')))) - 2) * 2 + 1) * search_field_4.width + 1, search_field_4.width) AS INTEGER) AS stop 
FROM (SELECT (length(substr(search_field_4.tokens, 1, bounds_10.begin)) - length(replace(substr(search_field_4.tokens, 1, bounds_10.begin), ' ', ''))) - 1 AS skipped, substr(search_field_4.tokens, bounds_10.begin, (bounds_10.stop - bounds_10.begin) + 1) AS part 
FROM (SELECT opening_11.begin AS "begin", coalesce((opening_11.begin + 160 + nullif(instr(substr(search_field_4.tokens, opening_11.begin + 160), ' '), 0)) - 1, length(search_field_4.tokens)) AS stop 
FROM (SELECT (max(1, first_12.position - 60) + instr(substr(search_field_4.tokens, max(1, first_12.position - 60)), ' ')) - 1 AS "begin" 
FROM (SELECT min(instr(search_field_4.tokens, pattern_13.value)) AS position 
FROM json_each(+?) AS pattern_13 
WHERE instr(search_field_4.tokens, pattern_13.value) > 0) AS first_12) AS opening_11) AS bounds_10) AS window_9) AS extract_8), ',"highlights":', (SELECT (SELECT concat('[', group_concat(list_17.item, ','), ']') AS anon_4 
FROM (SELECT concat('{"start":', CAST(CAST(substr(search_field_4.places, (extract_14.skipped + token_15.key) * 2 * search_field_4.width + 1, search_field_4.width) AS INTEGER) - extract_14.start AS INTEGER), ',"end":', CAST(CAST(substr(search_field_4.places, ((extract_14.skipped + token_15.key) * 2 + 1) * search_field_4.width + 1, search_field_4.width) AS INTEGER) - extract_14.start AS INTEGER), '}') AS item 
FROM json_each('["' || replace(trim(extract_14.part), ' ', '","') || '"]') AS token_15 
WHERE (EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_16 
WHERE instr(concat(' ', token_15.value, ' '), pattern_16.value) > 0)) AND CAST(substr(search_field_4.places, ((extract_14.skipped + token_15.key) * 2 + 1) * search_field_4.width + 1, search_field_4.width) AS INTEGER) > CAST(substr(search_field_4.places, (extract_14.skipped + token_15.key) * 2 * search_field_4.width + 1, search_field_4.width) AS INTEGER) ORDER BY token_15.key) AS list_17) AS anon_3 
FROM (SELECT window_18.skipped AS skipped, window_18.part AS part, CAST(substr(search_field_4.places, window_18.skipped * 2 * search_field_4.width + 1, search_field_4.width) AS INTEGER) AS start, CAST(substr(search_field_4.places, (((window_18.skipped + (length(window_18.part) - length(replace(window_18.part, ' ', '')))) - 2) * 2 + 1) * search_field_4.width + 1, search_field_4.width) AS INTEGER) AS stop 
FROM (SELECT (length(substr(search_field_4.tokens, 1, bounds_19.begin)) - length(replace(substr(search_field_4.tokens, 1, bounds_19.begin), ' ', ''))) - 1 AS skipped, substr(search_field_4.tokens, bounds_19.begin, (bounds_19.stop - bounds_19.begin) + 1) AS part 
FROM (SELECT opening_20.begin AS "begin", coalesce((opening_20.begin + 160 + nullif(instr(substr(search_field_4.tokens, opening_20.begin + 160), ' '), 0)) - 1, length(search_field_4.tokens)) AS stop 
FROM (SELECT (max(1, first_21.position - 60) + instr(substr(search_field_4.tokens, max(1, first_21.position - 60)), ' ')) - 1 AS "begin" 
FROM (SELECT min(instr(search_field_4.tokens, pattern_22.value)) AS position 
FROM json_each(+?) AS pattern_22 
WHERE instr(search_field_4.tokens, pattern_22.value) > 0) AS first_21) AS opening_20) AS bounds_19) AS window_18) AS extract_14), '}') AS item_1 
FROM (SELECT hit_23.id, hit_23.named, hit_23.date_desc, hit_23.kind, hit_23.key 
FROM (SELECT search_record_25.id AS id, (search_record_25.id IN (SELECT rowid FROM search_index WHERE search_index MATCH '{names} : (' || +? || ')')) AS named, search_record_25.date_desc AS date_desc, search_record_25.kind AS kind, search_record_25.key AS "key" 
FROM search_index AS search_index_24 CROSS JOIN search_record AS search_record_25 ON search_record_25.id = search_index_24.rowid 
WHERE search_index_24.search_index MATCH +? AND (+? = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(+?) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_25.id AND instr(tokens, phrase.value) > 0))) AND search_record_25.kind IN ('ARTICLE')) AS hit_23 ORDER BY hit_23.named DESC, hit_23.date_desc DESC, hit_23.kind ASC, hit_23.key ASC LIMIT +?) AS hit_1 CROSS JOIN article AS article_3 ON article_3.id = hit_1.id CROSS JOIN search_field AS search_field_4 ON search_field_4.record_id = hit_1.id AND search_field_4.ordinal = (SELECT search_field_5.ordinal 
FROM search_field AS search_field_5 
WHERE search_field_5.record_id = hit_1.id AND (EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_6 
WHERE instr(search_field_5.tokens, pattern_6.value) > 0)) ORDER BY EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_7 
WHERE instr(search_field_5.tokens, pattern_7.value) = 0), search_field_5.ordinal
 LIMIT 1 OFFSET 0) ORDER BY hit_1.named DESC, hit_1.date_desc DESC, hit_1.kind ASC, hit_1.key ASC) AS page_2), ',"prefix":', (SELECT concat('{"nodes":[', group_concat(page_27.item_1, ','), ']}') AS anon_5 
FROM (SELECT concat('{"node":', CASE WHEN (hit_26.kind IN ('MEETING', 'AGREEMENT', 'STATEMENT', 'APPEAL')) THEN coalesce((SELECT concat('{"id":"', lower(event_28.kind), ':', event_28.key, '"}') AS anon_6 
FROM event AS event_28 
WHERE event_28.id = hit_26.id), 'null') WHEN (hit_26.kind = 'PLACE') THEN coalesce((SELECT concat('{"id":"place:', place_29.key, '"}') AS anon_7 
FROM place AS place_29 
WHERE place_29.id = hit_26.id), 'null') WHEN (hit_26.kind = 'ACTOR') THEN coalesce((SELECT concat('{"id":"actor:', actor_30.key, '"}') AS anon_8 
FROM actor AS actor_30 
WHERE actor_30.id = hit_26.id), 'null') WHEN (hit_26.kind = 'OFFICE') THEN coalesce((SELECT concat('{"id":"office:', office_31.key, '"}') AS anon_9 
FROM office AS office_31 
WHERE office_31.id = hit_26.id), 'null') WHEN (hit_26.kind = 'CLAIM') THEN coalesce((SELECT concat('{"id":"claim:', claim_32.key, '"}') AS anon_10 
FROM claim AS claim_32 
WHERE claim_32.id = hit_26.id), 'null') WHEN (hit_26.kind = 'ARTICLE') THEN coalesce((SELECT concat('{"id":"article:', article_33.key, '"}') AS anon_11 
FROM article AS article_33 
WHERE article_33.id = hit_26.id), 'null') WHEN (hit_26.kind = 'TOPIC') THEN coalesce((SELECT concat('{"id":"topic:', topic_34.key, '"}') AS anon_12 
FROM topic AS topic_34 
WHERE topic_34.id = hit_26.id), 'null') WHEN (hit_26.kind = 'PROVISION') THEN coalesce((SELECT concat('{"id":"provision:', provision_35.key, '"}') AS anon_13 
FROM provision AS provision_35 
WHERE provision_35.id = hit_26.id), 'null') ELSE 'null' END, ',"field":', coalesce('"' || search_field_36.field || '"', 'null'), ',"snippet":', (SELECT json_quote(substr(coalesce(search_field_36.text, (SELECT article.body 
FROM article 
WHERE article.id = search_field_36.record_id)), extract_40.start + 1, extract_40.stop - extract_40.start)) AS anon_14 
FROM (SELECT window_41.skipped AS skipped, window_41.part AS part, CAST(substr(search_field_36.places, window_41.skipped * 2 * search_field_36.width + 1, search_field_36.width) AS INTEGER) AS start, CAST(substr(search_field_36.places, (((window_41.skipped + (length(window_41.part) - length(replace(window_41.part, ' ', '')))) - 2) * 2 + 1) * search_field_36.width + 1, search_field_36.width) AS INTEGER) AS stop 
FROM (SELECT (length(substr(search_field_36.tokens, 1, bounds_42.begin)) - length(replace(substr(search_field_36.tokens, 1, bounds_42.begin), ' ', ''))) - 1 AS skipped, substr(search_field_36.tokens, bounds_42.begin, (bounds_42.stop - bounds_42.begin) + 1) AS part 
FROM (SELECT opening_43.begin AS "begin", coalesce((opening_43.begin + 160 + nullif(instr(substr(search_field_36.tokens, opening_43.begin + 160), ' '), 0)) - 1, length(search_field_36.tokens)) AS stop 
FROM (SELECT (max(1, first_44.position - 60) + instr(substr(search_field_36.tokens, max(1, first_44.position - 60)), ' ')) - 1 AS "begin" 
FROM (SELECT min(instr(search_field_36.tokens, pattern_45.value)) AS position 
FROM json_each(+?) AS pattern_45 
WHERE instr(search_field_36.tokens, pattern_45.value) > 0) AS first_44) AS opening_43) AS bounds_42) AS window_41) AS extract_40), ',"highlights":', (SELECT (SELECT concat('[', group_concat(list_49.item, ','), ']') AS anon_16 
FROM (SELECT concat('{"start":', CAST(CAST(substr(search_field_36.places, (extract_46.skipped + token_47.key) * 2 * search_field_36.width + 1, search_field_36.width) AS INTEGER) - extract_46.start AS INTEGER), ',"end":', CAST(CAST(substr(search_field_36.places, ((extract_46.skipped + token_47.key) * 2 + 1) * search_field_36.width + 1, search_field_36.width) AS INTEGER) - extract_46.start AS INTEGER), '}') AS item 
FROM json_each('["' || replace(trim(extract_46.part), ' ', '","') || '"]') AS token_47 
WHERE (EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_48 
WHERE instr(concat(' ', token_47.value, ' '), pattern_48.value) > 0)) AND CAST(substr(search_field_36.places, ((extract_46.skipped + token_47.key) * 2 + 1) * search_field_36.width + 1, search_field_36.width) AS INTEGER) > CAST(substr(search_field_36.places, (extract_46.skipped + token_47.key) * 2 * search_field_36.width + 1, search_field_36.width) AS INTEGER) ORDER BY token_47.key) AS list_49) AS anon_15 
FROM (SELECT window_50.skipped AS skipped, window_50.part AS part, CAST(substr(search_field_36.places, window_50.skipped * 2 * search_field_36.width + 1, search_field_36.width) AS INTEGER) AS start, CAST(substr(search_field_36.places, (((window_50.skipped + (length(window_50.part) - length(replace(window_50.part, ' ', '')))) - 2) * 2 + 1) * search_field_36.width + 1, search_field_36.width) AS INTEGER) AS stop 
FROM (SELECT (length(substr(search_field_36.tokens, 1, bounds_51.begin)) - length(replace(substr(search_field_36.tokens, 1, bounds_51.begin), ' ', ''))) - 1 AS skipped, substr(search_field_36.tokens, bounds_51.begin, (bounds_51.stop - bounds_51.begin) + 1) AS part 
FROM (SELECT opening_52.begin AS "begin", coalesce((opening_52.begin + 160 + nullif(instr(substr(search_field_36.tokens, opening_52.begin + 160), ' '), 0)) - 1, length(search_field_36.tokens)) AS stop 
FROM (SELECT (max(1, first_53.position - 60) + instr(substr(search_field_36.tokens, max(1, first_53.position - 60)), ' ')) - 1 AS "begin" 
FROM (SELECT min(instr(search_field_36.tokens, pattern_54.value)) AS position 
FROM json_each(+?) AS pattern_54 
WHERE instr(search_field_36.tokens, pattern_54.value) > 0) AS first_53) AS opening_52) AS bounds_51) AS window_50) AS extract_46), '}') AS item_1 
FROM (SELECT hit_55.id, hit_55.kind, hit_55.named, hit_55.date_desc, hit_55.key 
FROM (SELECT search_record_57.id AS id, (search_record_57.id IN (SELECT rowid FROM search_index WHERE search_index MATCH '{names} : (' || +? || ')')) AS named, search_record_57.date_desc AS date_desc, search_record_57.kind AS kind, search_record_57.key AS "key" 
FROM search_index AS search_index_56 CROSS JOIN search_record AS search_record_57 ON search_record_57.id = search_index_56.rowid 
WHERE search_index_56.search_index MATCH +? AND (+? = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(+?) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_57.id AND instr(tokens, phrase.value) > 0))) AND search_record_57.kind IN (SELECT value FROM json_each(+?))) AS hit_55 ORDER BY hit_55.named DESC, hit_55.date_desc DESC, hit_55.kind ASC, hit_55.key ASC LIMIT +?) AS hit_26 CROSS JOIN search_field AS search_field_36 ON search_field_36.record_id = hit_26.id AND search_field_36.ordinal = (SELECT search_field_37.ordinal 
FROM search_field AS search_field_37 
WHERE search_field_37.record_id = hit_26.id AND (EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_38 
WHERE instr(search_field_37.tokens, pattern_38.value) > 0)) ORDER BY EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_39 
WHERE instr(search_field_37.tokens, pattern_39.value) = 0), search_field_37.ordinal
 LIMIT 1 OFFSET 0) ORDER BY hit_26.named DESC, hit_26.date_desc DESC, hit_26.kind ASC, hit_26.key ASC) AS page_27), ',"nothing":', (SELECT concat('{"totalCount":', (SELECT count(*) AS anon_18 
FROM (SELECT search_record_62.id AS id, (search_record_62.id IN (SELECT rowid FROM search_index WHERE search_index MATCH '{names} : (' || +? || ')')) AS named, search_record_62.date_desc AS date_desc, search_record_62.kind AS kind, search_record_62.key AS "key" 
FROM search_index AS search_index_61 CROSS JOIN search_record AS search_record_62 ON search_record_62.id = search_index_61.rowid 
WHERE search_index_61.search_index MATCH +? AND (+? = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(+?) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_62.id AND instr(tokens, phrase.value) > 0)))) AS hit_60), ',"nodes":[', group_concat(page_59.item_1, ','), ']}') AS anon_17 
FROM (SELECT concat('{"field":', coalesce('"' || search_field_63.field || '"', 'null'), '}') AS item_1 
FROM (SELECT hit_67.id, hit_67.named, hit_67.date_desc, hit_67.kind, hit_67.key 
FROM (SELECT search_record_69.id AS id, (search_record_69.id IN (SELECT rowid FROM search_index WHERE search_index MATCH '{names} : (' || +? || ')')) AS named, search_record_69.date_desc AS date_desc, search_record_69.kind AS kind, search_record_69.key AS "key" 
FROM search_index AS search_index_68 CROSS JOIN search_record AS search_record_69 ON search_record_69.id = search_index_68.rowid 
WHERE search_index_68.search_index MATCH +? AND (+? = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(+?) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_69.id AND instr(tokens, phrase.value) > 0)))) AS hit_67 ORDER BY hit_67.named DESC, hit_67.date_desc DESC, hit_67.kind ASC, hit_67.key ASC LIMIT +?) AS hit_58 CROSS JOIN search_field AS search_field_63 ON search_field_63.record_id = hit_58.id AND search_field_63.ordinal = (SELECT search_field_64.ordinal 
FROM search_field AS search_field_64 
WHERE search_field_64.record_id = hit_58.id AND (EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_65 
WHERE instr(search_field_64.tokens, pattern_65.value) > 0)) ORDER BY EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_66 
WHERE instr(search_field_64.tokens, pattern_66.value) = 0), search_field_64.ordinal
 LIMIT 1 OFFSET 0) ORDER BY hit_58.named DESC, hit_58.date_desc DESC, hit_58.kind ASC, hit_58.key ASC) AS page_59), ',"both":', (SELECT concat('{"nodes":[', group_concat(page_71.item_1, ','), ']}') AS anon_19 
FROM (SELECT concat('{"node":{"name":', coalesce((actor_72.name -> +?), (actor_72.name -> (actor_72.name ->> '*'))), '}}') AS item_1 
FROM (SELECT hit_73.id, hit_73.named, hit_73.date_desc, hit_73.kind, hit_73.key 
FROM (SELECT search_record_75.id AS id, (search_record_75.id IN (SELECT rowid FROM search_index WHERE search_index MATCH '{names} : (' || +? || ')')) AS named, search_record_75.date_desc AS date_desc, search_record_75.kind AS kind, search_record_75.key AS "key" 
FROM search_index AS search_index_74 CROSS JOIN search_record AS search_record_75 ON search_record_75.id = search_index_74.rowid 
WHERE search_index_74.search_index MATCH +? AND (+? = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(+?) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_75.id AND instr(tokens, phrase.value) > 0))) AND search_record_75.kind IN ('ACTOR')) AS hit_73 ORDER BY hit_73.named DESC, hit_73.date_desc DESC, hit_73.kind ASC, hit_73.key ASC LIMIT +?) AS hit_70 CROSS JOIN actor AS actor_72 ON actor_72.id = hit_70.id ORDER BY hit_70.named DESC, hit_70.date_desc DESC, hit_70.kind ASC, hit_70.key ASC) AS page_71), '}') AS answer
