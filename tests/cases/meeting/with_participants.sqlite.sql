SELECT concat('{"meetings":', (SELECT concat('{"nodes":[', group_concat(page_2.item_1, ','), ']}') AS anon_1 
FROM (SELECT concat('{"id":"meeting:', event_1.key, '","title":', coalesce((event_1.title -> +?), (event_1.title -> (event_1.title ->> '*'))), ',"date":{"edtf":', coalesce('"' || event_1.date_edtf || '"', 'null'), ',"text":', json_quote(event_1.date_text), ',"precision":"', event_1.date_precision, '"},"participants":', (SELECT concat('{"totalCount":', (SELECT count(*) AS anon_3 
FROM participation AS participation_5 
WHERE participation_5.event_id = event_1.id), ',"nodes":[', group_concat(page_4.item_1, ','), ']}') AS anon_2 
FROM (SELECT concat('{"role":"', participation_3.role, '","actor":{"name":', coalesce((actor_6.name -> +?), (actor_6.name -> (actor_6.name ->> '*'))), ',"country":', CASE WHEN (actor_6.country_code IS NULL) THEN 'null' ELSE concat('{"name":', coalesce((country_7.name -> +?), (country_7.name -> (country_7.name ->> '*'))), '}') END, '},"office":', CASE WHEN (participation_3.office_id IS NULL) THEN 'null' ELSE concat('{"title":', (office_8.title -> (office_8.title ->> '*')), '}') END, '}') AS item_1 
FROM participation AS participation_3 CROSS JOIN actor AS actor_6 ON actor_6.id = participation_3.actor_id LEFT OUTER JOIN country AS country_7 ON country_7.code = actor_6.country_code LEFT OUTER JOIN office AS office_8 ON office_8.id = participation_3.office_id 
WHERE participation_3.event_id = event_1.id ORDER BY participation_3.ordinal ASC LIMIT +?) AS page_4), ',"claims":', (SELECT concat('{"nodes":[', group_concat(page_10.item_1, ','), ']}') AS anon_4 
FROM (SELECT concat('{"property":', json_quote(claim_9.property), ',"value":', json_quote(claim_9.value), ',"basis":"', claim_9.basis, '","stance":"', claim_9.stance, '","quote":{"text":', json_quote(claim_9.quote_text), ',"start":', claim_9.quote_start, ',"end":', claim_9.quote_end, ',"prefix":', json_quote(claim_9.quote_prefix), ',"suffix":', json_quote(claim_9.quote_suffix), '},"attribution":', (SELECT concat('[', group_concat(list_13.item, ','), ']') AS anon_5 
FROM (SELECT concat('{"actor":{"name":', (actor_12.name -> (actor_12.name ->> '*')), '},"via":', json_quote(attribution_11.via), '}') AS item 
FROM attribution AS attribution_11 JOIN actor AS actor_12 ON actor_12.id = attribution_11.actor_id 
WHERE attribution_11.claim_id = claim_9.id ORDER BY attribution_11.ordinal ASC) AS list_13), '}') AS item_1 
FROM claim AS claim_9 
WHERE claim_9.subject_id = event_1.id ORDER BY claim_9.article_key ASC, claim_9.quote_start ASC, claim_9.key ASC LIMIT +?) AS page_10), '}') AS item_1 
FROM event AS event_1 
WHERE event_1.kind = 'MEETING' ORDER BY event_1.date_desc DESC, event_1.key DESC LIMIT +?) AS page_2), '}') AS answer
