SELECT concat('{"article":', coalesce((SELECT concat('{"id":"article:', article_1.key, '","title":', json_quote(article_1.title), ',"language":"', article_1.language, '","direction":', (SELECT concat('"', language_2.direction, '"') AS anon_1 
FROM language AS language_2 
WHERE language_2.tag = article_1.language), ',"sha256":"', article_1.sha256, '","url":', json_quote(article_1.url), ',"body":', json_quote(article_1.body), ',"published":{"edtf":', coalesce('"' || article_1.published_edtf || '"', 'null'), ',"earliest":', coalesce('"' || article_1.published_earliest || '"', 'null'), ',"latest":', coalesce('"' || article_1.published_latest || '"', 'null'), ',"precision":"', article_1.published_precision, '","basis":', coalesce('"' || article_1.published_basis || '"', 'null'), '},"publisher":', CASE WHEN (article_1.publisher_id IS NULL) THEN 'null' ELSE concat('{"name":', (actor_3.name -> (actor_3.name ->> '*')), ',"kind":"', actor_3.kind, '"}') END, ',"events":', (SELECT concat('{"totalCount":', (SELECT count(*) AS anon_3 
FROM event AS event_6 JOIN report AS report_7 ON report_7.event_id = event_6.id 
WHERE report_7.article_id = article_1.id), ',"nodes":[', group_concat(page_5.item_1, ','), ']}') AS anon_2 
FROM (SELECT concat('{"id":"', lower(event_4.kind), ':', event_4.key, '","date":{"earliest":', coalesce('"' || event_4.date_earliest || '"', 'null'), ',"latest":', coalesce('"' || event_4.date_latest || '"', 'null'), '}}') AS item_1 
FROM (SELECT event_8.key, event_8.kind, event_8.date_earliest, event_8.date_latest, event_8.date_desc 
FROM event AS event_8 JOIN report AS report_9 ON report_9.event_id = event_8.id 
WHERE report_9.article_id = article_1.id ORDER BY event_8.date_desc DESC, event_8.kind DESC, event_8.key DESC LIMIT +?) AS event_4 ORDER BY event_4.date_desc DESC, event_4.kind DESC, event_4.key DESC) AS page_5), ',"claims":', (SELECT concat('{"nodes":[', group_concat(page_11.item_1, ','), '],"pageInfo":{"hasNextPage":', CASE WHEN EXISTS (SELECT 1 
FROM claim AS claim_12 
WHERE claim_12.article_id = article_1.id
 LIMIT 1 OFFSET +?) THEN 'true' ELSE 'false' END, '}}') AS anon_4 
FROM (SELECT concat('{"id":"claim:', claim_10.key, '","property":', json_quote(claim_10.property), ',"value":', json_quote(claim_10.value), '}') AS item_1 
FROM (SELECT claim_13.key, claim_13.property, claim_13.value, claim_13.article_key, claim_13.quote_start 
FROM claim AS claim_13 
WHERE claim_13.article_id = article_1.id ORDER BY claim_13.article_key ASC, claim_13.quote_start ASC, claim_13.key ASC LIMIT +?) AS claim_10 ORDER BY claim_10.article_key ASC, claim_10.quote_start ASC, claim_10.key ASC) AS page_11), '}') AS item 
FROM article AS article_1 LEFT OUTER JOIN actor AS actor_3 ON actor_3.id = article_1.publisher_id 
WHERE article_1.key = +?
 LIMIT 1 OFFSET 0), 'null'), ',"none":', coalesce((SELECT concat('{"id":"article:', article_14.key, '"}') AS item 
FROM article AS article_14 
WHERE article_14.url = +? ORDER BY article_14.key ASC
 LIMIT 1 OFFSET 0), 'null'), '}') AS answer
