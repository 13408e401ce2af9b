SELECT convert_to(((('{"nodes":' || (SELECT (('[' || coalesce(string_agg(list_56.item, ','), '')) || ']') AS anon_1 
FROM (SELECT CASE WHEN ((id_1.value ->> 0) IN ('MEETING', 'AGREEMENT', 'STATEMENT', 'APPEAL', 'ACTION')) THEN coalesce((SELECT ((('{"id":"' || lower(event_2.kind)) || (':' || event_2.key)) || (('","history":' || (SELECT (((('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_4 
FROM change AS change_5 
WHERE change_5.kind = event_2.kind AND change_5.key = event_2.key)) || ',"pageInfo":{"hasNextPage":') || (CASE WHEN EXISTS (SELECT 1 
FROM change AS change_6 
WHERE change_6.kind = event_2.kind AND change_6.key = event_2.key 
 LIMIT 1 OFFSET $1::INTEGER) THEN 'true' ELSE 'false' END || ',"startCursor":')) || ((coalesce('"' || split_part(string_agg(page_4.item_1, ','), ',', 1) || '"', 'null') || '},"nodes":[') || (coalesce(string_agg(page_4.item_2, ','), '') || ']}'))) AS anon_3 
FROM (SELECT ($2::VARCHAR || upper(encode(convert_to((CAST(change_3.revision_id AS text) || chr(31)), 'UTF8'), 'hex'))) AS item_1, (((('{"id":"change:' || CAST(change_3.revision_id AS text)) || ':') || (lower(change_3.kind) || ':')) || ((change_3.key || '","action":"') || (change_3.action || '"}'))) AS item_2 
FROM (SELECT * FROM (SELECT change_7.revision_id, change_7.key, change_7.kind, change_7.action 
FROM change AS change_7 
WHERE change_7.kind = event_2.kind AND change_7.key = event_2.key ORDER BY change_7.revision_id DESC LIMIT 500) AS walk LIMIT $1::INTEGER) AS change_3 ORDER BY change_3.revision_id DESC) AS page_4)) || '}')) AS anon_2 
FROM event AS event_2 
WHERE event_2.key = (id_1.value ->> 1) AND event_2.kind = (id_1.value ->> 0)), 'null') WHEN ((id_1.value ->> 0) = 'ARTICLE') THEN coalesce((SELECT ((('{"id":"article:' || article_8.key) || '","history":') || ((SELECT (((('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_7 
FROM change AS change_11 
WHERE change_11.kind = 'ARTICLE' AND change_11.key = article_8.key)) || ',"pageInfo":{"hasNextPage":') || (CASE WHEN EXISTS (SELECT 1 
FROM change AS change_12 
WHERE change_12.kind = 'ARTICLE' AND change_12.key = article_8.key 
 LIMIT 1 OFFSET $3::INTEGER) THEN 'true' ELSE 'false' END || ',"startCursor":')) || ((coalesce('"' || split_part(string_agg(page_10.item_1, ','), ',', 1) || '"', 'null') || '},"nodes":[') || (coalesce(string_agg(page_10.item_2, ','), '') || ']}'))) AS anon_6 
FROM (SELECT ($4::VARCHAR || upper(encode(convert_to((CAST(change_9.revision_id AS text) || chr(31)), 'UTF8'), 'hex'))) AS item_1, (((('{"id":"change:' || CAST(change_9.revision_id AS text)) || ':') || (lower(change_9.kind) || ':')) || ((change_9.key || '","action":"') || (change_9.action || '"}'))) AS item_2 
FROM (SELECT * FROM (SELECT change_13.revision_id, change_13.key, change_13.kind, change_13.action 
FROM change AS change_13 
WHERE change_13.kind = 'ARTICLE' AND change_13.key = article_8.key ORDER BY change_13.revision_id DESC LIMIT 500) AS walk LIMIT $3::INTEGER) AS change_9 ORDER BY change_9.revision_id DESC) AS page_10) || '}')) AS anon_5 
FROM article AS article_8 
WHERE article_8.key = (id_1.value ->> 1)), 'null') WHEN ((id_1.value ->> 0) = 'ACTOR') THEN coalesce((SELECT ((('{"id":"actor:' || actor_14.key) || '","history":') || ((SELECT (((('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_10 
FROM change AS change_17 
WHERE change_17.kind = 'ACTOR' AND change_17.key = actor_14.key)) || ',"pageInfo":{"hasNextPage":') || (CASE WHEN EXISTS (SELECT 1 
FROM change AS change_18 
WHERE change_18.kind = 'ACTOR' AND change_18.key = actor_14.key 
 LIMIT 1 OFFSET $5::INTEGER) THEN 'true' ELSE 'false' END || ',"startCursor":')) || ((coalesce('"' || split_part(string_agg(page_16.item_1, ','), ',', 1) || '"', 'null') || '},"nodes":[') || (coalesce(string_agg(page_16.item_2, ','), '') || ']}'))) AS anon_9 
FROM (SELECT ($6::VARCHAR || upper(encode(convert_to((CAST(change_15.revision_id AS text) || chr(31)), 'UTF8'), 'hex'))) AS item_1, (((('{"id":"change:' || CAST(change_15.revision_id AS text)) || ':') || (lower(change_15.kind) || ':')) || ((change_15.key || '","action":"') || (change_15.action || '"}'))) AS item_2 
FROM (SELECT * FROM (SELECT change_19.revision_id, change_19.key, change_19.kind, change_19.action 
FROM change AS change_19 
WHERE change_19.kind = 'ACTOR' AND change_19.key = actor_14.key ORDER BY change_19.revision_id DESC LIMIT 500) AS walk LIMIT $5::INTEGER) AS change_15 ORDER BY change_15.revision_id DESC) AS page_16) || '}')) AS anon_8 
FROM actor AS actor_14 
WHERE actor_14.key = coalesce((SELECT merged.into_key 
FROM merged 
WHERE merged.key = (id_1.value ->> 1)), (id_1.value ->> 1))), 'null') WHEN ((id_1.value ->> 0) = 'OFFICE') THEN coalesce((SELECT ((('{"id":"office:' || office_20.key) || '","history":') || ((SELECT (((('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_13 
FROM change AS change_23 
WHERE change_23.kind = 'OFFICE' AND change_23.key = office_20.key)) || ',"pageInfo":{"hasNextPage":') || (CASE WHEN EXISTS (SELECT 1 
FROM change AS change_24 
WHERE change_24.kind = 'OFFICE' AND change_24.key = office_20.key 
 LIMIT 1 OFFSET $7::INTEGER) THEN 'true' ELSE 'false' END || ',"startCursor":')) || ((coalesce('"' || split_part(string_agg(page_22.item_1, ','), ',', 1) || '"', 'null') || '},"nodes":[') || (coalesce(string_agg(page_22.item_2, ','), '') || ']}'))) AS anon_12 
FROM (SELECT ($8::VARCHAR || upper(encode(convert_to((CAST(change_21.revision_id AS text) || chr(31)), 'UTF8'), 'hex'))) AS item_1, (((('{"id":"change:' || CAST(change_21.revision_id AS text)) || ':') || (lower(change_21.kind) || ':')) || ((change_21.key || '","action":"') || (change_21.action || '"}'))) AS item_2 
FROM (SELECT * FROM (SELECT change_25.revision_id, change_25.key, change_25.kind, change_25.action 
FROM change AS change_25 
WHERE change_25.kind = 'OFFICE' AND change_25.key = office_20.key ORDER BY change_25.revision_id DESC LIMIT 500) AS walk LIMIT $7::INTEGER) AS change_21 ORDER BY change_21.revision_id DESC) AS page_22) || '}')) AS anon_11 
FROM office AS office_20 
WHERE office_20.key = (id_1.value ->> 1)), 'null') WHEN ((id_1.value ->> 0) = 'CLAIM') THEN coalesce((SELECT ((('{"id":"claim:' || claim_26.key) || '","history":') || ((SELECT (((('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_16 
FROM change AS change_29 
WHERE change_29.kind = 'CLAIM' AND change_29.key = claim_26.key)) || ',"pageInfo":{"hasNextPage":') || (CASE WHEN EXISTS (SELECT 1 
FROM change AS change_30 
WHERE change_30.kind = 'CLAIM' AND change_30.key = claim_26.key 
 LIMIT 1 OFFSET $9::INTEGER) THEN 'true' ELSE 'false' END || ',"startCursor":')) || ((coalesce('"' || split_part(string_agg(page_28.item_1, ','), ',', 1) || '"', 'null') || '},"nodes":[') || (coalesce(string_agg(page_28.item_2, ','), '') || ']}'))) AS anon_15 
FROM (SELECT ($10::VARCHAR || upper(encode(convert_to((CAST(change_27.revision_id AS text) || chr(31)), 'UTF8'), 'hex'))) AS item_1, (((('{"id":"change:' || CAST(change_27.revision_id AS text)) || ':') || (lower(change_27.kind) || ':')) || ((change_27.key || '","action":"') || (change_27.action || '"}'))) AS item_2 
FROM (SELECT * FROM (SELECT change_31.revision_id, change_31.key, change_31.kind, change_31.action 
FROM change AS change_31 
WHERE change_31.kind = 'CLAIM' AND change_31.key = claim_26.key ORDER BY change_31.revision_id DESC LIMIT 500) AS walk LIMIT $9::INTEGER) AS change_27 ORDER BY change_27.revision_id DESC) AS page_28) || '}')) AS anon_14 
FROM claim AS claim_26 
WHERE claim_26.key = (id_1.value ->> 1)), 'null') WHEN ((id_1.value ->> 0) = 'DATASET') THEN coalesce((SELECT ((('{"id":"dataset:' || dataset_32.key) || '","history":') || ((SELECT (((('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_19 
FROM change AS change_35 
WHERE change_35.kind = 'DATASET' AND change_35.key = dataset_32.key)) || ',"pageInfo":{"hasNextPage":') || (CASE WHEN EXISTS (SELECT 1 
FROM change AS change_36 
WHERE change_36.kind = 'DATASET' AND change_36.key = dataset_32.key 
 LIMIT 1 OFFSET $11::INTEGER) THEN 'true' ELSE 'false' END || ',"startCursor":')) || ((coalesce('"' || split_part(string_agg(page_34.item_1, ','), ',', 1) || '"', 'null') || '},"nodes":[') || (coalesce(string_agg(page_34.item_2, ','), '') || ']}'))) AS anon_18 
FROM (SELECT ($12::VARCHAR || upper(encode(convert_to((CAST(change_33.revision_id AS text) || chr(31)), 'UTF8'), 'hex'))) AS item_1, (((('{"id":"change:' || CAST(change_33.revision_id AS text)) || ':') || (lower(change_33.kind) || ':')) || ((change_33.key || '","action":"') || (change_33.action || '"}'))) AS item_2 
FROM (SELECT * FROM (SELECT change_37.revision_id, change_37.key, change_37.kind, change_37.action 
FROM change AS change_37 
WHERE change_37.kind = 'DATASET' AND change_37.key = dataset_32.key ORDER BY change_37.revision_id DESC LIMIT 500) AS walk LIMIT $11::INTEGER) AS change_33 ORDER BY change_33.revision_id DESC) AS page_34) || '}')) AS anon_17 
FROM dataset AS dataset_32 
WHERE dataset_32.key = (id_1.value ->> 1)), 'null') WHEN ((id_1.value ->> 0) = 'PLACE') THEN coalesce((SELECT ((('{"id":"place:' || place_38.key) || '","history":') || ((SELECT (((('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_22 
FROM change AS change_41 
WHERE change_41.kind = 'PLACE' AND change_41.key = place_38.key)) || ',"pageInfo":{"hasNextPage":') || (CASE WHEN EXISTS (SELECT 1 
FROM change AS change_42 
WHERE change_42.kind = 'PLACE' AND change_42.key = place_38.key 
 LIMIT 1 OFFSET $13::INTEGER) THEN 'true' ELSE 'false' END || ',"startCursor":')) || ((coalesce('"' || split_part(string_agg(page_40.item_1, ','), ',', 1) || '"', 'null') || '},"nodes":[') || (coalesce(string_agg(page_40.item_2, ','), '') || ']}'))) AS anon_21 
FROM (SELECT ($14::VARCHAR || upper(encode(convert_to((CAST(change_39.revision_id AS text) || chr(31)), 'UTF8'), 'hex'))) AS item_1, (((('{"id":"change:' || CAST(change_39.revision_id AS text)) || ':') || (lower(change_39.kind) || ':')) || ((change_39.key || '","action":"') || (change_39.action || '"}'))) AS item_2 
FROM (SELECT * FROM (SELECT change_43.revision_id, change_43.key, change_43.kind, change_43.action 
FROM change AS change_43 
WHERE change_43.kind = 'PLACE' AND change_43.key = place_38.key ORDER BY change_43.revision_id DESC LIMIT 500) AS walk LIMIT $13::INTEGER) AS change_39 ORDER BY change_39.revision_id DESC) AS page_40) || '}')) AS anon_20 
FROM place AS place_38 
WHERE place_38.key = (id_1.value ->> 1)), 'null') WHEN ((id_1.value ->> 0) = 'TOPIC') THEN coalesce((SELECT ((('{"id":"topic:' || topic_44.key) || '","history":') || ((SELECT (((('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_25 
FROM change AS change_47 
WHERE change_47.kind = 'TOPIC' AND change_47.key = topic_44.key)) || ',"pageInfo":{"hasNextPage":') || (CASE WHEN EXISTS (SELECT 1 
FROM change AS change_48 
WHERE change_48.kind = 'TOPIC' AND change_48.key = topic_44.key 
 LIMIT 1 OFFSET $15::INTEGER) THEN 'true' ELSE 'false' END || ',"startCursor":')) || ((coalesce('"' || split_part(string_agg(page_46.item_1, ','), ',', 1) || '"', 'null') || '},"nodes":[') || (coalesce(string_agg(page_46.item_2, ','), '') || ']}'))) AS anon_24 
FROM (SELECT ($16::VARCHAR || upper(encode(convert_to((CAST(change_45.revision_id AS text) || chr(31)), 'UTF8'), 'hex'))) AS item_1, (((('{"id":"change:' || CAST(change_45.revision_id AS text)) || ':') || (lower(change_45.kind) || ':')) || ((change_45.key || '","action":"') || (change_45.action || '"}'))) AS item_2 
FROM (SELECT * FROM (SELECT change_49.revision_id, change_49.key, change_49.kind, change_49.action 
FROM change AS change_49 
WHERE change_49.kind = 'TOPIC' AND change_49.key = topic_44.key ORDER BY change_49.revision_id DESC LIMIT 500) AS walk LIMIT $15::INTEGER) AS change_45 ORDER BY change_45.revision_id DESC) AS page_46) || '}')) AS anon_23 
FROM topic AS topic_44 
WHERE topic_44.key = (id_1.value ->> 1)), 'null') WHEN ((id_1.value ->> 0) = 'PROVISION') THEN coalesce((SELECT ((('{"id":"provision:' || provision_50.key) || '","history":') || ((SELECT (((('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_28 
FROM change AS change_53 
WHERE change_53.kind = 'PROVISION' AND change_53.key = provision_50.key)) || ',"pageInfo":{"hasNextPage":') || (CASE WHEN EXISTS (SELECT 1 
FROM change AS change_54 
WHERE change_54.kind = 'PROVISION' AND change_54.key = provision_50.key 
 LIMIT 1 OFFSET $17::INTEGER) THEN 'true' ELSE 'false' END || ',"startCursor":')) || ((coalesce('"' || split_part(string_agg(page_52.item_1, ','), ',', 1) || '"', 'null') || '},"nodes":[') || (coalesce(string_agg(page_52.item_2, ','), '') || ']}'))) AS anon_27 
FROM (SELECT ($18::VARCHAR || upper(encode(convert_to((CAST(change_51.revision_id AS text) || chr(31)), 'UTF8'), 'hex'))) AS item_1, (((('{"id":"change:' || CAST(change_51.revision_id AS text)) || ':') || (lower(change_51.kind) || ':')) || ((change_51.key || '","action":"') || (change_51.action || '"}'))) AS item_2 
FROM (SELECT * FROM (SELECT change_55.revision_id, change_55.key, change_55.kind, change_55.action 
FROM change AS change_55 
WHERE change_55.kind = 'PROVISION' AND change_55.key = provision_50.key ORDER BY change_55.revision_id DESC LIMIT 500) AS walk LIMIT $17::INTEGER) AS change_51 ORDER BY change_51.revision_id DESC) AS page_52) || '}')) AS anon_26 
FROM provision AS provision_50 
WHERE provision_50.key = (id_1.value ->> 1)), 'null') ELSE 'null' END AS item 
FROM json_each(CAST($19::VARCHAR AS json)) AS id_1 ORDER BY id_1.key) AS list_56)) || (',"events":' || (SELECT (('{"nodes":[' || coalesce(string_agg(page_58.item_1, ','), '')) || ']}') AS anon_29 
FROM (SELECT * FROM (SELECT ((('{"id":"' || lower(event_57.kind)) || (':' || event_57.key)) || (('","history":' || (SELECT (('{"edges":[' || coalesce(string_agg(page_60.item_1, ','), '')) || ']}') AS anon_30 
FROM (SELECT ((('{"cursor":"' || $20::VARCHAR) || (upper(encode(convert_to((CAST(change_59.revision_id AS text) || chr(31)), 'UTF8'), 'hex')) || '","node":{"record":"')) || ((lower(change_59.kind) || ':') || (change_59.key || '"}}'))) AS item_1 
FROM (SELECT * FROM (SELECT change_61.revision_id, change_61.key, change_61.kind 
FROM change AS change_61 
WHERE change_61.kind = event_57.kind AND change_61.key = event_57.key ORDER BY change_61.revision_id DESC LIMIT 500) AS walk LIMIT $21::INTEGER) AS change_59 ORDER BY change_59.revision_id DESC) AS page_60)) || '}')) AS item_1 
FROM event AS event_57 ORDER BY event_57.date_desc DESC, event_57.kind DESC, event_57.key DESC LIMIT 500) AS walk LIMIT $22::INTEGER) AS page_58))) || ((',"meetings":' || (SELECT (('{"nodes":[' || coalesce(string_agg(page_63.item_1, ','), '')) || ']}') AS anon_31 
FROM (SELECT * FROM (SELECT (('{"history":' || (SELECT (('{"nodes":[' || coalesce(string_agg(page_65.item_1, ','), '')) || ']}') AS anon_32 
FROM (SELECT ((('{"kind":"' || change_64.kind) || ('","revision":{"number":' || CAST(change_64.revision_id AS text))) || ((',"changes":' || (SELECT ((('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_34 
FROM change AS change_68 
WHERE change_68.revision_id = change_64.revision_id)) || (',"pageInfo":{"endCursor":' || CASE WHEN (max(page_67.item_1 COLLATE "C") IS NOT NULL) THEN (('"' || $23::VARCHAR) || (upper(encode(convert_to(max(page_67.item_1 COLLATE "C"), 'UTF8'), 'hex')) || '"')) ELSE 'null' END)) || (('},"nodes":[' || coalesce(string_agg(page_67.item_2, ','), '')) || ']}')) AS anon_33 
FROM (SELECT * FROM (SELECT ((change_66.kind || chr(31)) || (change_66.key || chr(31))) AS item_1, ((('{"id":"change:' || CAST(change_66.revision_id AS text)) || (':' || lower(change_66.kind))) || ((':' || change_66.key) || '"}')) AS item_2 
FROM change AS change_66 
WHERE change_66.revision_id = change_64.revision_id ORDER BY change_66.kind ASC, change_66.key ASC LIMIT 500) AS walk LIMIT $24::INTEGER) AS page_67)) || '}}')) AS item_1 
FROM (SELECT * FROM (SELECT change_69.kind, change_69.revision_id 
FROM change AS change_69 
WHERE change_69.kind = 'MEETING' AND change_69.key = event_62.key ORDER BY change_69.revision_id DESC LIMIT 500) AS walk LIMIT $25::INTEGER) AS change_64 ORDER BY change_64.revision_id DESC) AS page_65)) || '}') AS item_1 
FROM event AS event_62 
WHERE event_62.kind = 'MEETING' ORDER BY event_62.date_desc DESC, event_62.key DESC LIMIT 500) AS walk LIMIT $26::INTEGER) AS page_63)) || '}')), 'UTF8') AS answer
