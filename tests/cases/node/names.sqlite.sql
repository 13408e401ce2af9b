SELECT concat('{"topics":', (SELECT concat('[', group_concat(list_5.item, ','), ']') AS anon_1 
FROM (SELECT concat('{"label":', (topic_1.label -> (topic_1.label ->> '*')), ',"labels":', (SELECT concat('[', group_concat(list_4.item, ','), ']') AS anon_2 
FROM (SELECT concat('{"language":', coalesce('"' || text_2.key || '"', 'null'), ',"text":', (topic_1.label -> text_2.key), ',"direction":', (SELECT coalesce('"' || language_3.direction || '"', 'null') AS anon_3 
FROM language AS language_3 
WHERE language_3.tag = text_2.key), ',"original":', CASE WHEN text_2.key = (topic_1.label ->> '*') THEN 'true' ELSE 'false' END, '}') AS item 
FROM json_each(topic_1.label) AS text_2 
WHERE text_2.key != '*' ORDER BY text_2.key != (topic_1.label ->> '*'), text_2.key) AS list_4), '}') AS item 
FROM topic AS topic_1 ORDER BY topic_1.scheme ASC, topic_1.code ASC) AS list_5), ',"offices":', (SELECT concat('{"nodes":[', group_concat(page_7.item_1, ','), ']}') AS anon_4 
FROM (SELECT concat('{"title":', coalesce((office_6.title -> +?), (office_6.title -> (office_6.title ->> '*'))), ',"titles":', (SELECT concat('[', group_concat(list_10.item, ','), ']') AS anon_5 
FROM (SELECT concat('{"language":', coalesce('"' || text_8.key || '"', 'null'), ',"text":', (office_6.title -> text_8.key), '}') AS item 
FROM json_each(office_6.title) AS text_8 
WHERE text_8.key != '*' ORDER BY text_8.key != (office_6.title ->> '*'), text_8.key) AS list_10), '}') AS item_1 
FROM office AS office_6 ORDER BY office_6.since_asc ASC, office_6.key ASC LIMIT +?) AS page_7), ',"provisions":', (SELECT concat('{"nodes":[', group_concat(page_12.item_1, ','), ']}') AS anon_6 
FROM (SELECT concat('{"heading":', coalesce((provision_11.heading -> (provision_11.heading ->> '*')), 'null'), ',"headings":', (SELECT concat('[', group_concat(list_15.item, ','), ']') AS anon_7 
FROM (SELECT concat('{"language":', coalesce('"' || text_13.key || '"', 'null'), ',"text":', (provision_11.heading -> text_13.key), ',"original":', CASE WHEN text_13.key = (provision_11.heading ->> '*') THEN 'true' ELSE 'false' END, '}') AS item 
FROM json_each(provision_11.heading) AS text_13 
WHERE text_13.key != '*' ORDER BY text_13.key != (provision_11.heading ->> '*'), text_13.key) AS list_15), '}') AS item_1 
FROM provision AS provision_11 ORDER BY provision_11.agreement_key ASC, provision_11.ordinal ASC LIMIT +?) AS page_12), '}') AS answer
