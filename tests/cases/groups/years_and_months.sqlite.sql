SELECT (('{"events":' || (SELECT (((('{"totalCount":' || (SELECT count(*) AS anon_2 
FROM event AS event_3)) || ',"years":') || ((SELECT '[' || coalesce(group_concat(list_6.item, ','), '') || ']' AS anon_3 
FROM (SELECT ((('{"count":' || group_5.number) || ',"keys":[{"value":') || (coalesce('"' || group_5.value_1 || '"', 'null') || '}]}')) AS item 
FROM (SELECT CASE WHEN event_4.date_desc > '' AND substr(event_4.date_desc, 1, 4) = substr(event_4.date_desc, 12, 4) THEN substr(event_4.date_desc, 1, 4) END AS value_1, count(*) AS number 
FROM event AS event_4 GROUP BY CASE WHEN event_4.date_desc > '' AND substr(event_4.date_desc, 1, 4) = substr(event_4.date_desc, 12, 4) THEN substr(event_4.date_desc, 1, 4) END ORDER BY count(*) DESC, CASE WHEN event_4.date_desc > '' AND substr(event_4.date_desc, 1, 4) = substr(event_4.date_desc, 12, 4) THEN substr(event_4.date_desc, 1, 4) END ASC NULLS LAST
 LIMIT ? OFFSET 0) AS group_5 ORDER BY group_5.number DESC, group_5.value_1 ASC NULLS LAST) AS list_6) || ',"months":')) || (((SELECT '[' || coalesce(group_concat(list_9.item, ','), '') || ']' AS anon_4 
FROM (SELECT ((('{"count":' || group_8.number) || ',"keys":[{"value":') || (coalesce('"' || group_8.value_1 || '"', 'null') || '}]}')) AS item 
FROM (SELECT CASE WHEN event_7.date_desc > '' AND substr(event_7.date_desc, 1, 7) = substr(event_7.date_desc, 12, 7) THEN substr(event_7.date_desc, 1, 7) END AS value_1, count(*) AS number 
FROM event AS event_7 GROUP BY CASE WHEN event_7.date_desc > '' AND substr(event_7.date_desc, 1, 7) = substr(event_7.date_desc, 12, 7) THEN substr(event_7.date_desc, 1, 7) END ORDER BY count(*) DESC, CASE WHEN event_7.date_desc > '' AND substr(event_7.date_desc, 1, 7) = substr(event_7.date_desc, 12, 7) THEN substr(event_7.date_desc, 1, 7) END ASC NULLS LAST
 LIMIT ? OFFSET 0) AS group_8 ORDER BY group_8.number DESC, group_8.value_1 ASC NULLS LAST) AS list_9) || ',"places":') || ((SELECT '[' || coalesce(group_concat(list_15.item, ','), '') || ']' AS anon_5 
FROM (SELECT (((('{"count":' || group_12.number) || ',"keys":[{"dimension":"COUNTRY","value":') || ((coalesce('"' || group_12.value_1 || '"', 'null') || ',"label":') || coalesce((SELECT coalesce((country_13.name -> ?), (country_13.name -> (country_13.name ->> '*')), 'null') AS coalesce_1 
FROM country AS country_13 
WHERE country_13.code = group_12.value_1), 'null'))) || ((('},{"dimension":"PLACE","value":' || coalesce('"' || ('place:' || group_12.value_2) || '"', 'null')) || ',"label":') || (coalesce((SELECT coalesce((place_14.name -> ?), (place_14.name -> (place_14.name ->> '*')), 'null') AS coalesce_2 
FROM place AS place_14 
WHERE place_14.key = group_12.value_2), 'null') || '}]}'))) AS item 
FROM (SELECT place_11.country_within AS value_1, place_11.key AS value_2, count(*) AS number 
FROM event AS event_10 LEFT OUTER JOIN place AS place_11 ON place_11.id = event_10.place_id GROUP BY place_11.country_within, place_11.key ORDER BY count(*) DESC, place_11.country_within ASC NULLS LAST, place_11.key ASC NULLS LAST
 LIMIT ? OFFSET 0) AS group_12 ORDER BY group_12.number DESC, group_12.value_1 ASC NULLS LAST, group_12.value_2 ASC NULLS LAST) AS list_15) || '}'))) AS anon_1)) || '}') AS answer
