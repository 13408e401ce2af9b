SELECT concat('{"events":', (SELECT concat('{"totalCount":', (SELECT count(*) AS anon_2 
FROM event AS event_3 
WHERE EXISTS (SELECT 1 
FROM participation AS participation_4 JOIN actor AS actor_5 ON actor_5.id = participation_4.actor_id 
WHERE actor_5.country_code = +? AND participation_4.event_id = event_3.id)), ',"groups":', (SELECT concat('[', group_concat(list_13.item, ','), ']') AS anon_3 
FROM (SELECT concat('{"count":', group_11.number, ',"keys":[{"dimension":"ACTOR_COUNTRY","value":', coalesce('"' || '' || group_11.value_1 || '"', 'null'), ',"label":', coalesce((SELECT coalesce((country_12.name -> +?), (country_12.name -> (country_12.name ->> '*'))) AS coalesce_1 
FROM country AS country_12 
WHERE country_12.code = group_11.value_1), 'null'), '},{"dimension":"ROLE","value":', coalesce('"' || '' || group_11.value_2 || '"', 'null'), ',"label":null}]}') AS item 
FROM (SELECT actor_10.country_code AS value_1, participation_9.role AS value_2, count(DISTINCT event_6.id) AS number 
FROM event AS event_6 LEFT OUTER JOIN participation AS participation_9 ON participation_9.event_id = event_6.id LEFT OUTER JOIN actor AS actor_10 ON actor_10.id = participation_9.actor_id 
WHERE EXISTS (SELECT 1 
FROM participation AS participation_7 JOIN actor AS actor_8 ON actor_8.id = participation_7.actor_id 
WHERE actor_8.country_code = +? AND participation_7.event_id = event_6.id) GROUP BY actor_10.country_code, participation_9.role ORDER BY count(DISTINCT event_6.id) DESC, actor_10.country_code ASC NULLS LAST, participation_9.role ASC NULLS LAST
 LIMIT +? OFFSET 0) AS group_11 ORDER BY group_11.number DESC, group_11.value_1 ASC NULLS LAST, group_11.value_2 ASC NULLS LAST) AS list_13), ',"nodes":[', group_concat(page_2.item_1, ','), ']}') AS anon_1 
FROM (SELECT concat('{"id":"', lower(event_1.kind), ':', event_1.key, '","title":', coalesce((event_1.title -> +?), (event_1.title -> (event_1.title ->> '*'))), ',"date":{"edtf":', coalesce('"' || event_1.date_edtf || '"', 'null'), ',"text":', json_quote(event_1.date_text), '},"place":', CASE WHEN (event_1.place_id IS NULL) THEN 'null' ELSE concat('{"name":', coalesce((place_14.name -> +?), (place_14.name -> (place_14.name ->> '*'))), '}') END, '}') AS item_1 
FROM (SELECT event_15.key, event_15.kind, event_15.title, event_15.date_edtf, event_15.date_text, event_15.place_id, event_15.date_desc 
FROM event AS event_15 
WHERE EXISTS (SELECT 1 
FROM participation AS participation_16 JOIN actor AS actor_17 ON actor_17.id = participation_16.actor_id 
WHERE actor_17.country_code = +? AND participation_16.event_id = event_15.id) ORDER BY event_15.date_desc DESC, event_15.kind DESC, event_15.key DESC LIMIT +?) AS event_1 LEFT OUTER JOIN place AS place_14 ON place_14.id = event_1.place_id ORDER BY event_1.date_desc DESC, event_1.kind DESC, event_1.key DESC) AS page_2), '}') AS answer
