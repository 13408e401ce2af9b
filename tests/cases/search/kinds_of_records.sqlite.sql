SELECT concat('{"several":', (SELECT concat('{"nodes":[', group_concat(page_2.item_1, ','), ']}') AS anon_1 
FROM (SELECT concat('{"node":', CASE WHEN (hit_1.kind = 'MEETING') THEN coalesce((SELECT concat('{"__typename":"Meeting","id":"meeting:', event_3.key, '","format":"', meeting_4.format, '"}') AS anon_2 
FROM event AS event_3 LEFT OUTER JOIN meeting AS meeting_4 ON meeting_4.id = event_3.id 
WHERE event_3.id = hit_1.id), 'null') WHEN (hit_1.kind = 'CLAIM') THEN coalesce((SELECT concat('{"__typename":"Claim","id":"claim:', claim_5.key, '","property":', json_quote(claim_5.property), ',"subject":', CASE WHEN (record_6.kind IN ('MEETING', 'AGREEMENT', 'STATEMENT', 'APPEAL', 'ACTION')) THEN coalesce((SELECT concat('{', substr(concat(',"__typename":', CASE WHEN (event_7.kind = 'MEETING') THEN '"Meeting"' WHEN (event_7.kind = 'AGREEMENT') THEN '"Agreement"' WHEN (event_7.kind = 'STATEMENT') THEN '"Statement"' WHEN (event_7.kind = 'APPEAL') THEN '"Appeal"' WHEN (event_7.kind = 'ACTION') THEN '"Action"' END, ',"id":"', lower(event_7.kind), ':', event_7.key, '"', CASE WHEN (event_7.kind IN ('MEETING')) THEN concat(',"format":"', meeting_8.format, '"') ELSE '' END), ?), '}') AS anon_4 
FROM event AS event_7 LEFT OUTER JOIN meeting AS meeting_8 ON meeting_8.id = event_7.id 
WHERE event_7.id = claim_5.subject_id), 'null') WHEN (record_6.kind = 'PLACE') THEN coalesce((SELECT concat('{"__typename":"Place","id":"place:', place_9.key, '"}') AS anon_5 
FROM place AS place_9 
WHERE place_9.id = claim_5.subject_id), 'null') WHEN (record_6.kind = 'ACTOR') THEN coalesce((SELECT concat('{"__typename":"Actor","id":"actor:', actor_10.key, '"}') AS anon_6 
FROM actor AS actor_10 
WHERE actor_10.id = claim_5.subject_id), 'null') WHEN (record_6.kind = 'OFFICE') THEN coalesce((SELECT concat('{"__typename":"Office","id":"office:', office_11.key, '"}') AS anon_7 
FROM office AS office_11 
WHERE office_11.id = claim_5.subject_id), 'null') WHEN (record_6.kind = 'CLAIM') THEN coalesce((SELECT concat('{"__typename":"Claim","id":"claim:', claim_12.key, '"}') AS anon_8 
FROM claim AS claim_12 
WHERE claim_12.id = claim_5.subject_id), 'null') WHEN (record_6.kind = 'ARTICLE') THEN coalesce((SELECT concat('{"__typename":"Article","id":"article:', article_13.key, '"}') AS anon_9 
FROM article AS article_13 
WHERE article_13.id = claim_5.subject_id), 'null') WHEN (record_6.kind = 'TOPIC') THEN coalesce((SELECT concat('{"__typename":"Topic","id":"topic:', topic_14.key, '"}') AS anon_10 
FROM topic AS topic_14 
WHERE topic_14.id = claim_5.subject_id), 'null') WHEN (record_6.kind = 'PROVISION') THEN coalesce((SELECT concat('{"__typename":"Provision","id":"provision:', provision_15.key, '"}') AS anon_11 
FROM provision AS provision_15 
WHERE provision_15.id = claim_5.subject_id), 'null') ELSE 'null' END, '}') AS anon_3 
FROM claim AS claim_5 JOIN record AS record_6 ON record_6.id = claim_5.subject_id 
WHERE claim_5.id = hit_1.id), 'null') ELSE 'null' END, '}') AS item_1 
FROM (SELECT hit_16.id, hit_16.kind, hit_16.named, hit_16.date_desc, hit_16.key 
FROM (SELECT search_record_18.id AS id, (search_record_18.id IN (SELECT rowid FROM search_index WHERE search_index MATCH '{names} : (' || +? || ')')) AS named, search_record_18.date_desc AS date_desc, search_record_18.kind AS kind, search_record_18.key AS "key" 
FROM search_index AS search_index_17 CROSS JOIN search_record AS search_record_18 ON search_record_18.id = search_index_17.rowid 
WHERE search_index_17.search_index MATCH +? AND (+? = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(+?) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_18.id AND (instr(tokens, phrase.value) > 0 OR (unicode(phrase.value) = 10 AND EXISTS (SELECT 1 FROM json_each(phrase.value) AS spelling WHERE instr(tokens, spelling.value) > 0)))))) AND search_record_18.kind IN ('CLAIM', 'MEETING')) AS hit_16 ORDER BY hit_16.named DESC, hit_16.date_desc DESC, hit_16.kind ASC, hit_16.key ASC LIMIT +?) AS hit_1 ORDER BY hit_1.named DESC, hit_1.date_desc DESC, hit_1.kind ASC, hit_1.key ASC) AS page_2), ',"one":', (SELECT concat('{"nodes":[', group_concat(page_20.item_1, ','), ']}') AS anon_12 
FROM (SELECT concat('{"field":', coalesce('"' || search_field_21.field || '"', 'null'), ',"node":{"__typename":"Claim","id":"claim:', claim_25.key, '","property":', json_quote(claim_25.property), ',"subject":', CASE WHEN (record_26.kind IN ('MEETING', 'AGREEMENT', 'STATEMENT', 'APPEAL', 'ACTION')) THEN coalesce((SELECT concat('{', substr(concat(',"__typename":', CASE WHEN (event_27.kind = 'MEETING') THEN '"Meeting"' WHEN (event_27.kind = 'AGREEMENT') THEN '"Agreement"' WHEN (event_27.kind = 'STATEMENT') THEN '"Statement"' WHEN (event_27.kind = 'APPEAL') THEN '"Appeal"' WHEN (event_27.kind = 'ACTION') THEN '"Action"' END, ',"id":"', lower(event_27.kind), ':', event_27.key, '"', CASE WHEN (event_27.kind IN ('MEETING')) THEN concat(',"format":"', meeting_28.format, '"') ELSE '' END), ?), '}') AS anon_13 
FROM event AS event_27 LEFT OUTER JOIN meeting AS meeting_28 ON meeting_28.id = event_27.id 
WHERE event_27.id = claim_25.subject_id), 'null') WHEN (record_26.kind = 'PLACE') THEN coalesce((SELECT concat('{"__typename":"Place","id":"place:', place_29.key, '"}') AS anon_14 
FROM place AS place_29 
WHERE place_29.id = claim_25.subject_id), 'null') WHEN (record_26.kind = 'ACTOR') THEN coalesce((SELECT concat('{"__typename":"Actor","id":"actor:', actor_30.key, '"}') AS anon_15 
FROM actor AS actor_30 
WHERE actor_30.id = claim_25.subject_id), 'null') WHEN (record_26.kind = 'OFFICE') THEN coalesce((SELECT concat('{"__typename":"Office","id":"office:', office_31.key, '"}') AS anon_16 
FROM office AS office_31 
WHERE office_31.id = claim_25.subject_id), 'null') WHEN (record_26.kind = 'CLAIM') THEN coalesce((SELECT concat('{"__typename":"Claim","id":"claim:', claim_32.key, '"}') AS anon_17 
FROM claim AS claim_32 
WHERE claim_32.id = claim_25.subject_id), 'null') WHEN (record_26.kind = 'ARTICLE') THEN coalesce((SELECT concat('{"__typename":"Article","id":"article:', article_33.key, '"}') AS anon_18 
FROM article AS article_33 
WHERE article_33.id = claim_25.subject_id), 'null') WHEN (record_26.kind = 'TOPIC') THEN coalesce((SELECT concat('{"__typename":"Topic","id":"topic:', topic_34.key, '"}') AS anon_19 
FROM topic AS topic_34 
WHERE topic_34.id = claim_25.subject_id), 'null') WHEN (record_26.kind = 'PROVISION') THEN coalesce((SELECT concat('{"__typename":"Provision","id":"provision:', provision_35.key, '"}') AS anon_20 
FROM provision AS provision_35 
WHERE provision_35.id = claim_25.subject_id), 'null') ELSE 'null' END, '}}') AS item_1 
FROM (SELECT hit_36.id, hit_36.named, hit_36.date_desc, hit_36.kind, hit_36.key 
FROM (SELECT search_record_38.id AS id, (search_record_38.id IN (SELECT rowid FROM search_index WHERE search_index MATCH '{names} : (' || +? || ')')) AS named, search_record_38.date_desc AS date_desc, search_record_38.kind AS kind, search_record_38.key AS "key" 
FROM search_index AS search_index_37 CROSS JOIN search_record AS search_record_38 ON search_record_38.id = search_index_37.rowid 
WHERE search_index_37.search_index MATCH +? AND (+? = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(+?) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_38.id AND (instr(tokens, phrase.value) > 0 OR (unicode(phrase.value) = 10 AND EXISTS (SELECT 1 FROM json_each(phrase.value) AS spelling WHERE instr(tokens, spelling.value) > 0)))))) AND search_record_38.kind IN ('CLAIM')) AS hit_36 ORDER BY hit_36.named DESC, hit_36.date_desc DESC, hit_36.kind ASC, hit_36.key ASC LIMIT +?) AS hit_19 CROSS JOIN search_field AS search_field_21 ON search_field_21.record_id = hit_19.id AND search_field_21.ordinal = (SELECT search_field_22.ordinal 
FROM search_field AS search_field_22 
WHERE search_field_22.record_id = hit_19.id AND (EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_23 
WHERE instr(search_field_22.tokens, pattern_23.value) > 0)) ORDER BY EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_24 
WHERE instr(search_field_22.tokens, pattern_24.value) = 0), search_field_22.ordinal
 LIMIT 1 OFFSET 0) CROSS JOIN claim AS claim_25 ON claim_25.id = hit_19.id CROSS JOIN record AS record_26 ON record_26.id = claim_25.subject_id ORDER BY hit_19.named DESC, hit_19.date_desc DESC, hit_19.kind ASC, hit_19.key ASC) AS page_20), ',"none":', (SELECT concat('{"nodes":[', group_concat(page_40.item_1, ','), ']}') AS anon_21 
FROM (SELECT concat('{"node":', CASE WHEN (hit_39.kind IN ('MEETING', 'AGREEMENT', 'STATEMENT', 'APPEAL', 'ACTION')) THEN coalesce((SELECT concat('{"id":"', lower(event_41.kind), ':', event_41.key, '"}') AS anon_22 
FROM event AS event_41 
WHERE event_41.id = hit_39.id), 'null') WHEN (hit_39.kind = 'PLACE') THEN coalesce((SELECT concat('{"id":"place:', place_42.key, '"}') AS anon_23 
FROM place AS place_42 
WHERE place_42.id = hit_39.id), 'null') WHEN (hit_39.kind = 'ACTOR') THEN coalesce((SELECT concat('{"id":"actor:', actor_43.key, '"}') AS anon_24 
FROM actor AS actor_43 
WHERE actor_43.id = hit_39.id), 'null') WHEN (hit_39.kind = 'OFFICE') THEN coalesce((SELECT concat('{"id":"office:', office_44.key, '"}') AS anon_25 
FROM office AS office_44 
WHERE office_44.id = hit_39.id), 'null') WHEN (hit_39.kind = 'CLAIM') THEN coalesce((SELECT concat('{"id":"claim:', claim_45.key, '"}') AS anon_26 
FROM claim AS claim_45 
WHERE claim_45.id = hit_39.id), 'null') WHEN (hit_39.kind = 'ARTICLE') THEN coalesce((SELECT concat('{"id":"article:', article_46.key, '"}') AS anon_27 
FROM article AS article_46 
WHERE article_46.id = hit_39.id), 'null') WHEN (hit_39.kind = 'TOPIC') THEN coalesce((SELECT concat('{"id":"topic:', topic_47.key, '"}') AS anon_28 
FROM topic AS topic_47 
WHERE topic_47.id = hit_39.id), 'null') WHEN (hit_39.kind = 'PROVISION') THEN coalesce((SELECT concat('{"id":"provision:', provision_48.key, '"}') AS anon_29 
FROM provision AS provision_48 
WHERE provision_48.id = hit_39.id), 'null') ELSE 'null' END, '}') AS item_1 
FROM (SELECT hit_49.id, hit_49.kind, hit_49.named, hit_49.date_desc, hit_49.key 
FROM (SELECT search_record_51.id AS id, (search_record_51.id IN (SELECT rowid FROM search_index WHERE search_index MATCH '{names} : (' || +? || ')')) AS named, search_record_51.date_desc AS date_desc, search_record_51.kind AS kind, search_record_51.key AS "key" 
FROM search_index AS search_index_50 CROSS JOIN search_record AS search_record_51 ON search_record_51.id = search_index_50.rowid 
WHERE search_index_50.search_index MATCH +? AND (+? = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(+?) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_51.id AND (instr(tokens, phrase.value) > 0 OR (unicode(phrase.value) = 10 AND EXISTS (SELECT 1 FROM json_each(phrase.value) AS spelling WHERE instr(tokens, spelling.value) > 0)))))) AND search_record_51.kind IN (SELECT value FROM json_each(+?))) AS hit_49 ORDER BY hit_49.named DESC, hit_49.date_desc DESC, hit_49.kind ASC, hit_49.key ASC LIMIT +?) AS hit_39 ORDER BY hit_39.named DESC, hit_39.date_desc DESC, hit_39.kind ASC, hit_39.key ASC) AS page_40), '}') AS answer
