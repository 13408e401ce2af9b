SELECT (('{"meetings":' || (SELECT (('{"nodes":' || '[' || coalesce(group_concat(page_2.item_1, ','), '') || ']') || '}') AS anon_1 
FROM (SELECT (((('{"title":' || coalesce((event_1.title -> ?), (event_1.title -> (event_1.title ->> '*')), 'null')) || (',"format":' || coalesce('"' || meeting_3.format || '"', 'null'))) || ((',"date":{"edtf":' || json_quote(event_1.date_edtf)) || (',"text":' || json_quote(event_1.date_text)))) || ((('},"place":' || CASE WHEN (event_1.place_id IS NULL) THEN 'null' ELSE ((('{"name":' || coalesce((place_4.name -> ?), (place_4.name -> (place_4.name ->> '*')), 'null')) || ',"partOf":') || (CASE WHEN (place_4.part_of_id IS NULL) THEN 'null' ELSE (('{"name":' || coalesce((place_5.name -> ?), (place_5.name -> (place_5.name ->> '*')), 'null')) || '}') END || '}')) END) || (',"participants":' || (SELECT (('{"nodes":' || '[' || coalesce(group_concat(page_7.item_1, ','), '') || ']') || '}') AS anon_2 
FROM (SELECT ((('{"role":' || coalesce('"' || participation_6.role || '"', 'null')) || (',"actor":{"name":' || coalesce((actor_8.name -> ?), (actor_8.name -> (actor_8.name ->> '*')), 'null'))) || (('},"office":' || CASE WHEN (participation_6.office_id IS NULL) THEN 'null' ELSE (('{"title":' || coalesce((office_9.title -> ?), (office_9.title -> (office_9.title ->> '*')), 'null')) || '}') END) || '}')) AS item_1 
FROM (SELECT participation_10.role, participation_10.actor_id, participation_10.office_id, participation_10.ordinal 
FROM participation AS participation_10 
WHERE participation_10.event_id = event_1.id ORDER BY participation_10.ordinal ASC
 LIMIT ? OFFSET 0) AS participation_6 LEFT OUTER JOIN actor AS actor_8 ON actor_8.id = participation_6.actor_id LEFT OUTER JOIN office AS office_9 ON office_9.id = participation_6.office_id ORDER BY participation_6.ordinal ASC) AS page_7))) || ((',"claims":' || (SELECT (('{"nodes":' || '[' || coalesce(group_concat(page_12.item_1, ','), '') || ']') || '}') AS anon_3 
FROM (SELECT (((('{"property":' || json_quote(claim_11.property)) || (',"value":' || json_quote(claim_11.value))) || ((',"quote":{"text":' || json_quote(claim_11.quote_text)) || ',"start":')) || (((coalesce(claim_11.quote_start, 'null') || ',"end":') || coalesce(claim_11.quote_end, 'null')) || (('},"attribution":' || (SELECT '[' || coalesce(group_concat(list_15.item, ','), '') || ']' AS anon_4 
FROM (SELECT (('{"actor":{"name":' || coalesce((actor_14.name -> ?), (actor_14.name -> (actor_14.name ->> '*')), 'null')) || '}}') AS item 
FROM attribution AS attribution_13 LEFT OUTER JOIN actor AS actor_14 ON actor_14.id = attribution_13.actor_id 
WHERE attribution_13.claim_id = claim_11.id ORDER BY attribution_13.ordinal ASC) AS list_15)) || '}'))) AS item_1 
FROM (SELECT claim_16.property, claim_16.value, claim_16.quote_text, claim_16.quote_start, claim_16.quote_end, claim_16.id, claim_16.article_key, claim_16.key 
FROM claim AS claim_16 
WHERE claim_16.subject_id = event_1.id ORDER BY claim_16.article_key ASC, claim_16.quote_start ASC, claim_16.key ASC
 LIMIT ? OFFSET 0) AS claim_11 ORDER BY claim_11.article_key ASC, claim_11.quote_start ASC, claim_11.key ASC) AS page_12)) || '}'))) AS item_1 
FROM (SELECT event_17.title, event_17.id, event_17.date_edtf, event_17.date_text, event_17.place_id, event_17.date_desc, event_17.key 
FROM event AS event_17 
WHERE event_17.kind = 'MEETING' ORDER BY event_17.date_desc DESC, event_17.key DESC
 LIMIT ? OFFSET 0) AS event_1 LEFT OUTER JOIN meeting AS meeting_3 ON meeting_3.id = event_1.id LEFT OUTER JOIN place AS place_4 ON place_4.id = event_1.place_id LEFT OUTER JOIN place AS place_5 ON place_5.id = place_4.part_of_id ORDER BY event_1.date_desc DESC, event_1.key DESC) AS page_2)) || '}') AS answer
