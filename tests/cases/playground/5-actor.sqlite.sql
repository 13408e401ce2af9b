SELECT concat('{"actor":', coalesce((SELECT concat('{"name":', coalesce((actor_1.name -> +?), (actor_1.name -> (actor_1.name ->> '*'))), ',"names":', (SELECT concat('[', group_concat(list_3.item, ','), ']') AS anon_1 
FROM (SELECT concat('{"text":', json_quote(actor_name_2.text), ',"language":"', actor_name_2.language, '","preferred":', CASE WHEN actor_name_2.preferred THEN 'true' ELSE 'false' END, ',"observed":', CASE WHEN actor_name_2.observed THEN 'true' ELSE 'false' END, ',"basis":"', actor_name_2.basis, '"}') AS item 
FROM actor_name AS actor_name_2 
WHERE actor_name_2.actor_id = actor_1.id ORDER BY actor_name_2.preferred DESC, actor_name_2.language ASC, actor_name_2.text ASC, actor_name_2.id ASC) AS list_3), ',"country":', CASE WHEN (actor_1.country_code IS NULL) THEN 'null' ELSE concat('{"code":"', actor_1.country_code, '","name":', coalesce((country_4.name -> +?), (country_4.name -> (country_4.name ->> '*'))), '}') END, ',"offices":', (SELECT concat('[', group_concat(list_7.item, ','), ']') AS anon_2 
FROM (SELECT concat('{"title":', coalesce((office_5.title -> +?), (office_5.title -> (office_5.title ->> '*'))), ',"organization":', CASE WHEN (office_5.organization_id IS NULL) THEN 'null' ELSE concat('{"name":', coalesce((actor_6.name -> +?), (actor_6.name -> (actor_6.name ->> '*'))), '}') END, ',"since":{"precision":"', office_5.since_precision, '"}}') AS item 
FROM office AS office_5 LEFT OUTER JOIN actor AS actor_6 ON actor_6.id = office_5.organization_id 
WHERE office_5.holder_id = actor_1.id ORDER BY office_5.since_asc ASC, office_5.key ASC) AS list_7), ',"participations":', (SELECT concat('{"nodes":[', group_concat(page_9.item_1, ','), ']}') AS anon_3 
FROM (SELECT concat('{"role":"', participation_8.role, '","event":{"id":"', lower(event_10.kind), ':', event_10.key, '","title":', coalesce((event_10.title -> +?), (event_10.title -> (event_10.title ->> '*'))), '}}') AS item_1 
FROM participation AS participation_8 CROSS JOIN event AS event_10 ON event_10.id = participation_8.event_id 
WHERE participation_8.actor_id = actor_1.id ORDER BY participation_8.event_kind ASC, participation_8.event_key ASC, participation_8.ordinal ASC LIMIT +?) AS page_9), ',"claims":', (SELECT concat('{"nodes":[', group_concat(page_12.item_1, ','), ']}') AS anon_4 
FROM (SELECT concat('{"property":', json_quote(claim_11.property), ',"value":', json_quote(claim_11.value), ',"basis":"', claim_11.basis, '","quote":{"text":', json_quote(claim_11.quote_text), '}}') AS item_1 
FROM claim AS claim_11 
WHERE claim_11.subject_id = actor_1.id ORDER BY claim_11.article_key ASC, claim_11.quote_start ASC, claim_11.key ASC LIMIT +?) AS page_12), '}') AS item 
FROM actor AS actor_1 LEFT OUTER JOIN country AS country_4 ON country_4.code = actor_1.country_code 
WHERE actor_1.key = coalesce((SELECT merged.into_key 
FROM merged 
WHERE merged."key" = +?), +?)
 LIMIT 1 OFFSET 0), 'null'), '}') AS answer
