SELECT concat('{"events":', (SELECT concat('{"totalCount":', (SELECT count(*) AS anon_2 
FROM event AS event_3 
WHERE event_3.kind IN (SELECT value FROM json_each(+?))), ',"groups":', (SELECT concat('[', group_concat(list_9.item, ','), ']') AS anon_3 
FROM (SELECT concat('{"count":', group_7.number, ',"keys":[{"dimension":"ACTOR_COUNTRY","value":', coalesce('"' || '' || group_7.value_1 || '"', 'null'), ',"label":', coalesce((SELECT coalesce((country_8.name -> +?), (country_8.name -> (country_8.name ->> '*'))) AS coalesce_1 
FROM country AS country_8 
WHERE country_8.code = group_7.value_1), 'null'), '},{"dimension":"ROLE","value":', coalesce('"' || '' || group_7.value_2 || '"', 'null'), ',"label":null}]}') AS item 
FROM (SELECT actor_6.country_code AS value_1, participation_5.role AS value_2, count(DISTINCT event_4.id) AS number 
FROM event AS event_4 LEFT OUTER JOIN participation AS participation_5 ON participation_5.event_id = event_4.id LEFT OUTER JOIN actor AS actor_6 ON actor_6.id = participation_5.actor_id 
WHERE event_4.kind IN (SELECT value FROM json_each(+?)) GROUP BY actor_6.country_code, participation_5.role ORDER BY count(DISTINCT event_4.id) DESC, actor_6.country_code ASC NULLS LAST, participation_5.role ASC NULLS LAST
 LIMIT +? OFFSET 0) AS group_7 ORDER BY group_7.number DESC, group_7.value_1 ASC NULLS LAST, group_7.value_2 ASC NULLS LAST) AS list_9), ',"kinds":', (SELECT concat('[', group_concat(list_12.item, ','), ']') AS anon_4 
FROM (SELECT concat('{"count":', group_11.number, ',"keys":[{"value":', coalesce('"' || '' || group_11.value_1 || '"', 'null'), ',"label":null}]}') AS item 
FROM (SELECT event_10.kind AS value_1, count(*) AS number 
FROM event AS event_10 
WHERE event_10.kind IN (SELECT value FROM json_each(+?)) GROUP BY event_10.kind ORDER BY count(*) DESC, event_10.kind ASC NULLS LAST
 LIMIT +? OFFSET 0) AS group_11 ORDER BY group_11.number DESC, group_11.value_1 ASC NULLS LAST) AS list_12), '}') AS anon_1), '}') AS answer
