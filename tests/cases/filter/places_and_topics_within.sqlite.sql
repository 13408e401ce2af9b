SELECT concat('{"events":', (SELECT concat('{"nodes":[', group_concat(page_2.item_1, ','), ']}') AS anon_1 
FROM (SELECT concat('{"id":"', lower(event_1.kind), ':', event_1.key, '"}') AS item_1 
FROM (SELECT event_3.key, event_3.kind, event_3.date_desc 
FROM event AS event_3 
WHERE event_3.area_id IN (SELECT place_within_5.inner_id 
FROM place AS place_4 JOIN place_within AS place_within_5 ON place_within_5.outer_id = place_4.id 
WHERE place_4.id IN (SELECT place_name_6.place_id 
FROM place_name AS place_name_6 
WHERE place_name_6.text = +?)) AND (event_3.contested = +? OR event_3.contested = +?) ORDER BY event_3.date_desc DESC, event_3.kind DESC, event_3.key DESC LIMIT +?) AS event_1 ORDER BY event_1.date_desc DESC, event_1.kind DESC, event_1.key DESC) AS page_2), ',"provisions":', (SELECT concat('{"nodes":[', group_concat(page_8.item_1, ','), ']}') AS anon_2 
FROM (SELECT concat('{"id":"provision:', provision_7.key, '"}') AS item_1 
FROM (SELECT provision_9.key, provision_9.agreement_key, provision_9.ordinal 
FROM provision AS provision_9 
WHERE EXISTS (SELECT 1 
FROM topic AS topic_10 JOIN topic_within AS topic_within_11 ON topic_within_11.outer_id = topic_10.id JOIN provision_topic AS provision_topic_12 ON provision_topic_12.topic_id = topic_within_11.topic_id 
WHERE topic_10.scheme = +? AND topic_10.code IN (SELECT value FROM json_each(+?)) AND provision_topic_12.provision_id = provision_9.id) ORDER BY provision_9.agreement_key ASC, provision_9.ordinal ASC LIMIT +?) AS provision_7 ORDER BY provision_7.agreement_key ASC, provision_7.ordinal ASC) AS page_8), '}') AS answer
