SELECT concat('{"actions":', (SELECT concat('{"totalCount":', (SELECT count(*) AS anon_2 
FROM event AS event_3 LEFT OUTER JOIN action AS action_4 ON action_4.id = event_3.id 
WHERE event_3.kind = 'ACTION' AND action_4.type IN (SELECT value FROM json_each(+?))), ',"nodes":[', group_concat(page_2.item_1, ','), ']}') AS anon_1 
FROM (SELECT concat('{"id":"action:', event_1.key, '","kind":"', event_1.kind, '","type":"', action_5.type, '","title":', coalesce((event_1.title -> +?), (event_1.title -> (event_1.title ->> '*'))), ',"date":{"edtf":', coalesce('"' || event_1.date_edtf || '"', 'null'), ',"text":', json_quote(event_1.date_text), ',"basis":', coalesce('"' || event_1.date_basis || '"', 'null'), '},"place":', CASE WHEN (event_1.place_id IS NULL) THEN 'null' ELSE concat('{"name":', (place_6.name -> (place_6.name ->> '*')), '}') END, ',"contested":', CASE WHEN event_1.contested THEN 'true' ELSE 'false' END, ',"participants":', (SELECT concat('{"nodes":[', group_concat(page_8.item_1, ','), ']}') AS anon_3 
FROM (SELECT concat('{"role":"', participation_7.role, '","actor":{"id":"actor:', actor_9.key, '"}}') AS item_1 
FROM participation AS participation_7 CROSS JOIN actor AS actor_9 ON actor_9.id = participation_7.actor_id 
WHERE participation_7.event_id = event_1.id ORDER BY participation_7.ordinal ASC LIMIT +?) AS page_8), ',"links":', (SELECT concat('{"nodes":[', group_concat(page_11.item_1, ','), ']}') AS anon_4 
FROM (SELECT concat('{"relation":"', event_link_10.relation, '","event":{"id":"', lower(event_12.kind), ':', event_12.key, '"}}') AS item_1 
FROM event_link AS event_link_10 CROSS JOIN event AS event_12 ON event_12.id = event_link_10.other_id 
WHERE event_link_10.event_id = event_1.id ORDER BY event_link_10.relation ASC, event_link_10.other_kind ASC, event_link_10.other_key ASC, event_link_10.inverse ASC LIMIT +?) AS page_11), ',"claims":', (SELECT concat('{"nodes":[', group_concat(page_14.item_1, ','), ']}') AS anon_5 
FROM (SELECT concat('{"property":', json_quote(claim_13.property), ',"value":', json_quote(claim_13.value), ',"stance":"', claim_13.stance, '","quote":{"text":', json_quote(claim_13.quote_text), '}}') AS item_1 
FROM claim AS claim_13 
WHERE claim_13.subject_id = event_1.id ORDER BY claim_13.article_key ASC, claim_13.quote_start ASC, claim_13.key ASC LIMIT +?) AS page_14), '}') AS item_1 
FROM (SELECT event_15.key, event_15.kind, event_15.id, event_15.title, event_15.date_edtf, event_15.date_text, event_15.date_basis, event_15.place_id, event_15.contested, event_15.title_sort 
FROM event AS event_15 LEFT OUTER JOIN action AS action_16 ON action_16.id = event_15.id 
WHERE event_15.kind = 'ACTION' AND action_16.type IN (SELECT value FROM json_each(+?)) ORDER BY event_15.title_sort ASC, event_15.key ASC LIMIT +?) AS event_1 CROSS JOIN action AS action_5 ON action_5.id = event_1.id LEFT OUTER JOIN place AS place_6 ON place_6.id = event_1.place_id ORDER BY event_1.title_sort ASC, event_1.key ASC) AS page_2), '}') AS answer
