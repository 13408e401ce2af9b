SELECT concat('{"statements":', (SELECT concat('{"nodes":[', group_concat(page_2.item_1, ','), ']}') AS anon_1 
FROM (SELECT concat('{"title":', coalesce((event_1.title -> +?), (event_1.title -> (event_1.title ->> '*'))), ',"text":', coalesce((statement_3.text -> +?), (statement_3.text -> (statement_3.text ->> '*'))), ',"channel":', json_quote(statement_3.channel), ',"date":{"edtf":', coalesce('"' || event_1.date_edtf || '"', 'null'), ',"text":', json_quote(event_1.date_text), ',"precision":"', event_1.date_precision, '"},"links":', (SELECT concat('{"nodes":[', group_concat(page_5.item_1, ','), ']}') AS anon_2 
FROM (SELECT concat('{"relation":"', event_link_4.relation, '","event":{"id":"', lower(event_6.kind), ':', event_6.key, '","title":', coalesce((event_6.title -> +?), (event_6.title -> (event_6.title ->> '*'))), '}}') AS item_1 
FROM event_link AS event_link_4 CROSS JOIN event AS event_6 ON event_6.id = event_link_4.other_id 
WHERE event_link_4.event_id = event_1.id ORDER BY event_link_4.relation ASC, event_link_4.other_kind ASC, event_link_4.other_key ASC, event_link_4.inverse ASC LIMIT +?) AS page_5), ',"claims":', (SELECT concat('{"nodes":[', group_concat(page_8.item_1, ','), ']}') AS anon_3 
FROM (SELECT concat('{"property":', json_quote(claim_7.property), ',"attribution":', (SELECT concat('[', group_concat(list_11.item, ','), ']') AS anon_4 
FROM (SELECT concat('{"actor":{"name":', coalesce((actor_10.name -> +?), (actor_10.name -> (actor_10.name ->> '*'))), '},"via":', json_quote(attribution_9.via), '}') AS item 
FROM attribution AS attribution_9 JOIN actor AS actor_10 ON actor_10.id = attribution_9.actor_id 
WHERE attribution_9.claim_id = claim_7.id ORDER BY attribution_9.ordinal ASC) AS list_11), '}') AS item_1 
FROM claim AS claim_7 
WHERE claim_7.subject_id = event_1.id ORDER BY claim_7.article_key ASC, claim_7.quote_start ASC, claim_7.key ASC LIMIT +?) AS page_8), '}') AS item_1 
FROM event AS event_1 CROSS JOIN statement AS statement_3 ON statement_3.id = event_1.id 
WHERE event_1.kind = 'STATEMENT' ORDER BY event_1.date_desc DESC, event_1.key DESC LIMIT +?) AS page_2), '}') AS answer
