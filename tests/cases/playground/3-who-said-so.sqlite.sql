SELECT concat('{"statements":', (SELECT concat('{"nodes":[', group_concat(page_2.item_1, ','), ']}') AS anon_1 
FROM (SELECT concat('{"title":', coalesce((event_1.title -> ?), (event_1.title -> (event_1.title ->> '*'))), ',"text":', coalesce((statement_3.text -> ?), (statement_3.text -> (statement_3.text ->> '*'))), ',"channel":', json_quote(statement_3.channel), ',"date":{"edtf":', coalesce('"' || event_1.date_edtf || '"', 'null'), ',"text":', json_quote(event_1.date_text), ',"precision":"', event_1.date_precision, '"},"links":', (SELECT concat('{"nodes":[', group_concat(page_5.item_1, ','), ']}') AS anon_2 
FROM (SELECT concat('{"relation":"', event_link_4.relation, '","event":{"id":"', lower(event_6.kind), ':', event_6.key, '","title":', coalesce((event_6.title -> ?), (event_6.title -> (event_6.title ->> '*'))), '}}') AS item_1 
FROM (SELECT event_link_7.relation, event_link_7.other_id, event_link_7.other_kind, event_link_7.other_key, event_link_7.inverse 
FROM event_link AS event_link_7 
WHERE event_link_7.event_id = event_1.id ORDER BY event_link_7.relation ASC, event_link_7.other_kind ASC, event_link_7.other_key ASC, event_link_7.inverse ASC LIMIT ?) AS event_link_4 JOIN event AS event_6 ON event_6.id = event_link_4.other_id ORDER BY event_link_4.relation ASC, event_link_4.other_kind ASC, event_link_4.other_key ASC, event_link_4.inverse ASC) AS page_5), ',"claims":', (SELECT concat('{"nodes":[', group_concat(page_9.item_1, ','), ']}') AS anon_3 
FROM (SELECT concat('{"property":', json_quote(claim_8.property), ',"attribution":', (SELECT concat('[', group_concat(list_12.item, ','), ']') AS anon_4 
FROM (SELECT concat('{"actor":{"name":', coalesce((actor_11.name -> ?), (actor_11.name -> (actor_11.name ->> '*'))), '},"via":', json_quote(attribution_10.via), '}') AS item 
FROM attribution AS attribution_10 JOIN actor AS actor_11 ON actor_11.id = attribution_10.actor_id 
WHERE attribution_10.claim_id = claim_8.id ORDER BY attribution_10.ordinal ASC) AS list_12), '}') AS item_1 
FROM (SELECT claim_13.property, claim_13.id, claim_13.article_key, claim_13.quote_start, claim_13.key 
FROM claim AS claim_13 
WHERE claim_13.subject_id = event_1.id ORDER BY claim_13.article_key ASC, claim_13.quote_start ASC, claim_13.key ASC LIMIT ?) AS claim_8 ORDER BY claim_8.article_key ASC, claim_8.quote_start ASC, claim_8.key ASC) AS page_9), '}') AS item_1 
FROM (SELECT event_14.title, event_14.id, event_14.date_edtf, event_14.date_text, event_14.date_precision, event_14.date_desc, event_14.key 
FROM event AS event_14 
WHERE event_14.kind = 'STATEMENT' ORDER BY event_14.date_desc DESC, event_14.key DESC LIMIT ?) AS event_1 LEFT OUTER JOIN statement AS statement_3 ON statement_3.id = event_1.id ORDER BY event_1.date_desc DESC, event_1.key DESC) AS page_2), '}') AS answer
