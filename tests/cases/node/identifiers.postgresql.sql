SELECT convert_to((((('{"syria":' || (SELECT (('[' || coalesce(string_agg(list_29.item, ','), '')) || ']') AS anon_1 
FROM (SELECT CASE WHEN (identifier_1.record_kind IN ('MEETING', 'AGREEMENT', 'STATEMENT', 'APPEAL', 'ACTION')) THEN coalesce((SELECT (((('{"__typename":' || CASE WHEN (event_2.kind = 'MEETING') THEN '"Meeting"' WHEN (event_2.kind = 'AGREEMENT') THEN '"Agreement"' WHEN (event_2.kind = 'STATEMENT') THEN '"Statement"' WHEN (event_2.kind = 'APPEAL') THEN '"Appeal"' WHEN (event_2.kind = 'ACTION') THEN '"Action"' END) || ',"id":"') || (lower(event_2.kind) || ':')) || ((event_2.key || '","identifiers":') || ((SELECT (('[' || coalesce(string_agg(list_4.item, ','), '')) || ']') AS anon_3 
FROM (SELECT ((('{"scheme":' || CAST(to_json(identifier_3.scheme) AS text)) || ',"id":') || (CAST(to_json(identifier_3.value) AS text) || '}')) AS item 
FROM identifier AS identifier_3 
WHERE identifier_3.record_id = event_2.id ORDER BY identifier_3.scheme ASC, identifier_3.value ASC) AS list_4) || '}'))) AS anon_2 
FROM event AS event_2 
WHERE event_2.id = identifier_1.record_id), 'null') WHEN (identifier_1.record_kind = 'ARTICLE') THEN coalesce((SELECT ((('{"__typename":"Article","id":"article:' || article_5.key) || '","identifiers":') || ((SELECT (('[' || coalesce(string_agg(list_7.item, ','), '')) || ']') AS anon_5 
FROM (SELECT ((('{"scheme":' || CAST(to_json(identifier_6.scheme) AS text)) || ',"id":') || (CAST(to_json(identifier_6.value) AS text) || '}')) AS item 
FROM identifier AS identifier_6 
WHERE identifier_6.record_id = article_5.id ORDER BY identifier_6.scheme ASC, identifier_6.value ASC) AS list_7) || '}')) AS anon_4 
FROM article AS article_5 
WHERE article_5.id = identifier_1.record_id), 'null') WHEN (identifier_1.record_kind = 'ACTOR') THEN coalesce((SELECT ((('{"__typename":"Actor","id":"actor:' || actor_8.key) || '","identifiers":') || ((SELECT (('[' || coalesce(string_agg(list_10.item, ','), '')) || ']') AS anon_7 
FROM (SELECT ((('{"scheme":' || CAST(to_json(identifier_9.scheme) AS text)) || ',"id":') || (CAST(to_json(identifier_9.value) AS text) || '}')) AS item 
FROM identifier AS identifier_9 
WHERE identifier_9.record_id = actor_8.id ORDER BY identifier_9.scheme ASC, identifier_9.value ASC) AS list_10) || '}')) AS anon_6 
FROM actor AS actor_8 
WHERE actor_8.id = identifier_1.record_id), 'null') WHEN (identifier_1.record_kind = 'OFFICE') THEN coalesce((SELECT ((('{"__typename":"Office","id":"office:' || office_11.key) || '","identifiers":') || ((SELECT (('[' || coalesce(string_agg(list_13.item, ','), '')) || ']') AS anon_9 
FROM (SELECT ((('{"scheme":' || CAST(to_json(identifier_12.scheme) AS text)) || ',"id":') || (CAST(to_json(identifier_12.value) AS text) || '}')) AS item 
FROM identifier AS identifier_12 
WHERE identifier_12.record_id = office_11.id ORDER BY identifier_12.scheme ASC, identifier_12.value ASC) AS list_13) || '}')) AS anon_8 
FROM office AS office_11 
WHERE office_11.id = identifier_1.record_id), 'null') WHEN (identifier_1.record_kind = 'CLAIM') THEN coalesce((SELECT ((('{"__typename":"Claim","id":"claim:' || claim_14.key) || '","identifiers":') || ((SELECT (('[' || coalesce(string_agg(list_16.item, ','), '')) || ']') AS anon_11 
FROM (SELECT ((('{"scheme":' || CAST(to_json(identifier_15.scheme) AS text)) || ',"id":') || (CAST(to_json(identifier_15.value) AS text) || '}')) AS item 
FROM identifier AS identifier_15 
WHERE identifier_15.record_id = claim_14.id ORDER BY identifier_15.scheme ASC, identifier_15.value ASC) AS list_16) || '}')) AS anon_10 
FROM claim AS claim_14 
WHERE claim_14.id = identifier_1.record_id), 'null') WHEN (identifier_1.record_kind = 'DATASET') THEN coalesce((SELECT ((('{"__typename":"Dataset","id":"dataset:' || dataset_17.key) || '","identifiers":') || ((SELECT (('[' || coalesce(string_agg(list_19.item, ','), '')) || ']') AS anon_13 
FROM (SELECT ((('{"scheme":' || CAST(to_json(identifier_18.scheme) AS text)) || ',"id":') || (CAST(to_json(identifier_18.value) AS text) || '}')) AS item 
FROM identifier AS identifier_18 
WHERE identifier_18.record_id = dataset_17.id ORDER BY identifier_18.scheme ASC, identifier_18.value ASC) AS list_19) || '}')) AS anon_12 
FROM dataset AS dataset_17 
WHERE dataset_17.id = identifier_1.record_id), 'null') WHEN (identifier_1.record_kind = 'PLACE') THEN coalesce((SELECT ((('{"__typename":"Place","id":"place:' || place_20.key) || '","identifiers":') || ((SELECT (('[' || coalesce(string_agg(list_22.item, ','), '')) || ']') AS anon_15 
FROM (SELECT ((('{"scheme":' || CAST(to_json(identifier_21.scheme) AS text)) || ',"id":') || (CAST(to_json(identifier_21.value) AS text) || '}')) AS item 
FROM identifier AS identifier_21 
WHERE identifier_21.record_id = place_20.id ORDER BY identifier_21.scheme ASC, identifier_21.value ASC) AS list_22) || '}')) AS anon_14 
FROM place AS place_20 
WHERE place_20.id = identifier_1.record_id), 'null') WHEN (identifier_1.record_kind = 'TOPIC') THEN coalesce((SELECT ((('{"__typename":"Topic","id":"topic:' || topic_23.key) || '","identifiers":') || ((SELECT (('[' || coalesce(string_agg(list_25.item, ','), '')) || ']') AS anon_17 
FROM (SELECT ((('{"scheme":' || CAST(to_json(identifier_24.scheme) AS text)) || ',"id":') || (CAST(to_json(identifier_24.value) AS text) || '}')) AS item 
FROM identifier AS identifier_24 
WHERE identifier_24.record_id = topic_23.id ORDER BY identifier_24.scheme ASC, identifier_24.value ASC) AS list_25) || '}')) AS anon_16 
FROM topic AS topic_23 
WHERE topic_23.id = identifier_1.record_id), 'null') WHEN (identifier_1.record_kind = 'PROVISION') THEN coalesce((SELECT ((('{"__typename":"Provision","id":"provision:' || provision_26.key) || '","identifiers":') || ((SELECT (('[' || coalesce(string_agg(list_28.item, ','), '')) || ']') AS anon_19 
FROM (SELECT ((('{"scheme":' || CAST(to_json(identifier_27.scheme) AS text)) || ',"id":') || (CAST(to_json(identifier_27.value) AS text) || '}')) AS item 
FROM identifier AS identifier_27 
WHERE identifier_27.record_id = provision_26.id ORDER BY identifier_27.scheme ASC, identifier_27.value ASC) AS list_28) || '}')) AS anon_18 
FROM provision AS provision_26 
WHERE provision_26.id = identifier_1.record_id), 'null') ELSE 'null' END AS item 
FROM identifier AS identifier_1 
WHERE identifier_1.scheme = $1::VARCHAR AND identifier_1.value = $2::VARCHAR ORDER BY identifier_1.record_kind ASC, identifier_1.record_key ASC) AS list_29)) || (',"several":' || (SELECT (('[' || coalesce(string_agg(list_40.item, ','), '')) || ']') AS anon_20 
FROM (SELECT CASE WHEN (identifier_30.record_kind IN ('MEETING', 'AGREEMENT', 'STATEMENT', 'APPEAL', 'ACTION')) THEN coalesce((SELECT ((('{"id":"' || lower(event_31.kind)) || ':') || (event_31.key || '"}')) AS anon_21 
FROM event AS event_31 
WHERE event_31.id = identifier_30.record_id), 'null') WHEN (identifier_30.record_kind = 'ARTICLE') THEN coalesce((SELECT (('{"id":"article:' || article_32.key) || '"}') AS anon_22 
FROM article AS article_32 
WHERE article_32.id = identifier_30.record_id), 'null') WHEN (identifier_30.record_kind = 'ACTOR') THEN coalesce((SELECT (('{"id":"actor:' || actor_33.key) || '"}') AS anon_23 
FROM actor AS actor_33 
WHERE actor_33.id = identifier_30.record_id), 'null') WHEN (identifier_30.record_kind = 'OFFICE') THEN coalesce((SELECT (('{"id":"office:' || office_34.key) || '"}') AS anon_24 
FROM office AS office_34 
WHERE office_34.id = identifier_30.record_id), 'null') WHEN (identifier_30.record_kind = 'CLAIM') THEN coalesce((SELECT (('{"id":"claim:' || claim_35.key) || '"}') AS anon_25 
FROM claim AS claim_35 
WHERE claim_35.id = identifier_30.record_id), 'null') WHEN (identifier_30.record_kind = 'DATASET') THEN coalesce((SELECT (('{"id":"dataset:' || dataset_36.key) || '"}') AS anon_26 
FROM dataset AS dataset_36 
WHERE dataset_36.id = identifier_30.record_id), 'null') WHEN (identifier_30.record_kind = 'PLACE') THEN coalesce((SELECT ((('{"id":"place:' || place_37.key) || '","name":') || (coalesce(CAST(place_37.name -> $3::VARCHAR AS text), CAST(place_37.name -> (place_37.name ->> '*') AS text)) || '}')) AS anon_27 
FROM place AS place_37 
WHERE place_37.id = identifier_30.record_id), 'null') WHEN (identifier_30.record_kind = 'TOPIC') THEN coalesce((SELECT (('{"id":"topic:' || topic_38.key) || '"}') AS anon_28 
FROM topic AS topic_38 
WHERE topic_38.id = identifier_30.record_id), 'null') WHEN (identifier_30.record_kind = 'PROVISION') THEN coalesce((SELECT (('{"id":"provision:' || provision_39.key) || '"}') AS anon_29 
FROM provision AS provision_39 
WHERE provision_39.id = identifier_30.record_id), 'null') ELSE 'null' END AS item 
FROM identifier AS identifier_30 
WHERE identifier_30.scheme = $4::VARCHAR AND identifier_30.value = $5::VARCHAR ORDER BY identifier_30.record_kind ASC, identifier_30.record_key ASC) AS list_40))) || ((',"none":' || (SELECT (('[' || coalesce(string_agg(list_51.item, ','), '')) || ']') AS anon_30 
FROM (SELECT CASE WHEN (identifier_41.record_kind IN ('MEETING', 'AGREEMENT', 'STATEMENT', 'APPEAL', 'ACTION')) THEN coalesce((SELECT ((('{"id":"' || lower(event_42.kind)) || ':') || (event_42.key || '"}')) AS anon_31 
FROM event AS event_42 
WHERE event_42.id = identifier_41.record_id), 'null') WHEN (identifier_41.record_kind = 'ARTICLE') THEN coalesce((SELECT (('{"id":"article:' || article_43.key) || '"}') AS anon_32 
FROM article AS article_43 
WHERE article_43.id = identifier_41.record_id), 'null') WHEN (identifier_41.record_kind = 'ACTOR') THEN coalesce((SELECT (('{"id":"actor:' || actor_44.key) || '"}') AS anon_33 
FROM actor AS actor_44 
WHERE actor_44.id = identifier_41.record_id), 'null') WHEN (identifier_41.record_kind = 'OFFICE') THEN coalesce((SELECT (('{"id":"office:' || office_45.key) || '"}') AS anon_34 
FROM office AS office_45 
WHERE office_45.id = identifier_41.record_id), 'null') WHEN (identifier_41.record_kind = 'CLAIM') THEN coalesce((SELECT (('{"id":"claim:' || claim_46.key) || '"}') AS anon_35 
FROM claim AS claim_46 
WHERE claim_46.id = identifier_41.record_id), 'null') WHEN (identifier_41.record_kind = 'DATASET') THEN coalesce((SELECT (('{"id":"dataset:' || dataset_47.key) || '"}') AS anon_36 
FROM dataset AS dataset_47 
WHERE dataset_47.id = identifier_41.record_id), 'null') WHEN (identifier_41.record_kind = 'PLACE') THEN coalesce((SELECT (('{"id":"place:' || place_48.key) || '"}') AS anon_37 
FROM place AS place_48 
WHERE place_48.id = identifier_41.record_id), 'null') WHEN (identifier_41.record_kind = 'TOPIC') THEN coalesce((SELECT (('{"id":"topic:' || topic_49.key) || '"}') AS anon_38 
FROM topic AS topic_49 
WHERE topic_49.id = identifier_41.record_id), 'null') WHEN (identifier_41.record_kind = 'PROVISION') THEN coalesce((SELECT (('{"id":"provision:' || provision_50.key) || '"}') AS anon_39 
FROM provision AS provision_50 
WHERE provision_50.id = identifier_41.record_id), 'null') ELSE 'null' END AS item 
FROM identifier AS identifier_41 
WHERE identifier_41.scheme = $6::VARCHAR AND identifier_41.value = $7::VARCHAR ORDER BY identifier_41.record_kind ASC, identifier_41.record_key ASC) AS list_51)) || ',"actors":')) || ((((SELECT (('{"nodes":[' || coalesce(string_agg(page_53.item_1, ','), '')) || ']}') AS anon_40 
FROM (SELECT ((('{"id":"actor:' || actor_52.key) || '","identifiers":') || ((SELECT (('[' || coalesce(string_agg(list_55.item, ','), '')) || ']') AS anon_41 
FROM (SELECT ((('{"scheme":' || CAST(to_json(identifier_54.scheme) AS text)) || ',"id":') || (CAST(to_json(identifier_54.value) AS text) || '}')) AS item 
FROM identifier AS identifier_54 
WHERE identifier_54.record_id = actor_52.id ORDER BY identifier_54.scheme ASC, identifier_54.value ASC) AS list_55) || '}')) AS item_1 
FROM (SELECT * FROM (SELECT actor_56.key, actor_56.id, actor_56.name_sort 
FROM actor AS actor_56 
WHERE EXISTS (SELECT 1 
FROM identifier AS identifier_57 
WHERE identifier_57.scheme = $8::VARCHAR AND identifier_57.record_id = actor_56.id) ORDER BY actor_56.name_sort ASC, actor_56.key ASC LIMIT 500) AS walk LIMIT $9::INTEGER) AS actor_52 ORDER BY actor_52.name_sort ASC, actor_52.key ASC) AS page_53) || ',"events":') || (SELECT (('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_43 
FROM event AS event_60 
WHERE EXISTS (SELECT 1 
FROM identifier AS identifier_61 
WHERE identifier_61.scheme = $10::VARCHAR AND identifier_61.value_fold >= $11::VARCHAR AND identifier_61.value_fold < $11::VARCHAR || chr(1114111) AND identifier_61.record_id = event_60.id))) || '}') AS anon_42)) || ((',"withNone":' || (SELECT (('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_45 
FROM actor AS actor_64 
WHERE NOT (EXISTS (SELECT 1 
FROM identifier AS identifier_65 
WHERE true AND identifier_65.record_id = actor_64.id)))) || '}') AS anon_44)) || '}'))), 'UTF8') AS answer
