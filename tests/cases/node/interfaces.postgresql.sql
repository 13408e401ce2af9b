SELECT convert_to(((('{"node":' || (SELECT CASE WHEN ((id_1.value ->> 0) IN ('MEETING', 'AGREEMENT', 'STATEMENT', 'APPEAL', 'ACTION')) THEN coalesce((SELECT (('{' || substr((((((',"__typename":' || CASE WHEN (event_2.kind = 'MEETING') THEN '"Meeting"' WHEN (event_2.kind = 'AGREEMENT') THEN '"Agreement"' WHEN (event_2.kind = 'STATEMENT') THEN '"Statement"' WHEN (event_2.kind = 'APPEAL') THEN '"Appeal"' WHEN (event_2.kind = 'ACTION') THEN '"Action"' END) || ',"id":"') || (lower(event_2.kind) || ':')) || (((event_2.key || '","title":') || CAST(event_2.title -> (event_2.title ->> '*') AS text)) || (',"titles":' || (SELECT (('[' || coalesce(string_agg(list_5.item, ','), '')) || ']') AS anon_2 
FROM (SELECT (((('{"language":' || coalesce('"' || text_3.key || '"', 'null')) || ',"text":') || (CAST(event_2.title -> text_3.key AS text) || ',"direction":')) || (((SELECT coalesce('"' || language_4.direction || '"', 'null') AS anon_3 
FROM language AS language_4 
WHERE language_4.tag = text_3.key) || ',"original":') || (CASE WHEN text_3.key COLLATE "C" = (event_2.title ->> '*') THEN 'true' ELSE 'false' END || '}'))) AS item 
FROM json_each(event_2.title) AS text_3 
WHERE text_3.key != '*' ORDER BY text_3.key COLLATE "C" != (event_2.title ->> '*'), text_3.key COLLATE "C") AS list_5)))) || ((((',"contested":' || CASE WHEN event_2.contested THEN 'true' ELSE 'false' END) || ',"place":') || (CASE WHEN (event_2.place_id IS NULL) THEN 'null' ELSE ((('{"name":' || CAST(place_6.name -> (place_6.name ->> '*') AS text)) || ',"partOf":') || (CASE WHEN (place_6.part_of_id IS NULL) THEN 'null' ELSE (('{"name":' || CAST(place_7.name -> (place_7.name ->> '*') AS text)) || '}') END || '}')) END || CASE WHEN (event_2.kind IN ('MEETING')) THEN ((',"format":"' || meeting_8.format) || '"') ELSE '' END)) || ((CASE WHEN (event_2.kind IN ('AGREEMENT')) THEN ((',"type":"' || agreement_9.type) || '"') ELSE '' END || CASE WHEN (event_2.kind IN ('AGREEMENT')) THEN ((',"status":"' || agreement_9.status) || '"') ELSE '' END) || (CASE WHEN (event_2.kind IN ('AGREEMENT')) THEN (',"aims":' || (SELECT (('[' || coalesce(string_agg(list_11.item, ','), '')) || ']') AS anon_4 
FROM (SELECT CAST(agreement_aim_10.text -> (agreement_aim_10.text ->> '*') AS text) AS item 
FROM agreement_aim AS agreement_aim_10 
WHERE agreement_aim_10.agreement_id = event_2.id ORDER BY agreement_aim_10.ordinal ASC) AS list_11)) ELSE '' END || CASE WHEN (event_2.kind IN ('AGREEMENT')) THEN (',"signatures":' || (SELECT (('[' || coalesce(string_agg(list_15.item, ','), '')) || ']') AS anon_5 
FROM (SELECT ((('{"signedOn":' || CASE WHEN (participation_12.role = 'SIGNATORY') THEN (('{"edtf":' || coalesce('"' || participation_12.signed_on_edtf || '"', 'null')) || '}') ELSE 'null' END) || (',"actor":{"id":"actor:' || actor_13.key)) || (('"},"onBehalfOf":' || CASE WHEN (participation_12.on_behalf_of_id IS NULL) THEN 'null' ELSE (('{"id":"actor:' || actor_14.key) || '"}') END) || '}')) AS item 
FROM participation AS participation_12 JOIN actor AS actor_13 ON actor_13.id = participation_12.actor_id LEFT OUTER JOIN actor AS actor_14 ON actor_14.id = participation_12.on_behalf_of_id 
WHERE participation_12.role = 'SIGNATORY' AND participation_12.event_id = event_2.id ORDER BY participation_12.ordinal ASC) AS list_15)) ELSE '' END)))), $1::INTEGER)) || '}') AS anon_1 
FROM event AS event_2 LEFT OUTER JOIN place AS place_6 ON place_6.id = event_2.place_id LEFT OUTER JOIN place AS place_7 ON place_7.id = place_6.part_of_id LEFT OUTER JOIN meeting AS meeting_8 ON meeting_8.id = event_2.id LEFT OUTER JOIN agreement AS agreement_9 ON agreement_9.id = event_2.id 
WHERE event_2.key = (id_1.value ->> 1) AND event_2.kind = (id_1.value ->> 0)), 'null') WHEN ((id_1.value ->> 0) = 'ARTICLE') THEN coalesce((SELECT (('{"__typename":"Article","id":"article:' || article_16.key) || '"}') AS anon_6 
FROM article AS article_16 
WHERE article_16.key = (id_1.value ->> 1)), 'null') WHEN ((id_1.value ->> 0) = 'ACTOR') THEN coalesce((SELECT (('{"__typename":"Actor","id":"actor:' || actor_17.key) || '"}') AS anon_7 
FROM actor AS actor_17 
WHERE actor_17.key = coalesce((SELECT merged.into_key 
FROM merged 
WHERE merged.key = (id_1.value ->> 1)), (id_1.value ->> 1))), 'null') WHEN ((id_1.value ->> 0) = 'OFFICE') THEN coalesce((SELECT (('{"__typename":"Office","id":"office:' || office_18.key) || '"}') AS anon_8 
FROM office AS office_18 
WHERE office_18.key = (id_1.value ->> 1)), 'null') WHEN ((id_1.value ->> 0) = 'CLAIM') THEN coalesce((SELECT (('{"__typename":"Claim","id":"claim:' || claim_19.key) || '"}') AS anon_9 
FROM claim AS claim_19 
WHERE claim_19.key = (id_1.value ->> 1)), 'null') WHEN ((id_1.value ->> 0) = 'DATASET') THEN coalesce((SELECT (('{"__typename":"Dataset","id":"dataset:' || dataset_20.key) || '"}') AS anon_10 
FROM dataset AS dataset_20 
WHERE dataset_20.key = (id_1.value ->> 1)), 'null') WHEN ((id_1.value ->> 0) = 'PLACE') THEN coalesce((SELECT (('{"__typename":"Place","id":"place:' || place_21.key) || '"}') AS anon_11 
FROM place AS place_21 
WHERE place_21.key = (id_1.value ->> 1)), 'null') WHEN ((id_1.value ->> 0) = 'TOPIC') THEN coalesce((SELECT (('{"__typename":"Topic","id":"topic:' || topic_22.key) || '"}') AS anon_12 
FROM topic AS topic_22 
WHERE topic_22.key = (id_1.value ->> 1)), 'null') WHEN ((id_1.value ->> 0) = 'PROVISION') THEN coalesce((SELECT (('{"__typename":"Provision","id":"provision:' || provision_23.key) || '"}') AS anon_13 
FROM provision AS provision_23 
WHERE provision_23.key = (id_1.value ->> 1)), 'null') ELSE 'null' END AS item 
FROM json_each(CAST($2::VARCHAR AS json)) AS id_1 ORDER BY id_1.key)) || (',"nodes":' || (SELECT (('[' || coalesce(string_agg(list_36.item, ','), '')) || ']') AS anon_14 
FROM (SELECT CASE WHEN ((id_24.value ->> 0) IN ('MEETING', 'AGREEMENT', 'STATEMENT', 'APPEAL', 'ACTION')) THEN coalesce((SELECT ((('{"id":"' || lower(event_25.kind)) || (':' || event_25.key)) || (('","__typename":' || CASE WHEN (event_25.kind = 'MEETING') THEN '"Meeting"' WHEN (event_25.kind = 'AGREEMENT') THEN '"Agreement"' WHEN (event_25.kind = 'STATEMENT') THEN '"Statement"' WHEN (event_25.kind = 'APPEAL') THEN '"Appeal"' WHEN (event_25.kind = 'ACTION') THEN '"Action"' END) || '}')) AS anon_15 
FROM event AS event_25 
WHERE event_25.key = (id_24.value ->> 1) AND event_25.kind = (id_24.value ->> 0)), 'null') WHEN ((id_24.value ->> 0) = 'ARTICLE') THEN coalesce((SELECT (('{"id":"article:' || article_26.key) || '","__typename":"Article"}') AS anon_16 
FROM article AS article_26 
WHERE article_26.key = (id_24.value ->> 1)), 'null') WHEN ((id_24.value ->> 0) = 'ACTOR') THEN coalesce((SELECT ((('{"id":"actor:' || actor_27.key) || ('","__typename":"Actor","name":' || CAST(actor_27.name -> (actor_27.name ->> '*') AS text))) || ((',"kind":"' || actor_27.kind) || '"}')) AS anon_17 
FROM actor AS actor_27 
WHERE actor_27.key = coalesce((SELECT merged.into_key 
FROM merged 
WHERE merged.key = (id_24.value ->> 1)), (id_24.value ->> 1))), 'null') WHEN ((id_24.value ->> 0) = 'OFFICE') THEN coalesce((SELECT (('{"id":"office:' || office_28.key) || '","__typename":"Office"}') AS anon_18 
FROM office AS office_28 
WHERE office_28.key = (id_24.value ->> 1)), 'null') WHEN ((id_24.value ->> 0) = 'CLAIM') THEN coalesce((SELECT (('{"id":"claim:' || claim_29.key) || '","__typename":"Claim"}') AS anon_19 
FROM claim AS claim_29 
WHERE claim_29.key = (id_24.value ->> 1)), 'null') WHEN ((id_24.value ->> 0) = 'DATASET') THEN coalesce((SELECT (('{"id":"dataset:' || dataset_30.key) || '","__typename":"Dataset"}') AS anon_20 
FROM dataset AS dataset_30 
WHERE dataset_30.key = (id_24.value ->> 1)), 'null') WHEN ((id_24.value ->> 0) = 'PLACE') THEN coalesce((SELECT (((('{"id":"place:' || place_31.key) || '","__typename":"Place","latitude":') || (coalesce(CAST(place_31.latitude AS text), 'null') || ',"country":')) || ((CASE WHEN (place_31.country_code IS NULL) THEN 'null' ELSE (('{"code":"' || place_31.country_code) || '"}') END || ',"partOf":') || (CASE WHEN (place_31.part_of_id IS NULL) THEN 'null' ELSE ((('{"latitude":' || coalesce(CAST(place_32.latitude AS text), 'null')) || ',"longitude":') || (coalesce(CAST(place_32.longitude AS text), 'null') || '}')) END || '}'))) AS anon_21 
FROM place AS place_31 LEFT OUTER JOIN place AS place_32 ON place_32.id = place_31.part_of_id 
WHERE place_31.key = (id_24.value ->> 1)), 'null') WHEN ((id_24.value ->> 0) = 'TOPIC') THEN coalesce((SELECT ((('{"id":"topic:' || topic_33.key) || ('","__typename":"Topic","code":"' || topic_33.code)) || (('","broader":' || CASE WHEN (topic_33.broader_id IS NULL) THEN 'null' ELSE (('{"code":"' || topic_34.code) || '"}') END) || '}')) AS anon_22 
FROM topic AS topic_33 LEFT OUTER JOIN topic AS topic_34 ON topic_34.id = topic_33.broader_id 
WHERE topic_33.key = (id_24.value ->> 1)), 'null') WHEN ((id_24.value ->> 0) = 'PROVISION') THEN coalesce((SELECT (('{"id":"provision:' || provision_35.key) || '","__typename":"Provision"}') AS anon_23 
FROM provision AS provision_35 
WHERE provision_35.key = (id_24.value ->> 1)), 'null') ELSE 'null' END AS item 
FROM json_each(CAST($3::VARCHAR AS json)) AS id_24 ORDER BY id_24.key) AS list_36))) || ((',"events":' || (SELECT (('{"nodes":[' || coalesce(string_agg(page_38.item_1, ','), '')) || ']}') AS anon_24 
FROM (SELECT * FROM (SELECT (('{' || substr(((((',"__typename":' || CASE WHEN (event_37.kind = 'MEETING') THEN '"Meeting"' WHEN (event_37.kind = 'AGREEMENT') THEN '"Agreement"' WHEN (event_37.kind = 'STATEMENT') THEN '"Statement"' WHEN (event_37.kind = 'APPEAL') THEN '"Appeal"' WHEN (event_37.kind = 'ACTION') THEN '"Action"' END) || ',"kind":"') || (event_37.kind || '","links":')) || ((((SELECT (('{"nodes":[' || coalesce(string_agg(page_40.item_1, ','), '')) || ']}') AS anon_25 
FROM (SELECT * FROM (SELECT ((('{"relation":"' || event_link_39.relation) || ('","inverse":' || CASE WHEN event_link_39.inverse THEN 'true' ELSE 'false' END)) || ((',"event":{' || substr((((',"id":"' || lower(event_41.kind)) || (':' || event_41.key)) || (('"' || CASE WHEN (event_41.kind IN ('STATEMENT')) THEN (',"channel":' || coalesce(CAST(to_json(statement_42.channel) AS text), 'null')) ELSE '' END) || CASE WHEN (event_41.kind IN ('STATEMENT')) THEN (',"text":' || CAST(statement_42.text -> (statement_42.text ->> '*') AS text)) ELSE '' END)), $4::INTEGER)) || '}}')) AS item_1 
FROM event_link AS event_link_39 JOIN event AS event_41 ON event_41.id = event_link_39.other_id LEFT OUTER JOIN statement AS statement_42 ON statement_42.id = event_link_39.other_id 
WHERE event_link_39.event_id = event_37.id ORDER BY event_link_39.relation ASC, event_link_39.other_kind ASC, event_link_39.other_key ASC, event_link_39.inverse ASC LIMIT 500) AS walk LIMIT $5::INTEGER) AS page_40) || CASE WHEN (event_37.kind IN ('MEETING')) THEN (',"title":' || CAST(event_37.title -> (event_37.title ->> '*') AS text)) ELSE '' END) || CASE WHEN (event_37.kind IN ('MEETING')) THEN ((',"format":"' || meeting_43.format) || '"') ELSE '' END) || (CASE WHEN (event_37.kind IN ('STATEMENT')) THEN (',"text":' || CAST(statement_44.text -> (statement_44.text ->> '*') AS text)) ELSE '' END || CASE WHEN (event_37.kind IN ('STATEMENT')) THEN (',"title":' || CAST(event_37.title -> (event_37.title ->> '*') AS text)) ELSE '' END))), $6::INTEGER)) || '}') AS item_1 
FROM event AS event_37 LEFT OUTER JOIN meeting AS meeting_43 ON meeting_43.id = event_37.id LEFT OUTER JOIN statement AS statement_44 ON statement_44.id = event_37.id ORDER BY event_37.date_desc DESC, event_37.kind DESC, event_37.key DESC LIMIT 500) AS walk LIMIT $7::INTEGER) AS page_38)) || '}')), 'UTF8') AS answer
