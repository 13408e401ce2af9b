SELECT concat('{"provisions":', (SELECT concat('{"groups":', (SELECT concat('[', group_concat(list_8.item, ','), ']') AS anon_2 
FROM (SELECT concat('{"count":', group_6.number, ',"keys":[{"value":', coalesce('"' || 'topic:' || group_6.value_1 || '"', 'null'), ',"label":', coalesce((SELECT coalesce((topic_7.label -> +?), (topic_7.label -> (topic_7.label ->> '*'))) AS coalesce_1 
FROM topic AS topic_7 
WHERE topic_7.key = group_6.value_1), 'null'), '}]}') AS item 
FROM (SELECT topic_5.key AS value_1, count(*) AS number 
FROM provision AS provision_3 LEFT OUTER JOIN provision_topic AS provision_topic_4 ON provision_topic_4.provision_id = provision_3.id LEFT OUTER JOIN topic AS topic_5 ON topic_5.id = provision_topic_4.topic_id GROUP BY topic_5.key ORDER BY count(*) DESC, topic_5.key ASC NULLS LAST
 LIMIT +? OFFSET 0) AS group_6 ORDER BY group_6.number DESC, group_6.value_1 ASC NULLS LAST) AS list_8), ',"types":', (SELECT concat('[', group_concat(list_15.item, ','), ']') AS anon_3 
FROM (SELECT concat('{"count":', group_13.number, ',"keys":[{"value":', coalesce('"' || '' || group_13.value_1 || '"', 'null'), ',"label":null},{"value":', coalesce('"' || '' || group_13.value_2 || '"', 'null'), ',"label":', coalesce((SELECT coalesce((country_14.name -> +?), (country_14.name -> (country_14.name ->> '*'))) AS coalesce_2 
FROM country AS country_14 
WHERE country_14.code = group_13.value_2), 'null'), '}]}') AS item 
FROM (SELECT agreement_10.type AS value_1, actor_12.country_code AS value_2, count(DISTINCT provision_9.id) AS number 
FROM provision AS provision_9 LEFT OUTER JOIN agreement AS agreement_10 ON agreement_10.id = provision_9.agreement_id LEFT OUTER JOIN participation AS participation_11 ON participation_11.event_id = provision_9.agreement_id AND participation_11.role = 'PARTY' LEFT OUTER JOIN actor AS actor_12 ON actor_12.id = participation_11.actor_id GROUP BY agreement_10.type, actor_12.country_code ORDER BY count(DISTINCT provision_9.id) DESC, agreement_10.type ASC NULLS LAST, actor_12.country_code ASC NULLS LAST
 LIMIT +? OFFSET 0) AS group_13 ORDER BY group_13.number DESC, group_13.value_1 ASC NULLS LAST, group_13.value_2 ASC NULLS LAST) AS list_15), '}') AS anon_1), ',"actor":', coalesce((SELECT concat('{"events":', (SELECT concat('{"groups":', (SELECT concat('[', group_concat(list_26.item, ','), ']') AS anon_5 
FROM (SELECT concat('{"count":', group_24.number, ',"keys":[{"value":', coalesce('"' || 'actor:' || group_24.value_1 || '"', 'null'), ',"label":', coalesce((SELECT (actor_25.name -> (actor_25.name ->> '*')) AS anon_6 
FROM actor AS actor_25 
WHERE actor_25.key = group_24.value_1), 'null'), '}]}') AS item 
FROM (SELECT actor_23.key AS value_1, count(*) AS number 
FROM event AS event_19 LEFT OUTER JOIN report AS report_21 ON report_21.event_id = event_19.id LEFT OUTER JOIN article AS article_22 ON article_22.id = report_21.article_id LEFT OUTER JOIN actor AS actor_23 ON actor_23.id = article_22.publisher_id 
WHERE event_19.id IN (SELECT participation_20.event_id 
FROM participation AS participation_20 
WHERE participation_20.actor_id = actor_16.id) GROUP BY actor_23.key ORDER BY count(*) DESC, actor_23.key ASC NULLS LAST
 LIMIT +? OFFSET 0) AS group_24 ORDER BY group_24.number DESC, group_24.value_1 ASC NULLS LAST) AS list_26), '}') AS anon_4), '}') AS item 
FROM actor AS actor_16 
WHERE actor_16.key = coalesce((SELECT merged.into_key 
FROM merged 
WHERE merged."key" = +?), +?)
 LIMIT 1 OFFSET 0), 'null'), '}') AS answer
