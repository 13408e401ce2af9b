SELECT convert_to((('{"events":' || (SELECT ((('{"years":' || (SELECT (('[' || coalesce(string_agg(list_5.item, ','), '')) || ']') AS anon_2 
FROM (SELECT ((('{"count":' || CAST(group_4.number AS text)) || ',"keys":[{"value":') || (coalesce('"' || '' || group_4.value_1 || '"', 'null') || '}]}')) AS item 
FROM (SELECT CASE WHEN event_3.date_desc > '' AND substr(event_3.date_desc, 1, 4) = substr(event_3.date_desc, 12, 4) THEN substr(event_3.date_desc, 1, 4) END AS value_1, count(*) AS number 
FROM event AS event_3 GROUP BY CASE WHEN event_3.date_desc > '' AND substr(event_3.date_desc, 1, 4) = substr(event_3.date_desc, 12, 4) THEN substr(event_3.date_desc, 1, 4) END ORDER BY count(*) DESC, CASE WHEN event_3.date_desc > '' AND substr(event_3.date_desc, 1, 4) = substr(event_3.date_desc, 12, 4) THEN substr(event_3.date_desc, 1, 4) END COLLATE "C" ASC NULLS LAST 
 LIMIT $1::INTEGER OFFSET 0) AS group_4 ORDER BY group_4.number DESC, group_4.value_1 COLLATE "C" ASC NULLS LAST) AS list_5)) || (',"months":' || (SELECT (('[' || coalesce(string_agg(list_8.item, ','), '')) || ']') AS anon_3 
FROM (SELECT ((('{"count":' || CAST(group_7.number AS text)) || ',"keys":[{"value":') || (coalesce('"' || '' || group_7.value_1 || '"', 'null') || '}]}')) AS item 
FROM (SELECT CASE WHEN event_6.date_desc > '' AND substr(event_6.date_desc, 1, 7) = substr(event_6.date_desc, 12, 7) THEN substr(event_6.date_desc, 1, 7) END AS value_1, count(*) AS number 
FROM event AS event_6 GROUP BY CASE WHEN event_6.date_desc > '' AND substr(event_6.date_desc, 1, 7) = substr(event_6.date_desc, 12, 7) THEN substr(event_6.date_desc, 1, 7) END ORDER BY count(*) DESC, CASE WHEN event_6.date_desc > '' AND substr(event_6.date_desc, 1, 7) = substr(event_6.date_desc, 12, 7) THEN substr(event_6.date_desc, 1, 7) END COLLATE "C" ASC NULLS LAST 
 LIMIT $2::INTEGER OFFSET 0) AS group_7 ORDER BY group_7.number DESC, group_7.value_1 COLLATE "C" ASC NULLS LAST) AS list_8))) || ((',"places":' || (SELECT (('[' || coalesce(string_agg(list_14.item, ','), '')) || ']') AS anon_4 
FROM (SELECT (((('{"count":' || CAST(group_11.number AS text)) || ',"keys":[{"dimension":"COUNTRY","value":') || ((coalesce('"' || '' || group_11.value_1 || '"', 'null') || ',"label":') || coalesce((SELECT coalesce(CAST(country_12.name -> $3::VARCHAR AS text), CAST(country_12.name -> (country_12.name ->> '*') AS text)) AS coalesce_1 
FROM country AS country_12 
WHERE country_12.code = group_11.value_1), 'null'))) || ((('},{"dimension":"PLACE","value":' || coalesce('"' || 'place:' || group_11.value_2 || '"', 'null')) || ',"label":') || (coalesce((SELECT coalesce(CAST(place_13.name -> $3::VARCHAR AS text), CAST(place_13.name -> (place_13.name ->> '*') AS text)) AS coalesce_2 
FROM place AS place_13 
WHERE place_13.key = group_11.value_2), 'null') || '}]}'))) AS item 
FROM (SELECT place_10.country_within AS value_1, place_10.key AS value_2, count(*) AS number 
FROM event AS event_9 LEFT OUTER JOIN place AS place_10 ON place_10.id = event_9.place_id GROUP BY place_10.country_within, place_10.key ORDER BY count(*) DESC, place_10.country_within COLLATE "C" ASC NULLS LAST, place_10.key COLLATE "C" ASC NULLS LAST 
 LIMIT $4::INTEGER OFFSET 0) AS group_11 ORDER BY group_11.number DESC, group_11.value_1 COLLATE "C" ASC NULLS LAST, group_11.value_2 COLLATE "C" ASC NULLS LAST) AS list_14)) || '}')) AS anon_1)) || '}'), 'UTF8') AS answer
