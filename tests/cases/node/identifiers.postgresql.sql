SELECT convert_to((((('{"syria":' || (SELECT (('[' || coalesce(string_agg(list_26.item, ','), '')) || ']') AS anon_1 
FROM (SELECT CASE WHEN (identifier_1.record_kind IN ('MEETING', 'AGREEMENT', 'STATEMENT', 'APPEAL', 'ACTION')) THEN coalesce((SELECT (((('{"__typename":' || CASE WHEN (event_2.kind = 'MEETING') THEN '"Meeting"' WHEN (event_2.kind = 'AGREEMENT') THEN '"Agreement"' WHEN (event_2.kind = 'STATEMENT') THEN '"Statement"' WHEN (event_2.kind = 'APPEAL') THEN '"Appeal"' WHEN (event_2.kind = 'ACTION') THEN '"Action"' END) || ',"id":"') || (lower(event_2.kind) || ':')) || ((event_2.key || '","identifiers":') || ((SELECT (('[' || coalesce(string_agg(list_4.item, ','), '')) || ']') AS anon_3 
FROM (SELECT ((('{"scheme":' || CAST(to_json(identifier_3.scheme) AS text)) || ',"id":') || (CAST(to_json(identifier_3.value) AS text) || '}')) AS item 
FROM identifier AS identifier_3 
WHERE identifier_3.record_id = event_2.id ORDER BY identifier_3.scheme ASC, identifier_3.value ASC) AS list_4) || '}'))) AS anon_2 
FROM event AS event_2 
WHERE event_2.id = identifier_1.record_id), 'null') WHEN (identifier_1.record_kind = 'PLACE') THEN coalesce((SELECT ((('{"__typename":"Place","id":"place:' || place_5.key) || '","identifiers":') || ((SELECT (('[' || coalesce(string_agg(list_7.item, ','), '')) || ']') AS anon_5 
FROM (SELECT ((('{"scheme":' || CAST(to_json(identifier_6.scheme) AS text)) || ',"id":') || (CAST(to_json(identifier_6.value) AS text) || '}')) AS item 
FROM identifier AS identifier_6 
WHERE identifier_6.record_id = place_5.id ORDER BY identifier_6.scheme ASC, identifier_6.value ASC) AS list_7) || '}')) AS anon_4 
FROM place AS place_5 
WHERE place_5.id = identifier_1.record_id), 'null') WHEN (identifier_1.record_kind = 'ACTOR') THEN coalesce((SELECT ((('{"__typename":"Actor","id":"actor:' || actor_8.key) || '","identifiers":') || ((SELECT (('[' || coalesce(string_agg(list_10.item, ','), '')) || ']') AS anon_7 
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
WHERE claim_14.id = identifier_1.record_id), 'null') WHEN (identifier_1.record_kind = 'ARTICLE') THEN coalesce((SELECT ((('{"__typename":"Article","id":"article:' || article_17.key) || '","identifiers":') || ((SELECT (('[' || coalesce(string_agg(list_19.item, ','), '')) || ']') AS anon_13 
FROM (SELECT ((('{"scheme":' || CAST(to_json(identifier_18.scheme) AS text)) || ',"id":') || (CAST(to_json(identifier_18.value) AS text) || '}')) AS item 
FROM identifier AS identifier_18 
WHERE identifier_18.record_id = article_17.id ORDER BY identifier_18.scheme ASC, identifier_18.value ASC) AS list_19) || '}')) AS anon_12 
FROM article AS article_17 
WHERE article_17.id = identifier_1.record_id), 'null') WHEN (identifier_1.record_kind = 'TOPIC') THEN coalesce((SELECT ((('{"__typename":"Topic","id":"topic:' || topic_20.key) || '","identifiers":') || ((SELECT (('[' || coalesce(string_agg(list_22.item, ','), '')) || ']') AS anon_15 
FROM (SELECT ((('{"scheme":' || CAST(to_json(identifier_21.scheme) AS text)) || ',"id":') || (CAST(to_json(identifier_21.value) AS text) || '}')) AS item 
FROM identifier AS identifier_21 
WHERE identifier_21.record_id = topic_20.id ORDER BY identifier_21.scheme ASC, identifier_21.value ASC) AS list_22) || '}')) AS anon_14 
FROM topic AS topic_20 
WHERE topic_20.id = identifier_1.record_id), 'null') WHEN (identifier_1.record_kind = 'PROVISION') THEN coalesce((SELECT ((('{"__typename":"Provision","id":"provision:' || provision_23.key) || '","identifiers":') || ((SELECT (('[' || coalesce(string_agg(list_25.item, ','), '')) || ']') AS anon_17 
FROM (SELECT ((('{"scheme":' || CAST(to_json(identifier_24.scheme) AS text)) || ',"id":') || (CAST(to_json(identifier_24.value) AS text) || '}')) AS item 
FROM identifier AS identifier_24 
WHERE identifier_24.record_id = provision_23.id ORDER BY identifier_24.scheme ASC, identifier_24.value ASC) AS list_25) || '}')) AS anon_16 
FROM provision AS provision_23 
WHERE provision_23.id = identifier_1.record_id), 'null') ELSE 'null' END AS item 
FROM identifier AS identifier_1 
WHERE identifier_1.scheme = $1::VARCHAR AND identifier_1.value = $2::VARCHAR ORDER BY identifier_1.record_kind ASC) AS list_26)) || (',"several":' || (SELECT (('[' || coalesce(string_agg(list_36.item, ','), '')) || ']') AS anon_18 
FROM (SELECT CASE WHEN (identifier_27.record_kind IN ('MEETING', 'AGREEMENT', 'STATEMENT', 'APPEAL', 'ACTION')) THEN coalesce((SELECT ((('{"id":"' || lower(event_28.kind)) || ':') || (event_28.key || '"}')) AS anon_19 
FROM event AS event_28 
WHERE event_28.id = identifier_27.record_id), 'null') WHEN (identifier_27.record_kind = 'PLACE') THEN coalesce((SELECT ((('{"id":"place:' || place_29.key) || '","name":') || (coalesce(CAST(place_29.name -> $3::VARCHAR AS text), CAST(place_29.name -> (place_29.name ->> '*') AS text)) || '}')) AS anon_20 
FROM place AS place_29 
WHERE place_29.id = identifier_27.record_id), 'null') WHEN (identifier_27.record_kind = 'ACTOR') THEN coalesce((SELECT (('{"id":"actor:' || actor_30.key) || '"}') AS anon_21 
FROM actor AS actor_30 
WHERE actor_30.id = identifier_27.record_id), 'null') WHEN (identifier_27.record_kind = 'OFFICE') THEN coalesce((SELECT (('{"id":"office:' || office_31.key) || '"}') AS anon_22 
FROM office AS office_31 
WHERE office_31.id = identifier_27.record_id), 'null') WHEN (identifier_27.record_kind = 'CLAIM') THEN coalesce((SELECT (('{"id":"claim:' || claim_32.key) || '"}') AS anon_23 
FROM claim AS claim_32 
WHERE claim_32.id = identifier_27.record_id), 'null') WHEN (identifier_27.record_kind = 'ARTICLE') THEN coalesce((SELECT (('{"id":"article:' || article_33.key) || '"}') AS anon_24 
FROM article AS article_33 
WHERE article_33.id = identifier_27.record_id), 'null') WHEN (identifier_27.record_kind = 'TOPIC') THEN coalesce((SELECT (('{"id":"topic:' || topic_34.key) || '"}') AS anon_25 
FROM topic AS topic_34 
WHERE topic_34.id = identifier_27.record_id), 'null') WHEN (identifier_27.record_kind = 'PROVISION') THEN coalesce((SELECT (('{"id":"provision:' || provision_35.key) || '"}') AS anon_26 
FROM provision AS provision_35 
WHERE provision_35.id = identifier_27.record_id), 'null') ELSE 'null' END AS item 
FROM identifier AS identifier_27 
WHERE identifier_27.scheme = $4::VARCHAR AND identifier_27.value = $5::VARCHAR ORDER BY identifier_27.record_kind ASC) AS list_36))) || ((',"none":' || (SELECT (('[' || coalesce(string_agg(list_46.item, ','), '')) || ']') AS anon_27 
FROM (SELECT CASE WHEN (identifier_37.record_kind IN ('MEETING', 'AGREEMENT', 'STATEMENT', 'APPEAL', 'ACTION')) THEN coalesce((SELECT ((('{"id":"' || lower(event_38.kind)) || ':') || (event_38.key || '"}')) AS anon_28 
FROM event AS event_38 
WHERE event_38.id = identifier_37.record_id), 'null') WHEN (identifier_37.record_kind = 'PLACE') THEN coalesce((SELECT (('{"id":"place:' || place_39.key) || '"}') AS anon_29 
FROM place AS place_39 
WHERE place_39.id = identifier_37.record_id), 'null') WHEN (identifier_37.record_kind = 'ACTOR') THEN coalesce((SELECT (('{"id":"actor:' || actor_40.key) || '"}') AS anon_30 
FROM actor AS actor_40 
WHERE actor_40.id = identifier_37.record_id), 'null') WHEN (identifier_37.record_kind = 'OFFICE') THEN coalesce((SELECT (('{"id":"office:' || office_41.key) || '"}') AS anon_31 
FROM office AS office_41 
WHERE office_41.id = identifier_37.record_id), 'null') WHEN (identifier_37.record_kind = 'CLAIM') THEN coalesce((SELECT (('{"id":"claim:' || claim_42.key) || '"}') AS anon_32 
FROM claim AS claim_42 
WHERE claim_42.id = identifier_37.record_id), 'null') WHEN (identifier_37.record_kind = 'ARTICLE') THEN coalesce((SELECT (('{"id":"article:' || article_43.key) || '"}') AS anon_33 
FROM article AS article_43 
WHERE article_43.id = identifier_37.record_id), 'null') WHEN (identifier_37.record_kind = 'TOPIC') THEN coalesce((SELECT (('{"id":"topic:' || topic_44.key) || '"}') AS anon_34 
FROM topic AS topic_44 
WHERE topic_44.id = identifier_37.record_id), 'null') WHEN (identifier_37.record_kind = 'PROVISION') THEN coalesce((SELECT (('{"id":"provision:' || provision_45.key) || '"}') AS anon_35 
FROM provision AS provision_45 
WHERE provision_45.id = identifier_37.record_id), 'null') ELSE 'null' END AS item 
FROM identifier AS identifier_37 
WHERE identifier_37.scheme = $6::VARCHAR AND identifier_37.value = $7::VARCHAR ORDER BY identifier_37.record_kind ASC) AS list_46)) || ',"actors":')) || ((((SELECT (('{"nodes":[' || coalesce(string_agg(page_48.item_1, ','), '')) || ']}') AS anon_36 
FROM (SELECT ((('{"id":"actor:' || actor_47.key) || '","identifiers":') || ((SELECT (('[' || coalesce(string_agg(list_50.item, ','), '')) || ']') AS anon_37 
FROM (SELECT ((('{"scheme":' || CAST(to_json(identifier_49.scheme) AS text)) || ',"id":') || (CAST(to_json(identifier_49.value) AS text) || '}')) AS item 
FROM identifier AS identifier_49 
WHERE identifier_49.record_id = actor_47.id ORDER BY identifier_49.scheme ASC, identifier_49.value ASC) AS list_50) || '}')) AS item_1 
FROM (SELECT * FROM (SELECT actor_51.key, actor_51.id, actor_51.name_sort 
FROM actor AS actor_51 
WHERE EXISTS (SELECT 1 
FROM identifier AS identifier_52 
WHERE identifier_52.scheme = $8::VARCHAR AND identifier_52.record_id = actor_51.id) ORDER BY actor_51.name_sort ASC, actor_51.key ASC LIMIT 500) AS walk LIMIT $9::INTEGER) AS actor_47 ORDER BY actor_47.name_sort ASC, actor_47.key ASC) AS page_48) || ',"events":') || (SELECT (('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_39 
FROM event AS event_55 
WHERE EXISTS (SELECT 1 
FROM identifier AS identifier_56 
WHERE identifier_56.scheme = $10::VARCHAR AND identifier_56.value_fold >= $11::VARCHAR AND identifier_56.value_fold < $11::VARCHAR || chr(1114111) AND identifier_56.record_id = event_55.id))) || '}') AS anon_38)) || ((',"withNone":' || (SELECT (('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_41 
FROM actor AS actor_59 
WHERE NOT (EXISTS (SELECT 1 
FROM identifier AS identifier_60 
WHERE true AND identifier_60.record_id = actor_59.id)))) || '}') AS anon_40)) || '}'))), 'UTF8') AS answer
