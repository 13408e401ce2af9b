SELECT convert_to(((('{"agreements":' || (SELECT (('{"nodes":[' || coalesce(string_agg(page_2.item_1, ','), '')) || ']}') AS anon_1 
FROM (SELECT (((('{"key":"' || event_1.key) || '","status":"') || (agreement_3.status || '","milestones":')) || (((SELECT (('[' || coalesce(string_agg(list_7.item, ','), '')) || ']') AS anon_2 
FROM (SELECT (((('{"type":"' || milestone_4.type) || '","party":') || (CASE WHEN (milestone_4.party_id IS NULL) THEN 'null' ELSE (('{"key":"' || actor_5.key) || '"}') END || ',"date":{"edtf":')) || ((coalesce('"' || milestone_4.date_edtf || '"', 'null') || '},"place":') || (CASE WHEN (milestone_4.place_id IS NULL) THEN 'null' ELSE (('{"key":"' || place_6.key) || '"}') END || '}'))) AS item 
FROM milestone AS milestone_4 LEFT OUTER JOIN actor AS actor_5 ON actor_5.id = milestone_4.party_id LEFT OUTER JOIN place AS place_6 ON place_6.id = milestone_4.place_id 
WHERE milestone_4.agreement_id = event_1.id ORDER BY milestone_4.ordinal ASC) AS list_7) || ',"provisions":') || ((SELECT (('{"nodes":[' || coalesce(string_agg(page_9.item_1, ','), '')) || ']}') AS anon_3 
FROM (SELECT (('{"obligations":' || (SELECT (('[' || coalesce(string_agg(list_13.item, ','), '')) || ']') AS anon_4 
FROM (SELECT (((('{"debtor":{"key":"' || actor_11.key) || '"},"creditor":') || ((CASE WHEN (obligation_10.creditor_id IS NULL) THEN 'null' ELSE (('{"key":"' || actor_12.key) || '"}') END || ',"deadline":{"edtf":') || coalesce('"' || obligation_10.deadline_edtf || '"', 'null'))) || (((',"latest":' || coalesce('"' || CAST(obligation_10.deadline_latest AS text) || '"', 'null')) || '},"figure":') || (CASE WHEN (obligation_10.figure_measure IS NOT NULL) THEN (((('{"measure":' || coalesce('"' || obligation_10.figure_measure || '"', 'null')) || ',"label":') || (coalesce(CAST(obligation_10.figure_label -> (obligation_10.figure_label ->> '*') AS text), 'null') || ',"best":')) || ((coalesce('"' || (CAST(obligation_10.figure_best / 1000 AS TEXT) || CASE WHEN obligation_10.figure_best % 1000 = 0 THEN '' ELSE '.' || rtrim(substr(CAST(1000 + obligation_10.figure_best % 1000 AS TEXT), 2), '0') END) || '"', 'null') || ',"unit":') || (coalesce(CAST(to_json(obligation_10.figure_unit) AS text), 'null') || '}'))) ELSE 'null' END || '}'))) AS item 
FROM obligation AS obligation_10 JOIN actor AS actor_11 ON actor_11.id = obligation_10.debtor_id LEFT OUTER JOIN actor AS actor_12 ON actor_12.id = obligation_10.creditor_id 
WHERE obligation_10.provision_id = provision_8.id ORDER BY obligation_10.ordinal ASC) AS list_13)) || '}') AS item_1 
FROM (SELECT * FROM (SELECT provision_14.id, provision_14.ordinal 
FROM provision AS provision_14 
WHERE provision_14.agreement_id = event_1.id AND (EXISTS (SELECT 1 
FROM obligation AS obligation_15 
WHERE true AND obligation_15.provision_id = provision_14.id)) ORDER BY provision_14.ordinal ASC LIMIT 500) AS walk LIMIT $1::INTEGER) AS provision_8 ORDER BY provision_8.ordinal ASC) AS page_9) || '}'))) AS item_1 
FROM (SELECT * FROM (SELECT event_16.key, event_16.id, event_16.date_desc 
FROM event AS event_16 
WHERE event_16.kind = 'AGREEMENT' AND (EXISTS (SELECT 1 
FROM milestone AS milestone_17 
WHERE milestone_17.type = ANY($2::TEXT[]) AND milestone_17.party_id IN (SELECT actor_18.id 
FROM actor AS actor_18 
WHERE actor_18.country_code = $3::VARCHAR) AND milestone_17.agreement_id = event_16.id)) ORDER BY event_16.date_desc DESC, event_16.key DESC LIMIT 500) AS walk LIMIT $4::INTEGER) AS event_1 JOIN agreement AS agreement_3 ON agreement_3.id = event_1.id ORDER BY event_1.date_desc DESC, event_1.key DESC) AS page_2)) || ',"owed":') || ((SELECT (('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_6 
FROM provision AS provision_21 
WHERE EXISTS (SELECT 1 
FROM obligation AS obligation_22 
WHERE (obligation_22.deadline_earliest IS NOT NULL OR obligation_22.deadline_latest IS NOT NULL) AND CAST(obligation_22.deadline_latest AS text) COLLATE "C" <= $5::VARCHAR AND obligation_22.provision_id = provision_21.id))) || '}') AS anon_5) || '}')), 'UTF8') AS answer
