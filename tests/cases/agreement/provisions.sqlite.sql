SELECT concat('{"agreements":', (SELECT concat('{"nodes":[', group_concat(page_2.item_1, ','), ']}') AS anon_1 
FROM (SELECT concat('{"title":', coalesce((event_1.title -> ?), (event_1.title -> ?), (event_1.title -> (event_1.title ->> '*'))), ',"provisions":', (SELECT concat('{"nodes":[', group_concat(page_4.item_1, ','), ']}') AS anon_2 
FROM (SELECT concat('{"id":"provision:', provision_3.key, '","key":"', provision_3.slug, '","ordinal":', provision_3.ordinal, ',"heading":', coalesce((provision_3.heading -> ?), (provision_3.heading -> ?), (provision_3.heading -> (provision_3.heading ->> '*')), 'null'), ',"text":', coalesce((provision_3.text -> ?), (provision_3.text -> ?), (provision_3.text -> (provision_3.text ->> '*'))), ',"texts":', (SELECT concat('[', group_concat(list_7.item, ','), ']') AS anon_3 
FROM (SELECT concat('{"language":', coalesce('"' || text_5.key || '"', 'null'), ',"text":', (provision_3.text -> text_5.key), '}') AS item 
FROM json_each(provision_3.text) AS text_5 
WHERE text_5.key != '*' ORDER BY text_5.key != (provision_3.text ->> '*'), text_5.key) AS list_7), ',"topics":', (SELECT concat('[', group_concat(list_10.item, ','), ']') AS anon_4 
FROM (SELECT concat('{"id":"topic:', topic_8.key, '","label":', (topic_8.label -> (topic_8.label ->> '*')), '}') AS item 
FROM topic AS topic_8 
WHERE topic_8.id IN (SELECT provision_topic_9.topic_id 
FROM provision_topic AS provision_topic_9 
WHERE provision_topic_9.provision_id = provision_3.id) ORDER BY topic_8.scheme ASC, topic_8.code ASC) AS list_10), ',"agreement":{"id":"agreement:', event_11.key, '"},"claims":', (SELECT concat('{"nodes":[', group_concat(page_13.item_1, ','), ']}') AS anon_5 
FROM (SELECT concat('{"quote":{"text":', json_quote(claim_12.quote_text), '}}') AS item_1 
FROM (SELECT claim_14.quote_text, claim_14.article_key, claim_14.quote_start, claim_14.key 
FROM claim AS claim_14 
WHERE claim_14.subject_id = provision_3.id ORDER BY claim_14.article_key ASC, claim_14.quote_start ASC, claim_14.key ASC LIMIT ?) AS claim_12 ORDER BY claim_12.article_key ASC, claim_12.quote_start ASC, claim_12.key ASC) AS page_13), '}') AS item_1 
FROM (SELECT provision_15.key, provision_15.slug, provision_15.ordinal, provision_15.heading, provision_15.text, provision_15.id, provision_15.agreement_id, provision_15.agreement_key 
FROM provision AS provision_15 
WHERE provision_15.agreement_id = event_1.id ORDER BY provision_15.agreement_key ASC, provision_15.ordinal ASC LIMIT ?) AS provision_3 JOIN event AS event_11 ON event_11.id = provision_3.agreement_id ORDER BY provision_3.agreement_key ASC, provision_3.ordinal ASC) AS page_4), ',"codes":', (SELECT concat('[', group_concat(list_17.item, ','), ']') AS anon_6 
FROM (SELECT concat('{"scheme":', json_quote(event_code_16.scheme), ',"version":', json_quote(event_code_16.version), ',"code":', json_quote(event_code_16.code), ',"basis":"', event_code_16.basis, '","label":', coalesce((event_code_16.label -> (event_code_16.label ->> '*')), 'null'), '}') AS item 
FROM event_code AS event_code_16 
WHERE event_code_16.event_id = event_1.id ORDER BY event_code_16.scheme ASC, event_code_16.code ASC, event_code_16.id ASC) AS list_17), ',"topics":', (SELECT concat('[', group_concat(list_20.item, ','), ']') AS anon_7 
FROM (SELECT concat('{"id":"topic:', topic_18.key, '"}') AS item 
FROM topic AS topic_18 
WHERE topic_18.id IN (SELECT event_topic_19.topic_id 
FROM event_topic AS event_topic_19 
WHERE event_topic_19.event_id = event_1.id) ORDER BY topic_18.scheme ASC, topic_18.code ASC) AS list_20), '}') AS item_1 
FROM (SELECT event_21.title, event_21.id, event_21.date_desc, event_21.key 
FROM event AS event_21 
WHERE event_21.kind = 'AGREEMENT' ORDER BY event_21.date_desc DESC, event_21.key DESC LIMIT ?) AS event_1 ORDER BY event_1.date_desc DESC, event_1.key DESC) AS page_2), '}') AS answer
