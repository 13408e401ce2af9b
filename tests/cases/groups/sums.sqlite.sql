SELECT concat('{"events":', (SELECT concat('{"nodes":[', group_concat(page_2.item_1, ','), '],"all":', (SELECT concat('[', group_concat(list_12.item, ','), ']') AS anon_2 
FROM (SELECT concat('{"count":', group_11.number, ',"sum":', coalesce('"' || group_11.sum_1 || '"', 'null'), ',"troops":', coalesce('"' || group_11.sum_2 || '"', 'null'), ',"none":', coalesce('"' || group_11.sum_3 || '"', 'null'), '}') AS item 
FROM (SELECT member_7.value_1, count(*) AS number, (CASE WHEN sum(figure_8.best / 1000000000) + sum(figure_8.best % 1000000000) / 1000000000 = 0 THEN CAST(sum(figure_8.best % 1000000000) % 1000000000 / 1000 AS TEXT) ELSE CAST(sum(figure_8.best / 1000000000) + sum(figure_8.best % 1000000000) / 1000000000 AS TEXT) || substr(CAST(1000000 + sum(figure_8.best % 1000000000) % 1000000000 / 1000 AS TEXT), 2) END || CASE WHEN sum(figure_8.best % 1000000000) % 1000 = 0 THEN '' ELSE '.' || rtrim(substr(CAST(1000 + sum(figure_8.best % 1000000000) % 1000 AS TEXT), 2), '0') END) AS sum_1, (CASE WHEN sum(figure_9.best / 1000000000) + sum(figure_9.best % 1000000000) / 1000000000 = 0 THEN CAST(sum(figure_9.best % 1000000000) % 1000000000 / 1000 AS TEXT) ELSE CAST(sum(figure_9.best / 1000000000) + sum(figure_9.best % 1000000000) / 1000000000 AS TEXT) || substr(CAST(1000000 + sum(figure_9.best % 1000000000) % 1000000000 / 1000 AS TEXT), 2) END || CASE WHEN sum(figure_9.best % 1000000000) % 1000 = 0 THEN '' ELSE '.' || rtrim(substr(CAST(1000 + sum(figure_9.best % 1000000000) % 1000 AS TEXT), 2), '0') END) AS sum_2, (CASE WHEN sum(figure_10.best / 1000000000) + sum(figure_10.best % 1000000000) / 1000000000 = 0 THEN CAST(sum(figure_10.best % 1000000000) % 1000000000 / 1000 AS TEXT) ELSE CAST(sum(figure_10.best / 1000000000) + sum(figure_10.best % 1000000000) / 1000000000 AS TEXT) || substr(CAST(1000000 + sum(figure_10.best % 1000000000) % 1000000000 / 1000 AS TEXT), 2) END || CASE WHEN sum(figure_10.best % 1000000000) % 1000 = 0 THEN '' ELSE '.' || rtrim(substr(CAST(1000 + sum(figure_10.best % 1000000000) % 1000 AS TEXT), 2), '0') END) AS sum_3 
FROM (SELECT DISTINCT event_5.kind AS value_1, event_5.id AS id 
FROM event AS event_5 
WHERE EXISTS (SELECT 1 
FROM figure AS figure_6 
WHERE figure_6.measure = +? AND figure_6.unit IN (SELECT value FROM json_each(+?)) AND figure_6.event_id = event_5.id)) AS member_7 LEFT OUTER JOIN figure AS figure_8 ON figure_8.event_id = member_7.id AND figure_8.measure = +? AND figure_8.unit = +? LEFT OUTER JOIN figure AS figure_9 ON figure_9.event_id = member_7.id AND figure_9.measure = +? AND figure_9.unit IS NULL LEFT OUTER JOIN figure AS figure_10 ON figure_10.event_id = member_7.id AND figure_10.measure = +? AND figure_10.unit IS NULL GROUP BY member_7.value_1 ORDER BY count(*) DESC, member_7.value_1 ASC NULLS LAST
 LIMIT +? OFFSET 0) AS group_11 ORDER BY group_11.number DESC, group_11.value_1 ASC NULLS LAST) AS list_12), ',"shared":', (SELECT concat('[', group_concat(list_20.item, ','), ']') AS anon_3 
FROM (SELECT concat('{"sum":', coalesce('"' || group_19.sum_1 || '"', 'null'), ',"keys":[{"value":', coalesce('"' || 'actor:' || group_19.value_1 || '"', 'null'), '}]}') AS item 
FROM (SELECT member_17.value_1, count(*) AS number, (CASE WHEN sum(figure_18.best / 1000000000) + sum(figure_18.best % 1000000000) / 1000000000 = 0 THEN CAST(sum(figure_18.best % 1000000000) % 1000000000 / 1000 AS TEXT) ELSE CAST(sum(figure_18.best / 1000000000) + sum(figure_18.best % 1000000000) / 1000000000 AS TEXT) || substr(CAST(1000000 + sum(figure_18.best % 1000000000) % 1000000000 / 1000 AS TEXT), 2) END || CASE WHEN sum(figure_18.best % 1000000000) % 1000 = 0 THEN '' ELSE '.' || rtrim(substr(CAST(1000 + sum(figure_18.best % 1000000000) % 1000 AS TEXT), 2), '0') END) AS sum_1 
FROM (SELECT DISTINCT actor_16.key AS value_1, event_13.id AS id 
FROM event AS event_13 LEFT OUTER JOIN participation AS participation_15 ON participation_15.event_id = event_13.id LEFT OUTER JOIN actor AS actor_16 ON actor_16.id = participation_15.actor_id 
WHERE EXISTS (SELECT 1 
FROM figure AS figure_14 
WHERE figure_14.measure = +? AND figure_14.unit IN (SELECT value FROM json_each(+?)) AND figure_14.event_id = event_13.id)) AS member_17 LEFT OUTER JOIN figure AS figure_18 ON figure_18.event_id = member_17.id AND figure_18.measure = +? AND figure_18.unit = +? GROUP BY member_17.value_1 ORDER BY member_17.value_1 ASC NULLS LAST
 LIMIT +? OFFSET 0) AS group_19 ORDER BY group_19.value_1 ASC NULLS LAST) AS list_20), '}') AS anon_1 
FROM (SELECT concat('{"id":"', lower(event_1.kind), ':', event_1.key, '","figures":', (SELECT concat('[', group_concat(list_4.item, ','), ']') AS anon_4 
FROM (SELECT concat('{"measure":"', figure_3.measure, '","label":', coalesce((figure_3.label -> +?), (figure_3.label -> (figure_3.label ->> '*')), 'null'), ',"low":', coalesce('"' || (CAST(figure_3.low / 1000 AS TEXT) || CASE WHEN figure_3.low % 1000 = 0 THEN '' ELSE '.' || rtrim(substr(CAST(1000 + figure_3.low % 1000 AS TEXT), 2), '0') END) || '"', 'null'), ',"best":', coalesce('"' || (CAST(figure_3.best / 1000 AS TEXT) || CASE WHEN figure_3.best % 1000 = 0 THEN '' ELSE '.' || rtrim(substr(CAST(1000 + figure_3.best % 1000 AS TEXT), 2), '0') END) || '"', 'null'), ',"high":', coalesce('"' || (CAST(figure_3.high / 1000 AS TEXT) || CASE WHEN figure_3.high % 1000 = 0 THEN '' ELSE '.' || rtrim(substr(CAST(1000 + figure_3.high % 1000 AS TEXT), 2), '0') END) || '"', 'null'), ',"unit":', json_quote(figure_3.unit), '}') AS item 
FROM figure AS figure_3 
WHERE figure_3.event_id = event_1.id ORDER BY figure_3.ordinal ASC) AS list_4), '}') AS item_1 
FROM (SELECT event_21.key, event_21.kind, event_21.id, event_21.date_desc 
FROM event AS event_21 
WHERE EXISTS (SELECT 1 
FROM figure AS figure_22 
WHERE figure_22.measure = +? AND figure_22.unit IN (SELECT value FROM json_each(+?)) AND figure_22.event_id = event_21.id) ORDER BY event_21.date_desc DESC, event_21.kind DESC, event_21.key DESC LIMIT +?) AS event_1 ORDER BY event_1.date_desc DESC, event_1.kind DESC, event_1.key DESC) AS page_2), ',"troops":', (SELECT concat('{"totalCount":', (SELECT count(*) AS anon_6 
FROM event AS event_25 
WHERE event_25.kind = 'ACTION' AND (EXISTS (SELECT 1 
FROM figure AS figure_26 
WHERE figure_26.best >= +? AND figure_26.best <= +? AND figure_26.event_id = event_25.id))), '}') AS anon_5), ',"unknown":', (SELECT concat('{"totalCount":', (SELECT count(*) AS anon_8 
FROM event AS event_29 
WHERE event_29.kind = 'ACTION' AND (EXISTS (SELECT 1 
FROM figure AS figure_30 
WHERE figure_30.unit IN (SELECT value FROM json_each(+?)) AND figure_30.best >= +? AND figure_30.event_id = event_29.id))), '}') AS anon_7), ',"without":', (SELECT concat('{"totalCount":', (SELECT count(*) AS anon_10 
FROM event AS event_33 
WHERE NOT (EXISTS (SELECT 1 
FROM figure AS figure_34 
WHERE 1 = 1 AND figure_34.event_id = event_33.id))), ',"groups":', (SELECT concat('[', group_concat(list_39.item, ','), ']') AS anon_11 
FROM (SELECT concat('{"count":', group_38.number, ',"keys":[{"value":', coalesce('"' || '' || group_38.value_1 || '"', 'null'), '}]}') AS item 
FROM (SELECT figure_37.measure AS value_1, count(DISTINCT event_35.id) AS number 
FROM event AS event_35 LEFT OUTER JOIN figure AS figure_37 ON figure_37.event_id = event_35.id 
WHERE NOT (EXISTS (SELECT 1 
FROM figure AS figure_36 
WHERE 1 = 1 AND figure_36.event_id = event_35.id)) GROUP BY figure_37.measure ORDER BY count(DISTINCT event_35.id) DESC, figure_37.measure ASC NULLS LAST
 LIMIT +? OFFSET 0) AS group_38 ORDER BY group_38.number DESC, group_38.value_1 ASC NULLS LAST) AS list_39), '}') AS anon_9), '}') AS answer
