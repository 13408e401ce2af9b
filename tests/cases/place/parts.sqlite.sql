SELECT concat('{"node":', (SELECT CASE WHEN ((id_1.value ->> 0) IN ('MEETING', 'AGREEMENT', 'STATEMENT', 'APPEAL', 'ACTION')) THEN coalesce((SELECT '{}' AS anon_1 
FROM event AS event_2 
WHERE event_2.key = (id_1.value ->> 1) AND event_2.kind = (id_1.value ->> 0)), 'null') WHEN ((id_1.value ->> 0) = 'ARTICLE') THEN coalesce((SELECT '{}' AS anon_2 
FROM article AS article_3 
WHERE article_3.key = (id_1.value ->> 1)), 'null') WHEN ((id_1.value ->> 0) = 'ACTOR') THEN coalesce((SELECT '{}' AS anon_3 
FROM actor AS actor_4 
WHERE actor_4.key = coalesce((SELECT merged.into_key 
FROM merged 
WHERE merged."key" = (id_1.value ->> 1)), (id_1.value ->> 1))), 'null') WHEN ((id_1.value ->> 0) = 'OFFICE') THEN coalesce((SELECT '{}' AS anon_4 
FROM office AS office_5 
WHERE office_5.key = (id_1.value ->> 1)), 'null') WHEN ((id_1.value ->> 0) = 'CLAIM') THEN coalesce((SELECT '{}' AS anon_5 
FROM claim AS claim_6 
WHERE claim_6.key = (id_1.value ->> 1)), 'null') WHEN ((id_1.value ->> 0) = 'DATASET') THEN coalesce((SELECT '{}' AS anon_6 
FROM dataset AS dataset_7 
WHERE dataset_7.key = (id_1.value ->> 1)), 'null') WHEN ((id_1.value ->> 0) = 'PLACE') THEN coalesce((SELECT concat('{"parts":', (SELECT concat('{"totalCount":', (SELECT count(*) AS anon_9 
FROM place AS place_11 
WHERE place_11.part_of_id = place_8.id), ',"nodes":[', group_concat(page_10.item_1, ','), ']}') AS anon_8 
FROM (SELECT concat('{"id":"place:', place_9.key, '","parts":', (SELECT concat('{"totalCount":', (SELECT count(*) AS anon_11 
FROM place AS place_14 
WHERE place_14.part_of_id = place_9.id), '}') AS anon_10), '}') AS item_1 
FROM (SELECT place_15.key, place_15.id, place_15.name_sort 
FROM place AS place_15 
WHERE place_15.part_of_id = place_8.id ORDER BY place_15.name_sort ASC, place_15.key ASC LIMIT +?) AS place_9 ORDER BY place_9.name_sort ASC, place_9.key ASC) AS page_10), ',"named":', (SELECT concat('{"pageInfo":{"hasNextPage":', CASE WHEN EXISTS (SELECT 1 
FROM place AS place_18 
WHERE place_18.part_of_id = place_8.id AND (EXISTS (SELECT 1 
FROM place AS place_19 JOIN place_within AS place_within_20 ON place_within_20.outer_id = place_19.id 
WHERE place_19.id IN (SELECT place_name_21.place_id 
FROM place_name AS place_name_21 
WHERE (instr(place_name_21.text_fold, +?) > 0 OR (unicode(+?) = 10 AND EXISTS (SELECT 1 FROM json_each(+?) AS spelling WHERE instr(place_name_21.text_fold, spelling.value) > 0)))) AND place_within_20.inner_id = place_18.id))
 LIMIT 1 OFFSET +?) THEN 'true' ELSE 'false' END, '},"nodes":[', group_concat(page_17.item_1, ','), ']}') AS anon_12 
FROM (SELECT concat('{"name":', coalesce((place_16.name -> +?), (place_16.name -> (place_16.name ->> '*'))), ',"partOf":', CASE WHEN (place_16.part_of_id IS NULL) THEN 'null' ELSE concat('{"id":"place:', place_22.key, '"}') END, '}') AS item_1 
FROM (SELECT place_23.name, place_23.part_of_id, place_23.name_sort, place_23.key 
FROM place AS place_23 
WHERE place_23.part_of_id = place_8.id AND (EXISTS (SELECT 1 
FROM place AS place_24 JOIN place_within AS place_within_25 ON place_within_25.outer_id = place_24.id 
WHERE place_24.id IN (SELECT place_name_26.place_id 
FROM place_name AS place_name_26 
WHERE (instr(place_name_26.text_fold, +?) > 0 OR (unicode(+?) = 10 AND EXISTS (SELECT 1 FROM json_each(+?) AS spelling WHERE instr(place_name_26.text_fold, spelling.value) > 0)))) AND place_within_25.inner_id = place_23.id)) ORDER BY place_23.name_sort ASC, place_23.key ASC LIMIT +?) AS place_16 LEFT OUTER JOIN place AS place_22 ON place_22.id = place_16.part_of_id ORDER BY place_16.name_sort ASC, place_16.key ASC) AS page_17), '}') AS anon_7 
FROM place AS place_8 
WHERE place_8.key = (id_1.value ->> 1)), 'null') WHEN ((id_1.value ->> 0) = 'TOPIC') THEN coalesce((SELECT '{}' AS anon_13 
FROM topic AS topic_27 
WHERE topic_27.key = (id_1.value ->> 1)), 'null') WHEN ((id_1.value ->> 0) = 'PROVISION') THEN coalesce((SELECT '{}' AS anon_14 
FROM provision AS provision_28 
WHERE provision_28.key = (id_1.value ->> 1)), 'null') ELSE 'null' END AS item 
FROM json_each(+?) AS id_1 ORDER BY id_1.key), '}') AS answer
