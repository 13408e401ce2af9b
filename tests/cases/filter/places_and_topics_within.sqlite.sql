SELECT concat('{"events":', (SELECT concat('{"nodes":[', group_concat(page_2.item_1, ','), ']}') AS anon_1 
FROM (SELECT concat('{"id":"', lower(event_1.kind), ':', event_1.key, '"}') AS item_1 
FROM (SELECT event_3.key, event_3.kind, event_3.date_desc 
FROM event AS event_3 
WHERE event_3.id IN (SELECT event_place_6.event_id 
FROM place AS place_4 JOIN place_within AS place_within_5 ON place_within_5.outer_id = place_4.id JOIN event_place AS event_place_6 ON event_place_6.place_id = place_within_5.place_id 
WHERE place_4.id IN (SELECT place_name_7.place_id 
FROM place_name AS place_name_7 
WHERE place_name_7.text = +?)) AND (event_3.contested = +? OR event_3.contested = +?) ORDER BY event_3.date_desc DESC, event_3.kind DESC, event_3.key DESC LIMIT +?) AS event_1 ORDER BY event_1.date_desc DESC, event_1.kind DESC, event_1.key DESC) AS page_2), ',"provisions":', (SELECT concat('{"nodes":[', group_concat(page_9.item_1, ','), ']}') AS anon_2 
FROM (SELECT concat('{"id":"provision:', provision_8.key, '"}') AS item_1 
FROM (SELECT provision_10.key, provision_10.agreement_key, provision_10.ordinal 
FROM provision AS provision_10 
WHERE EXISTS (SELECT 1 
FROM topic AS topic_11 JOIN topic_within AS topic_within_12 ON topic_within_12.outer_id = topic_11.id JOIN provision_topic AS provision_topic_13 ON provision_topic_13.topic_id = topic_within_12.topic_id 
WHERE topic_11.scheme = +? AND topic_11.code IN (SELECT value FROM json_each(+?)) AND provision_topic_13.provision_id = provision_10.id) ORDER BY provision_10.agreement_key ASC, provision_10.ordinal ASC LIMIT +?) AS provision_8 ORDER BY provision_8.agreement_key ASC, provision_8.ordinal ASC) AS page_9), '}') AS answer
