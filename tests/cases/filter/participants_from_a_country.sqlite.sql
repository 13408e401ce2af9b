SELECT concat('{"meetings":', (SELECT concat('{"totalCount":', (SELECT count(*) AS anon_2 
FROM event AS event_3 
WHERE event_3.kind = 'MEETING' AND event_3.date_desc > '' AND substr(event_3.date_desc, instr(event_3.date_desc, '/') + 1) >= +? AND event_3.date_desc < +? || '0' AND (EXISTS (SELECT 1 
FROM participation AS participation_4 JOIN actor AS actor_5 ON actor_5.id = participation_4.actor_id 
WHERE participation_4.role IN (SELECT value FROM json_each(+?)) AND actor_5.country_code = +? AND participation_4.event_id = event_3.id))), ',"nodes":[', group_concat(page_2.item_1, ','), ']}') AS anon_1 
FROM (SELECT concat('{"id":"meeting:', event_1.key, '","title":', (event_1.title -> (event_1.title ->> '*')), '}') AS item_1 
FROM (SELECT event_6.key, event_6.title, event_6.date_desc 
FROM event AS event_6 
WHERE event_6.kind = 'MEETING' AND event_6.date_desc > '' AND substr(event_6.date_desc, instr(event_6.date_desc, '/') + 1) >= +? AND event_6.date_desc < +? || '0' AND (EXISTS (SELECT 1 
FROM participation AS participation_7 JOIN actor AS actor_8 ON actor_8.id = participation_7.actor_id 
WHERE participation_7.role IN (SELECT value FROM json_each(+?)) AND actor_8.country_code = +? AND participation_7.event_id = event_6.id)) ORDER BY event_6.date_desc DESC, event_6.key DESC LIMIT +?) AS event_1 ORDER BY event_1.date_desc DESC, event_1.key DESC) AS page_2), '}') AS answer
