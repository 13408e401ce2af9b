SELECT concat('{"none":', (SELECT concat('{"totalCount":', (SELECT count(*) AS anon_2 
FROM event AS event_3 
WHERE NOT (EXISTS (SELECT 1 
FROM participation AS participation_4 JOIN actor AS actor_5 ON actor_5.id = participation_4.actor_id 
WHERE actor_5.kind IN (SELECT value FROM json_each(+?)) AND participation_4.event_id = event_3.id))), '}') AS anon_1), ',"every":', (SELECT concat('{"nodes":[', group_concat(page_7.item_1, ','), ']}') AS anon_3 
FROM (SELECT concat('{"id":"', lower(event_6.kind), ':', event_6.key, '"}') AS item_1 
FROM (SELECT event_8.key, event_8.kind, event_8.date_desc 
FROM event AS event_8 
WHERE NOT (EXISTS (SELECT 1 
FROM claim AS claim_9 
WHERE NOT claim_9.basis IN (SELECT value FROM json_each(+?)) AND claim_9.subject_id = event_8.id)) ORDER BY event_8.date_desc DESC, event_8.kind DESC, event_8.key DESC LIMIT +?) AS event_6 ORDER BY event_6.date_desc DESC, event_6.kind DESC, event_6.key DESC) AS page_7), ',"some":', (SELECT concat('{"nodes":[', group_concat(page_11.item_1, ','), ']}') AS anon_4 
FROM (SELECT concat('{"id":"agreement:', event_10.key, '"}') AS item_1 
FROM (SELECT event_12.key, event_12.date_desc 
FROM event AS event_12 
WHERE event_12.kind = 'AGREEMENT' AND (EXISTS (SELECT 1 
FROM provision AS provision_13 
WHERE provision_13.id IN (SELECT provision_topic_16.provision_id 
FROM topic AS topic_14 JOIN topic_within AS topic_within_15 ON topic_within_15.outer_id = topic_14.id JOIN provision_topic AS provision_topic_16 ON provision_topic_16.topic_id = topic_within_15.topic_id 
WHERE lower(topic_14.code) >= +? AND lower(topic_14.code) < +? || char(1114111)) AND provision_13.agreement_id = event_12.id)) ORDER BY event_12.date_desc DESC, event_12.key DESC LIMIT +?) AS event_10 ORDER BY event_10.date_desc DESC, event_10.key DESC) AS page_11), '}') AS answer
