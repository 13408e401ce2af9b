SELECT convert_to(((('{"actors":' || (SELECT (('{"nodes":[' || coalesce(string_agg(page_2.item_1, ','), '')) || ']}') AS anon_1 
FROM (SELECT ((('{"key":"' || actor_1.key) || '","memberships":') || ((SELECT (('[' || coalesce(string_agg(list_5.item, ','), '')) || ']') AS anon_2 
FROM (SELECT (((('{"organization":{"key":"' || actor_4.key) || '"},"role":') || (coalesce(CAST(to_json(membership_3.role) AS text), 'null') || ',"since":{"edtf":')) || ((coalesce('"' || membership_3.since_edtf || '"', 'null') || '},"until":{"edtf":') || (coalesce('"' || membership_3.until_edtf || '"', 'null') || '}}'))) AS item 
FROM membership AS membership_3 JOIN actor AS actor_4 ON actor_4.id = membership_3.organization_id 
WHERE membership_3.actor_id = actor_1.id ORDER BY membership_3.ordinal ASC) AS list_5) || '}')) AS item_1 
FROM (SELECT * FROM (SELECT actor_6.key, actor_6.id, actor_6.name_sort 
FROM actor AS actor_6 
WHERE EXISTS (SELECT 1 
FROM actor AS actor_7 JOIN membership AS membership_8 ON membership_8.organization_id = actor_7.id 
WHERE actor_7.key = $1::VARCHAR AND membership_8.actor_id = actor_6.id) ORDER BY actor_6.name_sort ASC, actor_6.key ASC LIMIT 500) AS walk LIMIT $2::INTEGER) AS actor_1 ORDER BY actor_1.name_sort ASC, actor_1.key ASC) AS page_2)) || (',"actor":' || coalesce((SELECT (('{"members":' || (SELECT ((('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_4 
FROM membership AS membership_12 
WHERE membership_12.organization_id = actor_9.id AND (membership_12.until_earliest IS NOT NULL OR membership_12.until_latest IS NOT NULL))) || ',"nodes":[') || (coalesce(string_agg(page_11.item_1, ','), '') || ']}')) AS anon_3 
FROM (SELECT (('{"actor":{"key":"' || actor_13.key) || '"}}') AS item_1 
FROM (SELECT * FROM (SELECT membership_14.actor_id, membership_14.actor_key, membership_14.ordinal 
FROM membership AS membership_14 
WHERE membership_14.organization_id = actor_9.id AND (membership_14.until_earliest IS NOT NULL OR membership_14.until_latest IS NOT NULL) ORDER BY membership_14.actor_key ASC, membership_14.ordinal ASC LIMIT 500) AS walk LIMIT $3::INTEGER) AS membership_10 JOIN actor AS actor_13 ON actor_13.id = membership_10.actor_id ORDER BY membership_10.actor_key ASC, membership_10.ordinal ASC) AS page_11)) || '}') AS item 
FROM actor AS actor_9 
WHERE actor_9.key = coalesce((SELECT merged.into_key 
FROM merged 
WHERE merged.key = $4::VARCHAR), $4::VARCHAR) 
 LIMIT 1 OFFSET 0), 'null'))) || ((',"others":' || (SELECT (('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_6 
FROM actor AS actor_17 
WHERE NOT (EXISTS (SELECT 1 
FROM actor AS actor_18 JOIN membership AS membership_19 ON membership_19.organization_id = actor_18.id 
WHERE true AND membership_19.actor_id = actor_17.id)))) || '}') AS anon_5)) || '}')), 'UTF8') AS answer
