SELECT convert_to((('{"meetings":' || (SELECT ((('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_2 
FROM event AS event_3 
WHERE event_3.kind = 'MEETING' AND event_3.date_desc > '' AND substr(event_3.date_desc, strpos(event_3.date_desc, '/') + 1) >= $1::VARCHAR AND event_3.date_desc < $2::VARCHAR || '0' AND (EXISTS (SELECT 1 
FROM participation AS participation_4 JOIN actor AS actor_5 ON actor_5.id = participation_4.actor_id 
WHERE participation_4.role = ANY($3::TEXT[]) AND actor_5.country_code = $4::VARCHAR AND participation_4.event_id = event_3.id)))) || ',"nodes":[') || (coalesce(string_agg(page_2.item_1, ','), '') || ']}')) AS anon_1 
FROM (SELECT ((('{"id":"meeting:' || event_1.key) || '","title":') || (CAST(event_1.title -> (event_1.title ->> '*') AS text) || '}')) AS item_1 
FROM (SELECT * FROM (SELECT event_6.key, event_6.title, event_6.date_desc 
FROM event AS event_6 
WHERE event_6.kind = 'MEETING' AND event_6.date_desc > '' AND substr(event_6.date_desc, strpos(event_6.date_desc, '/') + 1) >= $1::VARCHAR AND event_6.date_desc < $2::VARCHAR || '0' AND (EXISTS (SELECT 1 
FROM participation AS participation_7 JOIN actor AS actor_8 ON actor_8.id = participation_7.actor_id 
WHERE participation_7.role = ANY($3::TEXT[]) AND actor_8.country_code = $4::VARCHAR AND participation_7.event_id = event_6.id)) ORDER BY event_6.date_desc DESC, event_6.key DESC LIMIT 500) AS walk LIMIT $5::INTEGER) AS event_1 ORDER BY event_1.date_desc DESC, event_1.key DESC) AS page_2)) || '}'), 'UTF8') AS answer
