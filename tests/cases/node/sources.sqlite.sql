SELECT concat('{"meetings":', (SELECT concat('{"nodes":[', group_concat(page_2.item_1, ','), ']}') AS anon_1 
FROM (SELECT concat('{"id":"meeting:', event_1.key, '","source":', CASE WHEN (dossier_4.source_kind = 'ARTICLE') THEN coalesce((SELECT concat('{"__typename":"Article","title":', json_quote(article_5.title), ',"id":"article:', article_5.key, '"}') AS anon_2 
FROM article AS article_5 
WHERE article_5.key = dossier_4.source_key), 'null') WHEN (dossier_4.source_kind = 'DATASET') THEN coalesce((SELECT concat('{"__typename":"Dataset","id":"dataset:', dataset_6.key, '"}') AS anon_3 
FROM dataset AS dataset_6 
WHERE dataset_6.key = dossier_4.source_key), 'null') ELSE 'null' END, ',"sourceRow":', json_quote(record_3.source_row), '}') AS item_1 
FROM event AS event_1 LEFT OUTER JOIN record AS record_3 ON record_3.id = event_1.id LEFT OUTER JOIN dossier AS dossier_4 ON dossier_4.id = record_3.dossier_id 
WHERE event_1.kind = 'MEETING' ORDER BY event_1.date_desc DESC, event_1.key DESC LIMIT +?) AS page_2), ',"articles":', (SELECT concat('{"nodes":[', group_concat(page_8.item_1, ','), ']}') AS anon_4 
FROM (SELECT concat('{"id":"article:', article_7.key, '","source":', CASE WHEN (dossier_10.source_kind = 'ARTICLE') THEN coalesce((SELECT concat('{"id":"article:', article_11.key, '"}') AS anon_5 
FROM article AS article_11 
WHERE article_11.key = dossier_10.source_key), 'null') WHEN (dossier_10.source_kind = 'DATASET') THEN coalesce((SELECT concat('{"id":"dataset:', dataset_12.key, '"}') AS anon_6 
FROM dataset AS dataset_12 
WHERE dataset_12.key = dossier_10.source_key), 'null') ELSE 'null' END, '}') AS item_1 
FROM article AS article_7 LEFT OUTER JOIN record AS record_9 ON record_9.id = article_7.id LEFT OUTER JOIN dossier AS dossier_10 ON dossier_10.id = record_9.dossier_id ORDER BY article_7.published_desc DESC, article_7.key DESC LIMIT +?) AS page_8), ',"actors":', (SELECT concat('{"nodes":[', group_concat(page_14.item_1, ','), ']}') AS anon_7 
FROM (SELECT concat('{"id":"actor:', actor_13.key, '","source":', CASE WHEN (dossier_16.source_kind = 'ARTICLE') THEN coalesce((SELECT '{"__typename":"Article"}' AS anon_8 
FROM article AS article_17 
WHERE article_17.key = dossier_16.source_key), 'null') WHEN (dossier_16.source_kind = 'DATASET') THEN coalesce((SELECT '{"__typename":"Dataset"}' AS anon_9 
FROM dataset AS dataset_18 
WHERE dataset_18.key = dossier_16.source_key), 'null') ELSE 'null' END, ',"sourceRow":', json_quote(record_15.source_row), '}') AS item_1 
FROM actor AS actor_13 LEFT OUTER JOIN record AS record_15 ON record_15.id = actor_13.id LEFT OUTER JOIN dossier AS dossier_16 ON dossier_16.id = record_15.dossier_id ORDER BY actor_13.name_sort ASC, actor_13.key ASC LIMIT +?) AS page_14), ',"provisions":', (SELECT concat('[', group_concat(list_65.item, ','), ']') AS anon_10 
FROM (SELECT CASE WHEN ((id_19.value ->> 0) IN ('MEETING', 'AGREEMENT', 'STATEMENT', 'APPEAL', 'ACTION')) THEN coalesce((SELECT concat('{"id":"', lower(event_20.kind), ':', event_20.key, '","source":', CASE WHEN (dossier_22.source_kind = 'ARTICLE') THEN coalesce((SELECT concat('{"id":"article:', article_23.key, '"}') AS anon_12 
FROM article AS article_23 
WHERE article_23.key = dossier_22.source_key), 'null') WHEN (dossier_22.source_kind = 'DATASET') THEN coalesce((SELECT concat('{"id":"dataset:', dataset_24.key, '"}') AS anon_13 
FROM dataset AS dataset_24 
WHERE dataset_24.key = dossier_22.source_key), 'null') ELSE 'null' END, '}') AS anon_11 
FROM event AS event_20 LEFT OUTER JOIN record AS record_21 ON record_21.id = event_20.id LEFT OUTER JOIN dossier AS dossier_22 ON dossier_22.id = record_21.dossier_id 
WHERE event_20.key = (id_19.value ->> 1) AND event_20.kind = (id_19.value ->> 0)), 'null') WHEN ((id_19.value ->> 0) = 'ARTICLE') THEN coalesce((SELECT concat('{"id":"article:', article_25.key, '","source":', CASE WHEN (dossier_27.source_kind = 'ARTICLE') THEN coalesce((SELECT concat('{"id":"article:', article_28.key, '"}') AS anon_15 
FROM article AS article_28 
WHERE article_28.key = dossier_27.source_key), 'null') WHEN (dossier_27.source_kind = 'DATASET') THEN coalesce((SELECT concat('{"id":"dataset:', dataset_29.key, '"}') AS anon_16 
FROM dataset AS dataset_29 
WHERE dataset_29.key = dossier_27.source_key), 'null') ELSE 'null' END, '}') AS anon_14 
FROM article AS article_25 LEFT OUTER JOIN record AS record_26 ON record_26.id = article_25.id LEFT OUTER JOIN dossier AS dossier_27 ON dossier_27.id = record_26.dossier_id 
WHERE article_25.key = (id_19.value ->> 1)), 'null') WHEN ((id_19.value ->> 0) = 'ACTOR') THEN coalesce((SELECT concat('{"id":"actor:', actor_30.key, '","source":', CASE WHEN (dossier_32.source_kind = 'ARTICLE') THEN coalesce((SELECT concat('{"id":"article:', article_33.key, '"}') AS anon_18 
FROM article AS article_33 
WHERE article_33.key = dossier_32.source_key), 'null') WHEN (dossier_32.source_kind = 'DATASET') THEN coalesce((SELECT concat('{"id":"dataset:', dataset_34.key, '"}') AS anon_19 
FROM dataset AS dataset_34 
WHERE dataset_34.key = dossier_32.source_key), 'null') ELSE 'null' END, '}') AS anon_17 
FROM actor AS actor_30 LEFT OUTER JOIN record AS record_31 ON record_31.id = actor_30.id LEFT OUTER JOIN dossier AS dossier_32 ON dossier_32.id = record_31.dossier_id 
WHERE actor_30.key = coalesce((SELECT merged.into_key 
FROM merged 
WHERE merged."key" = (id_19.value ->> 1)), (id_19.value ->> 1))), 'null') WHEN ((id_19.value ->> 0) = 'OFFICE') THEN coalesce((SELECT concat('{"id":"office:', office_35.key, '","source":', CASE WHEN (dossier_37.source_kind = 'ARTICLE') THEN coalesce((SELECT concat('{"id":"article:', article_38.key, '"}') AS anon_21 
FROM article AS article_38 
WHERE article_38.key = dossier_37.source_key), 'null') WHEN (dossier_37.source_kind = 'DATASET') THEN coalesce((SELECT concat('{"id":"dataset:', dataset_39.key, '"}') AS anon_22 
FROM dataset AS dataset_39 
WHERE dataset_39.key = dossier_37.source_key), 'null') ELSE 'null' END, '}') AS anon_20 
FROM office AS office_35 LEFT OUTER JOIN record AS record_36 ON record_36.id = office_35.id LEFT OUTER JOIN dossier AS dossier_37 ON dossier_37.id = record_36.dossier_id 
WHERE office_35.key = (id_19.value ->> 1)), 'null') WHEN ((id_19.value ->> 0) = 'CLAIM') THEN coalesce((SELECT concat('{"id":"claim:', claim_40.key, '","source":', CASE WHEN (dossier_42.source_kind = 'ARTICLE') THEN coalesce((SELECT concat('{"id":"article:', article_43.key, '"}') AS anon_24 
FROM article AS article_43 
WHERE article_43.key = dossier_42.source_key), 'null') WHEN (dossier_42.source_kind = 'DATASET') THEN coalesce((SELECT concat('{"id":"dataset:', dataset_44.key, '"}') AS anon_25 
FROM dataset AS dataset_44 
WHERE dataset_44.key = dossier_42.source_key), 'null') ELSE 'null' END, '}') AS anon_23 
FROM claim AS claim_40 LEFT OUTER JOIN record AS record_41 ON record_41.id = claim_40.id LEFT OUTER JOIN dossier AS dossier_42 ON dossier_42.id = record_41.dossier_id 
WHERE claim_40.key = (id_19.value ->> 1)), 'null') WHEN ((id_19.value ->> 0) = 'DATASET') THEN coalesce((SELECT concat('{"id":"dataset:', dataset_45.key, '","source":', CASE WHEN (dossier_47.source_kind = 'ARTICLE') THEN coalesce((SELECT concat('{"id":"article:', article_48.key, '"}') AS anon_27 
FROM article AS article_48 
WHERE article_48.key = dossier_47.source_key), 'null') WHEN (dossier_47.source_kind = 'DATASET') THEN coalesce((SELECT concat('{"id":"dataset:', dataset_49.key, '"}') AS anon_28 
FROM dataset AS dataset_49 
WHERE dataset_49.key = dossier_47.source_key), 'null') ELSE 'null' END, '}') AS anon_26 
FROM dataset AS dataset_45 LEFT OUTER JOIN record AS record_46 ON record_46.id = dataset_45.id LEFT OUTER JOIN dossier AS dossier_47 ON dossier_47.id = record_46.dossier_id 
WHERE dataset_45.key = (id_19.value ->> 1)), 'null') WHEN ((id_19.value ->> 0) = 'PLACE') THEN coalesce((SELECT concat('{"id":"place:', place_50.key, '","source":', CASE WHEN (dossier_52.source_kind = 'ARTICLE') THEN coalesce((SELECT concat('{"id":"article:', article_53.key, '"}') AS anon_30 
FROM article AS article_53 
WHERE article_53.key = dossier_52.source_key), 'null') WHEN (dossier_52.source_kind = 'DATASET') THEN coalesce((SELECT concat('{"id":"dataset:', dataset_54.key, '"}') AS anon_31 
FROM dataset AS dataset_54 
WHERE dataset_54.key = dossier_52.source_key), 'null') ELSE 'null' END, '}') AS anon_29 
FROM place AS place_50 LEFT OUTER JOIN record AS record_51 ON record_51.id = place_50.id LEFT OUTER JOIN dossier AS dossier_52 ON dossier_52.id = record_51.dossier_id 
WHERE place_50.key = (id_19.value ->> 1)), 'null') WHEN ((id_19.value ->> 0) = 'TOPIC') THEN coalesce((SELECT concat('{"id":"topic:', topic_55.key, '","source":', CASE WHEN (dossier_57.source_kind = 'ARTICLE') THEN coalesce((SELECT concat('{"id":"article:', article_58.key, '"}') AS anon_33 
FROM article AS article_58 
WHERE article_58.key = dossier_57.source_key), 'null') WHEN (dossier_57.source_kind = 'DATASET') THEN coalesce((SELECT concat('{"id":"dataset:', dataset_59.key, '"}') AS anon_34 
FROM dataset AS dataset_59 
WHERE dataset_59.key = dossier_57.source_key), 'null') ELSE 'null' END, '}') AS anon_32 
FROM topic AS topic_55 LEFT OUTER JOIN record AS record_56 ON record_56.id = topic_55.id LEFT OUTER JOIN dossier AS dossier_57 ON dossier_57.id = record_56.dossier_id 
WHERE topic_55.key = (id_19.value ->> 1)), 'null') WHEN ((id_19.value ->> 0) = 'PROVISION') THEN coalesce((SELECT concat('{"id":"provision:', provision_60.key, '","source":', CASE WHEN (dossier_62.source_kind = 'ARTICLE') THEN coalesce((SELECT concat('{"id":"article:', article_63.key, '"}') AS anon_36 
FROM article AS article_63 
WHERE article_63.key = dossier_62.source_key), 'null') WHEN (dossier_62.source_kind = 'DATASET') THEN coalesce((SELECT concat('{"id":"dataset:', dataset_64.key, '"}') AS anon_37 
FROM dataset AS dataset_64 
WHERE dataset_64.key = dossier_62.source_key), 'null') ELSE 'null' END, '}') AS anon_35 
FROM provision AS provision_60 LEFT OUTER JOIN record AS record_61 ON record_61.id = provision_60.id LEFT OUTER JOIN dossier AS dossier_62 ON dossier_62.id = record_61.dossier_id 
WHERE provision_60.key = (id_19.value ->> 1)), 'null') ELSE 'null' END AS item 
FROM json_each(+?) AS id_19 ORDER BY id_19.key) AS list_65), ',"defined":', (SELECT concat('{"totalCount":', (SELECT count(*) AS anon_39 
FROM actor AS actor_68 
WHERE actor_68.id IN (SELECT record.id FROM json_each(+?) AS wanted JOIN dossier ON dossier.source_kind = wanted.value ->> 0 AND dossier.source_key = wanted.value ->> 1 JOIN record ON record.dossier_id = dossier.id)), ',"nodes":[', group_concat(page_67.item_1, ','), ']}') AS anon_38 
FROM (SELECT concat('{"key":"', actor_66.key, '"}') AS item_1 
FROM (SELECT actor_69.key, actor_69.name_sort 
FROM actor AS actor_69 
WHERE actor_69.id IN (SELECT record.id FROM json_each(+?) AS wanted JOIN dossier ON dossier.source_kind = wanted.value ->> 0 AND dossier.source_key = wanted.value ->> 1 JOIN record ON record.dossier_id = dossier.id) ORDER BY actor_69.name_sort ASC, actor_69.key ASC LIMIT +?) AS actor_66 ORDER BY actor_66.name_sort ASC, actor_66.key ASC) AS page_67), ',"others":', (SELECT concat('{"totalCount":', (SELECT count(*) AS anon_41 
FROM event AS event_72 
WHERE NOT event_72.id IN (SELECT record.id FROM json_each(+?) AS wanted JOIN dossier ON dossier.source_kind = wanted.value ->> 0 AND dossier.source_key = wanted.value ->> 1 JOIN record ON record.dossier_id = dossier.id)), '}') AS anon_40), '}') AS answer
