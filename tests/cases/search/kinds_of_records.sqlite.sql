SELECT concat('{"several":', (SELECT concat('{"nodes":[', group_concat(page_2.item_1, ','), ']}') AS anon_1 
FROM (SELECT concat('{"node":', CASE WHEN (hit_1.kind = 'MEETING') THEN coalesce((SELECT concat('{"__typename":"Meeting","id":"meeting:', event_3.key, '","format":"', meeting_4.format, '"}') AS anon_2 
FROM event AS event_3 LEFT OUTER JOIN meeting AS meeting_4 ON meeting_4.id = event_3.id 
WHERE event_3.id = hit_1.id), 'null') WHEN (hit_1.kind = 'CLAIM') THEN coalesce((SELECT concat('{"__typename":"Claim","id":"claim:', claim_5.key, '","property":', json_quote(claim_5.property), ',"subject":', CASE WHEN (record_6.kind IN ('MEETING', 'AGREEMENT', 'STATEMENT', 'APPEAL', 'ACTION')) THEN coalesce((SELECT concat('{', substr(concat(',"__typename":', CASE WHEN (event_7.kind = 'MEETING') THEN '"Meeting"' WHEN (event_7.kind = 'AGREEMENT') THEN '"Agreement"' WHEN (event_7.kind = 'STATEMENT') THEN '"Statement"' WHEN (event_7.kind = 'APPEAL') THEN '"Appeal"' WHEN (event_7.kind = 'ACTION') THEN '"Action"' END, ',"id":"', lower(event_7.kind), ':', event_7.key, '"', CASE WHEN (event_7.kind IN ('MEETING')) THEN concat(',"format":"', meeting_8.format, '"') ELSE '' END), ?), '}') AS anon_4 
FROM event AS event_7 LEFT OUTER JOIN meeting AS meeting_8 ON meeting_8.id = event_7.id 
WHERE event_7.id = claim_5.subject_id), 'null') WHEN (record_6.kind = 'ARTICLE') THEN coalesce((SELECT concat('{"__typename":"Article","id":"article:', article_9.key, '"}') AS anon_5 
FROM article AS article_9 
WHERE article_9.id = claim_5.subject_id), 'null') WHEN (record_6.kind = 'ACTOR') THEN coalesce((SELECT concat('{"__typename":"Actor","id":"actor:', actor_10.key, '"}') AS anon_6 
FROM actor AS actor_10 
WHERE actor_10.id = claim_5.subject_id), 'null') WHEN (record_6.kind = 'OFFICE') THEN coalesce((SELECT concat('{"__typename":"Office","id":"office:', office_11.key, '"}') AS anon_7 
FROM office AS office_11 
WHERE office_11.id = claim_5.subject_id), 'null') WHEN (record_6.kind = 'CLAIM') THEN coalesce((SELECT concat('{"__typename":"Claim","id":"claim:', claim_12.key, '"}') AS anon_8 
FROM claim AS claim_12 
WHERE claim_12.id = claim_5.subject_id), 'null') WHEN (record_6.kind = 'DATASET') THEN coalesce((SELECT concat('{"__typename":"Dataset","id":"dataset:', dataset_13.key, '"}') AS anon_9 
FROM dataset AS dataset_13 
WHERE dataset_13.id = claim_5.subject_id), 'null') WHEN (record_6.kind = 'PLACE') THEN coalesce((SELECT concat('{"__typename":"Place","id":"place:', place_14.key, '"}') AS anon_10 
FROM place AS place_14 
WHERE place_14.id = claim_5.subject_id), 'null') WHEN (record_6.kind = 'TOPIC') THEN coalesce((SELECT concat('{"__typename":"Topic","id":"topic:', topic_15.key, '"}') AS anon_11 
FROM topic AS topic_15 
WHERE topic_15.id = claim_5.subject_id), 'null') WHEN (record_6.kind = 'PROVISION') THEN coalesce((SELECT concat('{"__typename":"Provision","id":"provision:', provision_16.key, '"}') AS anon_12 
FROM provision AS provision_16 
WHERE provision_16.id = claim_5.subject_id), 'null') ELSE 'null' END, '}') AS anon_3 
FROM claim AS claim_5 JOIN record AS record_6 ON record_6.id = claim_5.subject_id 
WHERE claim_5.id = hit_1.id), 'null') ELSE 'null' END, '}') AS item_1 
FROM (SELECT hit_17.id, hit_17.kind, hit_17.named, hit_17.date_desc, hit_17.key 
FROM (SELECT search_record_19.id AS id, (search_record_19.id IN (SELECT rowid FROM search_index WHERE search_index MATCH '{names} : (' || +? || ')')) AS named, search_record_19.date_desc AS date_desc, search_record_19.kind AS kind, search_record_19.key AS "key" 
FROM search_index AS search_index_18 CROSS JOIN search_record AS search_record_19 ON search_record_19.id = search_index_18.rowid 
WHERE search_index_18.search_index MATCH +? AND (+? = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(+?) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_19.id AND (instr(tokens, phrase.value) > 0 OR (unicode(phrase.value) = 10 AND EXISTS (SELECT 1 FROM json_each(phrase.value) AS spelling WHERE instr(tokens, spelling.value) > 0)))))) AND search_record_19.kind IN ('CLAIM', 'MEETING')) AS hit_17 ORDER BY hit_17.named DESC, hit_17.date_desc DESC, hit_17.kind ASC, hit_17.key ASC LIMIT +?) AS hit_1 ORDER BY hit_1.named DESC, hit_1.date_desc DESC, hit_1.kind ASC, hit_1.key ASC) AS page_2), ',"one":', (SELECT concat('{"nodes":[', group_concat(page_21.item_1, ','), ']}') AS anon_13 
FROM (SELECT concat('{"field":', coalesce('"' || search_field_22.field || '"', 'null'), ',"node":{"__typename":"Claim","id":"claim:', claim_26.key, '","property":', json_quote(claim_26.property), ',"subject":', CASE WHEN (record_27.kind IN ('MEETING', 'AGREEMENT', 'STATEMENT', 'APPEAL', 'ACTION')) THEN coalesce((SELECT concat('{', substr(concat(',"__typename":', CASE WHEN (event_28.kind = 'MEETING') THEN '"Meeting"' WHEN (event_28.kind = 'AGREEMENT') THEN '"Agreement"' WHEN (event_28.kind = 'STATEMENT') THEN '"Statement"' WHEN (event_28.kind = 'APPEAL') THEN '"Appeal"' WHEN (event_28.kind = 'ACTION') THEN '"Action"' END, ',"id":"', lower(event_28.kind), ':', event_28.key, '"', CASE WHEN (event_28.kind IN ('MEETING')) THEN concat(',"format":"', meeting_29.format, '"') ELSE '' END), ?), '}') AS anon_14 
FROM event AS event_28 LEFT OUTER JOIN meeting AS meeting_29 ON meeting_29.id = event_28.id 
WHERE event_28.id = claim_26.subject_id), 'null') WHEN (record_27.kind = 'ARTICLE') THEN coalesce((SELECT concat('{"__typename":"Article","id":"article:', article_30.key, '"}') AS anon_15 
FROM article AS article_30 
WHERE article_30.id = claim_26.subject_id), 'null') WHEN (record_27.kind = 'ACTOR') THEN coalesce((SELECT concat('{"__typename":"Actor","id":"actor:', actor_31.key, '"}') AS anon_16 
FROM actor AS actor_31 
WHERE actor_31.id = claim_26.subject_id), 'null') WHEN (record_27.kind = 'OFFICE') THEN coalesce((SELECT concat('{"__typename":"Office","id":"office:', office_32.key, '"}') AS anon_17 
FROM office AS office_32 
WHERE office_32.id = claim_26.subject_id), 'null') WHEN (record_27.kind = 'CLAIM') THEN coalesce((SELECT concat('{"__typename":"Claim","id":"claim:', claim_33.key, '"}') AS anon_18 
FROM claim AS claim_33 
WHERE claim_33.id = claim_26.subject_id), 'null') WHEN (record_27.kind = 'DATASET') THEN coalesce((SELECT concat('{"__typename":"Dataset","id":"dataset:', dataset_34.key, '"}') AS anon_19 
FROM dataset AS dataset_34 
WHERE dataset_34.id = claim_26.subject_id), 'null') WHEN (record_27.kind = 'PLACE') THEN coalesce((SELECT concat('{"__typename":"Place","id":"place:', place_35.key, '"}') AS anon_20 
FROM place AS place_35 
WHERE place_35.id = claim_26.subject_id), 'null') WHEN (record_27.kind = 'TOPIC') THEN coalesce((SELECT concat('{"__typename":"Topic","id":"topic:', topic_36.key, '"}') AS anon_21 
FROM topic AS topic_36 
WHERE topic_36.id = claim_26.subject_id), 'null') WHEN (record_27.kind = 'PROVISION') THEN coalesce((SELECT concat('{"__typename":"Provision","id":"provision:', provision_37.key, '"}') AS anon_22 
FROM provision AS provision_37 
WHERE provision_37.id = claim_26.subject_id), 'null') ELSE 'null' END, '}}') AS item_1 
FROM (SELECT hit_38.id, hit_38.named, hit_38.date_desc, hit_38.kind, hit_38.key 
FROM (SELECT search_record_40.id AS id, (search_record_40.id IN (SELECT rowid FROM search_index WHERE search_index MATCH '{names} : (' || +? || ')')) AS named, search_record_40.date_desc AS date_desc, search_record_40.kind AS kind, search_record_40.key AS "key" 
FROM search_index AS search_index_39 CROSS JOIN search_record AS search_record_40 ON search_record_40.id = search_index_39.rowid 
WHERE search_index_39.search_index MATCH +? AND (+? = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(+?) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_40.id AND (instr(tokens, phrase.value) > 0 OR (unicode(phrase.value) = 10 AND EXISTS (SELECT 1 FROM json_each(phrase.value) AS spelling WHERE instr(tokens, spelling.value) > 0)))))) AND search_record_40.kind IN ('CLAIM')) AS hit_38 ORDER BY hit_38.named DESC, hit_38.date_desc DESC, hit_38.kind ASC, hit_38.key ASC LIMIT +?) AS hit_20 CROSS JOIN search_field AS search_field_22 ON search_field_22.record_id = hit_20.id AND search_field_22.ordinal = (SELECT search_field_23.ordinal 
FROM search_field AS search_field_23 
WHERE search_field_23.record_id = hit_20.id AND (EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_24 
WHERE instr(search_field_23.tokens, pattern_24.value) > 0)) ORDER BY EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_25 
WHERE instr(search_field_23.tokens, pattern_25.value) = 0), search_field_23.ordinal
 LIMIT 1 OFFSET 0) CROSS JOIN claim AS claim_26 ON claim_26.id = hit_20.id CROSS JOIN record AS record_27 ON record_27.id = claim_26.subject_id ORDER BY hit_20.named DESC, hit_20.date_desc DESC, hit_20.kind ASC, hit_20.key ASC) AS page_21), ',"none":', (SELECT concat('{"nodes":[', group_concat(page_42.item_1, ','), ']}') AS anon_23 
FROM (SELECT concat('{"node":', CASE WHEN (hit_41.kind IN ('MEETING', 'AGREEMENT', 'STATEMENT', 'APPEAL', 'ACTION')) THEN coalesce((SELECT concat('{"id":"', lower(event_43.kind), ':', event_43.key, '"}') AS anon_24 
FROM event AS event_43 
WHERE event_43.id = hit_41.id), 'null') WHEN (hit_41.kind = 'ARTICLE') THEN coalesce((SELECT concat('{"id":"article:', article_44.key, '"}') AS anon_25 
FROM article AS article_44 
WHERE article_44.id = hit_41.id), 'null') WHEN (hit_41.kind = 'ACTOR') THEN coalesce((SELECT concat('{"id":"actor:', actor_45.key, '"}') AS anon_26 
FROM actor AS actor_45 
WHERE actor_45.id = hit_41.id), 'null') WHEN (hit_41.kind = 'OFFICE') THEN coalesce((SELECT concat('{"id":"office:', office_46.key, '"}') AS anon_27 
FROM office AS office_46 
WHERE office_46.id = hit_41.id), 'null') WHEN (hit_41.kind = 'CLAIM') THEN coalesce((SELECT concat('{"id":"claim:', claim_47.key, '"}') AS anon_28 
FROM claim AS claim_47 
WHERE claim_47.id = hit_41.id), 'null') WHEN (hit_41.kind = 'DATASET') THEN coalesce((SELECT concat('{"id":"dataset:', dataset_48.key, '"}') AS anon_29 
FROM dataset AS dataset_48 
WHERE dataset_48.id = hit_41.id), 'null') WHEN (hit_41.kind = 'PLACE') THEN coalesce((SELECT concat('{"id":"place:', place_49.key, '"}') AS anon_30 
FROM place AS place_49 
WHERE place_49.id = hit_41.id), 'null') WHEN (hit_41.kind = 'TOPIC') THEN coalesce((SELECT concat('{"id":"topic:', topic_50.key, '"}') AS anon_31 
FROM topic AS topic_50 
WHERE topic_50.id = hit_41.id), 'null') WHEN (hit_41.kind = 'PROVISION') THEN coalesce((SELECT concat('{"id":"provision:', provision_51.key, '"}') AS anon_32 
FROM provision AS provision_51 
WHERE provision_51.id = hit_41.id), 'null') ELSE 'null' END, '}') AS item_1 
FROM (SELECT hit_52.id, hit_52.kind, hit_52.named, hit_52.date_desc, hit_52.key 
FROM (SELECT search_record_54.id AS id, (search_record_54.id IN (SELECT rowid FROM search_index WHERE search_index MATCH '{names} : (' || +? || ')')) AS named, search_record_54.date_desc AS date_desc, search_record_54.kind AS kind, search_record_54.key AS "key" 
FROM search_index AS search_index_53 CROSS JOIN search_record AS search_record_54 ON search_record_54.id = search_index_53.rowid 
WHERE search_index_53.search_index MATCH +? AND (+? = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(+?) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_54.id AND (instr(tokens, phrase.value) > 0 OR (unicode(phrase.value) = 10 AND EXISTS (SELECT 1 FROM json_each(phrase.value) AS spelling WHERE instr(tokens, spelling.value) > 0)))))) AND search_record_54.kind IN (SELECT value FROM json_each(+?))) AS hit_52 ORDER BY hit_52.named DESC, hit_52.date_desc DESC, hit_52.kind ASC, hit_52.key ASC LIMIT +?) AS hit_41 ORDER BY hit_41.named DESC, hit_41.date_desc DESC, hit_41.kind ASC, hit_41.key ASC) AS page_42), '}') AS answer
