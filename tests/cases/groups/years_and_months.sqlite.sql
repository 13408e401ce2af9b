SELECT concat('{"events":', (SELECT concat('{"years":', (SELECT concat('[', group_concat(list_5.item, ','), ']') AS anon_2 
FROM (SELECT concat('{"count":', group_4.number, ',"keys":[{"value":', coalesce('"' || '' || group_4.value_1 || '"', 'null'), '}]}') AS item 
FROM (SELECT CASE WHEN event_3.date_desc > '' AND substr(event_3.date_desc, 1, 4) = substr(event_3.date_desc, 12, 4) THEN substr(event_3.date_desc, 1, 4) END AS value_1, count(*) AS number 
FROM event AS event_3 GROUP BY CASE WHEN event_3.date_desc > '' AND substr(event_3.date_desc, 1, 4) = substr(event_3.date_desc, 12, 4) THEN substr(event_3.date_desc, 1, 4) END ORDER BY count(*) DESC, CASE WHEN event_3.date_desc > '' AND substr(event_3.date_desc, 1, 4) = substr(event_3.date_desc, 12, 4) THEN substr(event_3.date_desc, 1, 4) END ASC NULLS LAST
 LIMIT +? OFFSET 0) AS group_4 ORDER BY group_4.number DESC, group_4.value_1 ASC NULLS LAST) AS list_5), ',"months":', (SELECT concat('[', group_concat(list_8.item, ','), ']') AS anon_3 
FROM (SELECT concat('{"count":', group_7.number, ',"keys":[{"value":', coalesce('"' || '' || group_7.value_1 || '"', 'null'), '}]}') AS item 
FROM (SELECT CASE WHEN event_6.date_desc > '' AND substr(event_6.date_desc, 1, 7) = substr(event_6.date_desc, 12, 7) THEN substr(event_6.date_desc, 1, 7) END AS value_1, count(*) AS number 
FROM event AS event_6 GROUP BY CASE WHEN event_6.date_desc > '' AND substr(event_6.date_desc, 1, 7) = substr(event_6.date_desc, 12, 7) THEN substr(event_6.date_desc, 1, 7) END ORDER BY count(*) DESC, CASE WHEN event_6.date_desc > '' AND substr(event_6.date_desc, 1, 7) = substr(event_6.date_desc, 12, 7) THEN substr(event_6.date_desc, 1, 7) END ASC NULLS LAST
 LIMIT +? OFFSET 0) AS group_7 ORDER BY group_7.number DESC, group_7.value_1 ASC NULLS LAST) AS list_8), ',"latest":', (SELECT concat('[', group_concat(list_12.item, ','), ']') AS anon_4 
FROM (SELECT concat('{"count":', group_11.number, ',"keys":[{"value":', coalesce('"' || '' || group_11.value_1 || '"', 'null'), '},{"value":', coalesce('"' || '' || group_11.value_2 || '"', 'null'), '}]}') AS item 
FROM (SELECT CASE WHEN event_9.date_desc > '' AND substr(event_9.date_desc, 1, 4) = substr(event_9.date_desc, 12, 4) THEN substr(event_9.date_desc, 1, 4) END AS value_1, place_10.country_within AS value_2, count(*) AS number 
FROM event AS event_9 LEFT OUTER JOIN place AS place_10 ON place_10.id = event_9.place_id GROUP BY CASE WHEN event_9.date_desc > '' AND substr(event_9.date_desc, 1, 4) = substr(event_9.date_desc, 12, 4) THEN substr(event_9.date_desc, 1, 4) END, place_10.country_within ORDER BY CASE WHEN event_9.date_desc > '' AND substr(event_9.date_desc, 1, 4) = substr(event_9.date_desc, 12, 4) THEN substr(event_9.date_desc, 1, 4) END DESC NULLS LAST, place_10.country_within DESC NULLS LAST
 LIMIT +? OFFSET 0) AS group_11 ORDER BY group_11.value_1 DESC NULLS LAST, group_11.value_2 DESC NULLS LAST) AS list_12), ',"places":', (SELECT concat('[', group_concat(list_18.item, ','), ']') AS anon_5 
FROM (SELECT concat('{"count":', group_15.number, ',"keys":[{"dimension":"COUNTRY","value":', coalesce('"' || '' || group_15.value_1 || '"', 'null'), ',"label":', coalesce((SELECT coalesce((country_16.name -> +?), (country_16.name -> (country_16.name ->> '*'))) AS coalesce_1 
FROM country AS country_16 
WHERE country_16.code = group_15.value_1), 'null'), '},{"dimension":"PLACE","value":', coalesce('"' || 'place:' || group_15.value_2 || '"', 'null'), ',"label":', coalesce((SELECT coalesce((place_17.name -> +?), (place_17.name -> (place_17.name ->> '*'))) AS coalesce_2 
FROM place AS place_17 
WHERE place_17.key = group_15.value_2), 'null'), '}]}') AS item 
FROM (SELECT place_14.country_within AS value_1, place_14.key AS value_2, count(*) AS number 
FROM event AS event_13 LEFT OUTER JOIN place AS place_14 ON place_14.id = event_13.place_id GROUP BY place_14.country_within, place_14.key ORDER BY count(*) DESC, place_14.country_within ASC NULLS LAST, place_14.key ASC NULLS LAST
 LIMIT +? OFFSET 0) AS group_15 ORDER BY group_15.number DESC, group_15.value_1 ASC NULLS LAST, group_15.value_2 ASC NULLS LAST) AS list_18), '}') AS anon_1), '}') AS answer
