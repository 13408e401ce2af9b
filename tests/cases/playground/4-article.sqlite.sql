SELECT concat('{"article":', coalesce((SELECT concat('{"title":', json_quote(article_1.title), ',"language":"', article_1.language, '","direction":', (SELECT concat('"', language_2.direction, '"') AS anon_1 
FROM language AS language_2 
WHERE language_2.tag = article_1.language), ',"publisher":', CASE WHEN (article_1.publisher_id IS NULL) THEN 'null' ELSE concat('{"name":', coalesce((actor_3.name -> +?), (actor_3.name -> (actor_3.name ->> '*'))), '}') END, ',"published":{"edtf":', coalesce('"' || article_1.published_edtf || '"', 'null'), ',"precision":"', article_1.published_precision, '"},"events":', (SELECT concat('{"nodes":[', group_concat(page_5.item_1, ','), ']}') AS anon_2 
FROM (SELECT concat('{"id":"', lower(event_4.kind), ':', event_4.key, '","kind":"', event_4.kind, '","title":', coalesce((event_4.title -> +?), (event_4.title -> (event_4.title ->> '*'))), '}') AS item_1 
FROM (SELECT event_6.key, event_6.kind, event_6.title, event_6.date_desc 
FROM event AS event_6 JOIN report AS report_7 ON report_7.event_id = event_6.id 
WHERE report_7.article_id = article_1.id ORDER BY event_6.date_desc DESC, event_6.kind DESC, event_6.key DESC LIMIT +?) AS event_4 ORDER BY event_4.date_desc DESC, event_4.kind DESC, event_4.key DESC) AS page_5), ',"claims":', (SELECT concat('{"totalCount":', (SELECT count(*) AS anon_4 
FROM claim AS claim_10 
WHERE claim_10.article_id = article_1.id), ',"nodes":[', group_concat(page_9.item_1, ','), '],"pageInfo":{"hasNextPage":', CASE WHEN EXISTS (SELECT 1 
FROM claim AS claim_21 
WHERE claim_21.article_id = article_1.id
 LIMIT 1 OFFSET +?) THEN 'true' ELSE 'false' END, ',"endCursor":', coalesce('"' || replace(group_concat(page_9.item_2, ','), rtrim(group_concat(page_9.item_2, ','), replace(group_concat(page_9.item_2, ','), ',', '')), '') || '"', 'null'), '}}') AS anon_3 
FROM (SELECT concat('{"subject":', CASE WHEN (record_11.kind IN ('MEETING', 'AGREEMENT', 'STATEMENT', 'APPEAL', 'ACTION')) THEN coalesce((SELECT concat('{"id":"', lower(event_12.kind), ':', event_12.key, '"}') AS anon_5 
FROM event AS event_12 
WHERE event_12.id = claim_8.subject_id), 'null') WHEN (record_11.kind = 'ARTICLE') THEN coalesce((SELECT concat('{"id":"article:', article_13.key, '"}') AS anon_6 
FROM article AS article_13 
WHERE article_13.id = claim_8.subject_id), 'null') WHEN (record_11.kind = 'ACTOR') THEN coalesce((SELECT concat('{"id":"actor:', actor_14.key, '"}') AS anon_7 
FROM actor AS actor_14 
WHERE actor_14.id = claim_8.subject_id), 'null') WHEN (record_11.kind = 'OFFICE') THEN coalesce((SELECT concat('{"id":"office:', office_15.key, '"}') AS anon_8 
FROM office AS office_15 
WHERE office_15.id = claim_8.subject_id), 'null') WHEN (record_11.kind = 'CLAIM') THEN coalesce((SELECT concat('{"id":"claim:', claim_16.key, '"}') AS anon_9 
FROM claim AS claim_16 
WHERE claim_16.id = claim_8.subject_id), 'null') WHEN (record_11.kind = 'DATASET') THEN coalesce((SELECT concat('{"id":"dataset:', dataset_17.key, '"}') AS anon_10 
FROM dataset AS dataset_17 
WHERE dataset_17.id = claim_8.subject_id), 'null') WHEN (record_11.kind = 'PLACE') THEN coalesce((SELECT concat('{"id":"place:', place_18.key, '"}') AS anon_11 
FROM place AS place_18 
WHERE place_18.id = claim_8.subject_id), 'null') WHEN (record_11.kind = 'TOPIC') THEN coalesce((SELECT concat('{"id":"topic:', topic_19.key, '"}') AS anon_12 
FROM topic AS topic_19 
WHERE topic_19.id = claim_8.subject_id), 'null') WHEN (record_11.kind = 'PROVISION') THEN coalesce((SELECT concat('{"id":"provision:', provision_20.key, '"}') AS anon_13 
FROM provision AS provision_20 
WHERE provision_20.id = claim_8.subject_id), 'null') ELSE 'null' END, ',"property":', json_quote(claim_8.property), ',"value":', json_quote(claim_8.value), ',"basis":"', claim_8.basis, '","quote":{"text":', json_quote(claim_8.quote_text), ',"start":', claim_8.quote_start, ',"end":', claim_8.quote_end, ',"prefix":', json_quote(claim_8.quote_prefix), ',"suffix":', json_quote(claim_8.quote_suffix), '}}') AS item_1, concat(+?, hex(concat(claim_8.article_key, char(31), claim_8.quote_start, char(31), claim_8.key, char(31)))) AS item_2 
FROM (SELECT claim_22.subject_id, claim_22.property, claim_22.value, claim_22.basis, claim_22.quote_text, claim_22.quote_start, claim_22.quote_end, claim_22.quote_prefix, claim_22.quote_suffix, claim_22.article_key, claim_22.key 
FROM claim AS claim_22 
WHERE claim_22.article_id = article_1.id ORDER BY claim_22.article_key ASC, claim_22.quote_start ASC, claim_22.key ASC LIMIT +?) AS claim_8 CROSS JOIN record AS record_11 ON record_11.id = claim_8.subject_id ORDER BY claim_8.article_key ASC, claim_8.quote_start ASC, claim_8.key ASC) AS page_9), ',"body":', json_quote(article_1.body), '}') AS item 
FROM article AS article_1 LEFT OUTER JOIN actor AS actor_3 ON actor_3.id = article_1.publisher_id 
WHERE article_1.key = +?
 LIMIT 1 OFFSET 0), 'null'), '}') AS answer
