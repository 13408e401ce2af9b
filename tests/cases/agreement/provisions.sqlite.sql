SELECT concat('{"agreements":', (SELECT concat('{"nodes":[', group_concat(page_2.item_1, ','), ']}') AS anon_1 
FROM (SELECT concat('{"title":', coalesce((event_1.title -> +?), (event_1.title -> +?), (event_1.title -> (event_1.title ->> '*'))), ',"provisions":', (SELECT concat('{"nodes":[', group_concat(page_4.item_1, ','), ']}') AS anon_2 
FROM (SELECT concat('{"id":"provision:', provision_3.key, '","key":"', provision_3.slug, '","ordinal":', provision_3.ordinal, ',"heading":', coalesce((provision_3.heading -> +?), (provision_3.heading -> +?), (provision_3.heading -> (provision_3.heading ->> '*')), 'null'), ',"text":', coalesce((provision_3.text -> +?), (provision_3.text -> +?), (provision_3.text -> (provision_3.text ->> '*'))), ',"texts":', (SELECT concat('[', group_concat(list_7.item, ','), ']') AS anon_3 
FROM (SELECT concat('{"language":', coalesce('"' || text_5.key || '"', 'null'), ',"text":', (provision_3.text -> text_5.key), '}') AS item 
FROM json_each(provision_3.text) AS text_5 
WHERE text_5.key != '*' ORDER BY text_5.key != (provision_3.text ->> '*'), text_5.key) AS list_7), ',"topics":', (SELECT concat('[', group_concat(list_10.item, ','), ']') AS anon_4 
FROM (SELECT concat('{"id":"topic:', topic_8.key, '","label":', (topic_8.label -> (topic_8.label ->> '*')), '}') AS item 
FROM topic AS topic_8 JOIN provision_topic AS provision_topic_9 ON provision_topic_9.topic_id = topic_8.id 
WHERE provision_topic_9.provision_id = provision_3.id ORDER BY topic_8.scheme ASC, topic_8.code ASC) AS list_10), ',"agreement":{"id":"agreement:', event_11.key, '"},"claims":', (SELECT concat('{"nodes":[', group_concat(page_13.item_1, ','), ']}') AS anon_5 
FROM (SELECT concat('{"quote":{"text":', json_quote(claim_12.quote_text), '}}') AS item_1 
FROM claim AS claim_12 
WHERE claim_12.subject_id = provision_3.id ORDER BY claim_12.article_key ASC, claim_12.quote_start ASC, claim_12.key ASC LIMIT +?) AS page_13), '}') AS item_1 
FROM provision AS provision_3 CROSS JOIN event AS event_11 ON event_11.id = provision_3.agreement_id 
WHERE provision_3.agreement_id = event_1.id ORDER BY provision_3.ordinal ASC LIMIT +?) AS page_4), ',"codes":', (SELECT concat('[', group_concat(list_15.item, ','), ']') AS anon_6 
FROM (SELECT concat('{"scheme":', json_quote(event_code_14.scheme), ',"version":', json_quote(event_code_14.version), ',"code":', json_quote(event_code_14.code), ',"basis":"', event_code_14.basis, '","label":', coalesce((event_code_14.label -> (event_code_14.label ->> '*')), 'null'), '}') AS item 
FROM event_code AS event_code_14 
WHERE event_code_14.event_id = event_1.id ORDER BY event_code_14.scheme ASC, event_code_14.code ASC, event_code_14.id ASC) AS list_15), ',"topics":', (SELECT concat('[', group_concat(list_18.item, ','), ']') AS anon_7 
FROM (SELECT concat('{"id":"topic:', topic_16.key, '"}') AS item 
FROM topic AS topic_16 JOIN event_topic AS event_topic_17 ON event_topic_17.topic_id = topic_16.id 
WHERE event_topic_17.event_id = event_1.id ORDER BY topic_16.scheme ASC, topic_16.code ASC) AS list_18), '}') AS item_1 
FROM event AS event_1 
WHERE event_1.kind = 'AGREEMENT' ORDER BY event_1.date_desc DESC, event_1.key DESC LIMIT +?) AS page_2), '}') AS answer
