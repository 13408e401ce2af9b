SELECT concat('{"events":', (SELECT concat('{"nodes":[', group_concat(page_2.item_1, ','), ']}') AS anon_1 
FROM (SELECT concat('{"id":"', lower(event_1.kind), ':', event_1.key, '"}') AS item_1 
FROM (SELECT event_3.key, event_3.kind, event_3.date_desc 
FROM event AS event_3 
WHERE event_3.place_id IN (SELECT place_within_5.place_id 
FROM place AS place_4 JOIN place_within AS place_within_5 ON place_within_5.outer_id = place_4.id 
WHERE EXISTS (SELECT 1 FROM json_each(place_4.name) WHERE key <> '*' AND value = +?)) AND (event_3.contested = +? OR event_3.contested = +?) ORDER BY event_3.date_desc DESC, event_3.kind DESC, event_3.key DESC LIMIT +?) AS event_1 ORDER BY event_1.date_desc DESC, event_1.kind DESC, event_1.key DESC) AS page_2), ',"provisions":', (SELECT concat('{"nodes":[', group_concat(page_7.item_1, ','), ']}') AS anon_2 
FROM (SELECT concat('{"id":"provision:', provision_6.key, '"}') AS item_1 
FROM (SELECT provision_8.key, provision_8.agreement_key, provision_8.ordinal 
FROM provision AS provision_8 
WHERE EXISTS (SELECT 1 
FROM topic AS topic_9 JOIN topic_within AS topic_within_10 ON topic_within_10.outer_id = topic_9.id JOIN provision_topic AS provision_topic_11 ON provision_topic_11.topic_id = topic_within_10.topic_id 
WHERE topic_9.scheme = +? AND topic_9.code IN (SELECT value FROM json_each(+?)) AND provision_topic_11.provision_id = provision_8.id) ORDER BY provision_8.agreement_key ASC, provision_8.ordinal ASC LIMIT +?) AS provision_6 ORDER BY provision_6.agreement_key ASC, provision_6.ordinal ASC) AS page_7), '}') AS answer
