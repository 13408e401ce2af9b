SELECT concat('{"agreements":', (SELECT concat('{"nodes":[', group_concat(page_2.item_1, ','), ']}') AS anon_1 
FROM (SELECT concat('{"title":', coalesce((event_1.title -> +?), (event_1.title -> (event_1.title ->> '*'))), ',"type":"', agreement_3.type, '","contested":', CASE WHEN event_1.contested THEN 'true' ELSE 'false' END, ',"aims":', (SELECT concat('[', group_concat(list_5.item, ','), ']') AS anon_2 
FROM (SELECT coalesce((agreement_aim_4.text -> +?), (agreement_aim_4.text -> (agreement_aim_4.text ->> '*'))) AS item 
FROM agreement_aim AS agreement_aim_4 
WHERE agreement_aim_4.agreement_id = event_1.id ORDER BY agreement_aim_4.ordinal ASC) AS list_5), ',"signatures":', (SELECT concat('[', group_concat(list_9.item, ','), ']') AS anon_3 
FROM (SELECT concat('{"actor":{"name":', coalesce((actor_7.name -> +?), (actor_7.name -> (actor_7.name ->> '*'))), '},"office":', CASE WHEN (participation_6.office_id IS NULL) THEN 'null' ELSE concat('{"title":', coalesce((office_8.title -> +?), (office_8.title -> (office_8.title ->> '*'))), '}') END, '}') AS item 
FROM participation AS participation_6 JOIN actor AS actor_7 ON actor_7.id = participation_6.actor_id LEFT OUTER JOIN office AS office_8 ON office_8.id = participation_6.office_id 
WHERE participation_6.role = 'SIGNATORY' AND participation_6.event_id = event_1.id ORDER BY participation_6.ordinal ASC) AS list_9), ',"provisions":', (SELECT concat('{"nodes":[', group_concat(page_11.item_1, ','), ']}') AS anon_4 
FROM (SELECT concat('{"ordinal":', provision_10.ordinal, ',"heading":', coalesce((provision_10.heading -> +?), (provision_10.heading -> (provision_10.heading ->> '*')), 'null'), ',"texts":', (SELECT concat('[', group_concat(list_14.item, ','), ']') AS anon_5 
FROM (SELECT concat('{"language":', coalesce('"' || text_12.key || '"', 'null'), ',"original":', CASE WHEN text_12.key = (provision_10.text ->> '*') THEN 'true' ELSE 'false' END, ',"text":', (provision_10.text -> text_12.key), '}') AS item 
FROM json_each(provision_10.text) AS text_12 
WHERE text_12.key != '*' ORDER BY text_12.key != (provision_10.text ->> '*'), text_12.key) AS list_14), ',"topics":', (SELECT concat('[', group_concat(list_17.item, ','), ']') AS anon_6 
FROM (SELECT concat('{"label":', coalesce((topic_15.label -> +?), (topic_15.label -> (topic_15.label ->> '*'))), '}') AS item 
FROM topic AS topic_15 JOIN provision_topic AS provision_topic_16 ON provision_topic_16.topic_id = topic_15.id 
WHERE provision_topic_16.provision_id = provision_10.id ORDER BY topic_15.scheme ASC, topic_15.code ASC) AS list_17), '}') AS item_1 
FROM provision AS provision_10 
WHERE provision_10.agreement_id = event_1.id ORDER BY provision_10.ordinal ASC LIMIT +?) AS page_11), ',"claims":', (SELECT concat('{"nodes":[', group_concat(page_19.item_1, ','), ']}') AS anon_7 
FROM (SELECT concat('{"property":', json_quote(claim_18.property), ',"value":', json_quote(claim_18.value), ',"stance":"', claim_18.stance, '","quote":{"text":', json_quote(claim_18.quote_text), '},"attribution":', (SELECT concat('[', group_concat(list_22.item, ','), ']') AS anon_8 
FROM (SELECT concat('{"actor":{"name":', coalesce((actor_21.name -> +?), (actor_21.name -> (actor_21.name ->> '*'))), '}}') AS item 
FROM attribution AS attribution_20 JOIN actor AS actor_21 ON actor_21.id = attribution_20.actor_id 
WHERE attribution_20.claim_id = claim_18.id ORDER BY attribution_20.ordinal ASC) AS list_22), '}') AS item_1 
FROM claim AS claim_18 
WHERE claim_18.subject_id = event_1.id ORDER BY claim_18.article_key ASC, claim_18.quote_start ASC, claim_18.key ASC LIMIT +?) AS page_19), '}') AS item_1 
FROM event AS event_1 CROSS JOIN agreement AS agreement_3 ON agreement_3.id = event_1.id 
WHERE event_1.kind = 'AGREEMENT' ORDER BY event_1.date_desc DESC, event_1.key DESC LIMIT +?) AS page_2), '}') AS answer
