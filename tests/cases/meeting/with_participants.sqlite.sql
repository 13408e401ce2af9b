SELECT concat('{"meetings":', (SELECT concat('{"nodes":[', group_concat(page_2.item_1, ','), ']}') AS anon_1 
FROM (SELECT concat('{"id":"meeting:', event_1.key, '","title":', coalesce((event_1.title -> ?), (event_1.title -> (event_1.title ->> '*'))), ',"date":{"edtf":', coalesce('"' || event_1.date_edtf || '"', 'null'), ',"text":', json_quote(event_1.date_text), ',"precision":"', event_1.date_precision, '"},"participants":', (SELECT concat('{"totalCount":', (SELECT count(*) AS anon_3 
FROM participation AS participation_5 
WHERE participation_5.event_id = event_1.id), ',"nodes":[', group_concat(page_4.item_1, ','), ']}') AS anon_2 
FROM (SELECT concat('{"role":"', participation_3.role, '","actor":{"name":', coalesce((actor_6.name -> ?), (actor_6.name -> (actor_6.name ->> '*'))), ',"country":', CASE WHEN (actor_6.country_code IS NULL) THEN 'null' ELSE concat('{"name":', coalesce((country_7.name -> ?), (country_7.name -> (country_7.name ->> '*'))), '}') END, '},"office":', CASE WHEN (participation_3.office_id IS NULL) THEN 'null' ELSE concat('{"title":', (office_8.title -> (office_8.title ->> '*')), '}') END, '}') AS item_1 
FROM (SELECT participation_9.role, participation_9.actor_id, participation_9.office_id, participation_9.ordinal 
FROM participation AS participation_9 
WHERE participation_9.event_id = event_1.id ORDER BY participation_9.ordinal ASC LIMIT ?) AS participation_3 JOIN actor AS actor_6 ON actor_6.id = participation_3.actor_id LEFT OUTER JOIN country AS country_7 ON country_7.code = actor_6.country_code LEFT OUTER JOIN office AS office_8 ON office_8.id = participation_3.office_id ORDER BY participation_3.ordinal ASC) AS page_4), ',"claims":', (SELECT concat('{"nodes":[', group_concat(page_11.item_1, ','), ']}') AS anon_4 
FROM (SELECT concat('{"property":', json_quote(claim_10.property), ',"value":', json_quote(claim_10.value), ',"basis":"', claim_10.basis, '","stance":"', claim_10.stance, '","quote":{"text":', json_quote(claim_10.quote_text), ',"start":', claim_10.quote_start, ',"end":', claim_10.quote_end, ',"prefix":', json_quote(claim_10.quote_prefix), ',"suffix":', json_quote(claim_10.quote_suffix), '},"attribution":', (SELECT concat('[', group_concat(list_14.item, ','), ']') AS anon_5 
FROM (SELECT concat('{"actor":{"name":', (actor_13.name -> (actor_13.name ->> '*')), '},"via":', json_quote(attribution_12.via), '}') AS item 
FROM attribution AS attribution_12 JOIN actor AS actor_13 ON actor_13.id = attribution_12.actor_id 
WHERE attribution_12.claim_id = claim_10.id ORDER BY attribution_12.ordinal ASC) AS list_14), '}') AS item_1 
FROM (SELECT claim_15.property, claim_15.value, claim_15.basis, claim_15.stance, claim_15.quote_text, claim_15.quote_start, claim_15.quote_end, claim_15.quote_prefix, claim_15.quote_suffix, claim_15.id, claim_15.article_key, claim_15.key 
FROM claim AS claim_15 
WHERE claim_15.subject_id = event_1.id ORDER BY claim_15.article_key ASC, claim_15.quote_start ASC, claim_15.key ASC LIMIT ?) AS claim_10 ORDER BY claim_10.article_key ASC, claim_10.quote_start ASC, claim_10.key ASC) AS page_11), '}') AS item_1 
FROM (SELECT event_16.key, event_16.title, event_16.date_edtf, event_16.date_text, event_16.date_precision, event_16.id, event_16.date_desc 
FROM event AS event_16 
WHERE event_16.kind = 'MEETING' ORDER BY event_16.date_desc DESC, event_16.key DESC LIMIT ?) AS event_1 ORDER BY event_1.date_desc DESC, event_1.key DESC) AS page_2), '}') AS answer
