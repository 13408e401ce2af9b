SELECT convert_to((('{"agreements":' || (SELECT (('{"nodes":[' || coalesce(string_agg(page_2.item_1, ','), '')) || ']}') AS anon_1 
FROM (SELECT * FROM (SELECT (((('{"title":' || coalesce(CAST(event_1.title -> $1::VARCHAR AS text), CAST(event_1.title -> $2::VARCHAR AS text), CAST(event_1.title -> (event_1.title ->> '*') AS text))) || ',"provisions":') || ((SELECT (('{"nodes":[' || coalesce(string_agg(page_4.item_1, ','), '')) || ']}') AS anon_2 
FROM (SELECT * FROM (SELECT ((((('{"id":"provision:' || provision_3.key) || '","key":"') || (provision_3.slug || '","ordinal":')) || (((CAST(provision_3.ordinal AS text) || ',"heading":') || coalesce(CAST(provision_3.heading -> $3::VARCHAR AS text), CAST(provision_3.heading -> $4::VARCHAR AS text), CAST(provision_3.heading -> (provision_3.heading ->> '*') AS text), 'null')) || (',"text":' || coalesce(CAST(provision_3.text -> $5::VARCHAR AS text), CAST(provision_3.text -> $6::VARCHAR AS text), CAST(provision_3.text -> (provision_3.text ->> '*') AS text))))) || ((((',"texts":' || (SELECT (('[' || coalesce(string_agg(list_7.item, ','), '')) || ']') AS anon_3 
FROM (SELECT ((('{"language":' || coalesce('"' || text_5.key || '"', 'null')) || ',"text":') || (CAST(provision_3.text -> text_5.key AS text) || '}')) AS item 
FROM json_each(provision_3.text) AS text_5 
WHERE text_5.key != '*' ORDER BY text_5.key COLLATE "C" != (provision_3.text ->> '*'), text_5.key COLLATE "C") AS list_7)) || ',"topics":') || ((SELECT (('[' || coalesce(string_agg(list_10.item, ','), '')) || ']') AS anon_4 
FROM (SELECT ((('{"id":"topic:' || topic_8.key) || '","label":') || (CAST(topic_8.label -> (topic_8.label ->> '*') AS text) || '}')) AS item 
FROM topic AS topic_8 JOIN provision_topic AS provision_topic_9 ON provision_topic_9.topic_id = topic_8.id 
WHERE provision_topic_9.provision_id = provision_3.id ORDER BY topic_8.scheme ASC, topic_8.code ASC) AS list_10) || ',"agreement":{"id":"agreement:')) || ((event_11.key || '"},"claims":') || ((SELECT (('{"nodes":[' || coalesce(string_agg(page_13.item_1, ','), '')) || ']}') AS anon_5 
FROM (SELECT * FROM (SELECT (('{"quote":{"text":' || CAST(to_json(claim_12.quote_text) AS text)) || '}}') AS item_1 
FROM claim AS claim_12 
WHERE claim_12.subject_id = provision_3.id ORDER BY claim_12.article_key ASC, claim_12.quote_start ASC, claim_12.key ASC LIMIT 500) AS walk LIMIT $7::INTEGER) AS page_13) || '}')))) AS item_1 
FROM provision AS provision_3 JOIN event AS event_11 ON event_11.id = provision_3.agreement_id 
WHERE provision_3.agreement_id = event_1.id ORDER BY provision_3.ordinal ASC LIMIT 500) AS walk LIMIT $8::INTEGER) AS page_4) || ',"codes":')) || (((SELECT (('[' || coalesce(string_agg(list_15.item, ','), '')) || ']') AS anon_6 
FROM (SELECT (((('{"scheme":' || CAST(to_json(event_code_14.scheme) AS text)) || ',"version":') || ((coalesce(CAST(to_json(event_code_14.version) AS text), 'null') || ',"code":') || CAST(to_json(event_code_14.code) AS text))) || (((',"basis":"' || event_code_14.basis) || '","label":') || (coalesce(CAST(event_code_14.label -> (event_code_14.label ->> '*') AS text), 'null') || '}'))) AS item 
FROM event_code AS event_code_14 
WHERE event_code_14.event_id = event_1.id ORDER BY event_code_14.scheme ASC, event_code_14.code ASC, event_code_14.id ASC) AS list_15) || ',"topics":') || ((SELECT (('[' || coalesce(string_agg(list_18.item, ','), '')) || ']') AS anon_7 
FROM (SELECT (('{"id":"topic:' || topic_16.key) || '"}') AS item 
FROM topic AS topic_16 JOIN event_topic AS event_topic_17 ON event_topic_17.topic_id = topic_16.id 
WHERE event_topic_17.event_id = event_1.id ORDER BY topic_16.scheme ASC, topic_16.code ASC) AS list_18) || '}'))) AS item_1 
FROM event AS event_1 
WHERE event_1.kind = 'AGREEMENT' ORDER BY event_1.date_desc DESC, event_1.key DESC LIMIT 500) AS walk LIMIT $9::INTEGER) AS page_2)) || '}'), 'UTF8') AS answer
