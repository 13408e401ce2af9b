SELECT concat('{"unplaced":', (SELECT concat('{"totalCount":', (SELECT count(*) AS anon_2 
FROM event AS event_3 
WHERE (event_3.id IN (SELECT event_place_6.event_id 
FROM place AS place_4 JOIN place_within AS place_within_5 ON place_within_5.outer_id = place_4.id JOIN event_place AS event_place_6 ON event_place_6.place_id = place_within_5.place_id 
WHERE place_4.key IS NOT NULL)) IS NOT TRUE), '}') AS anon_1), ',"complement":', (SELECT concat('{"totalCount":', (SELECT count(*) AS anon_4 
FROM event AS event_9 
WHERE (event_9.id IN (SELECT event_place_12.event_id 
FROM place AS place_10 JOIN place_within AS place_within_11 ON place_within_11.outer_id = place_10.id JOIN event_place AS event_place_12 ON event_place_12.place_id = place_within_11.place_id 
WHERE place_10.key IS NOT NULL)) IS NOT TRUE), '}') AS anon_3), ',"withoutTopic":', (SELECT concat('{"totalCount":', (SELECT count(*) AS anon_6 
FROM event AS event_15 
WHERE NOT (EXISTS (SELECT 1 
FROM topic AS topic_16 JOIN topic_within AS topic_within_17 ON topic_within_17.outer_id = topic_16.id JOIN event_topic AS event_topic_18 ON event_topic_18.topic_id = topic_within_17.topic_id 
WHERE topic_16.code IS NOT NULL AND event_topic_18.event_id = event_15.id))), '}') AS anon_5), ',"uncoded":', (SELECT concat('{"totalCount":', (SELECT count(*) AS anon_8 
FROM event AS event_21 
WHERE NOT (EXISTS (SELECT 1 
FROM event_code AS event_code_22 
WHERE event_code_22.scheme IS NOT NULL AND event_code_22.event_id = event_21.id))), '}') AS anon_7), ',"unpublished":', (SELECT concat('{"totalCount":', (SELECT count(*) AS anon_10 
FROM article AS article_25 
WHERE (article_25.publisher_id IN (SELECT actor_26.id 
FROM actor AS actor_26 
WHERE actor_26.key IS NOT NULL)) IS NOT TRUE), '}') AS anon_9), ',"nobody":', (SELECT concat('{"totalCount":', (SELECT count(*) AS anon_12 
FROM actor AS actor_29 
WHERE EXISTS (SELECT 1 
FROM participation AS participation_30 
WHERE (participation_30.event_id IN (SELECT event_place_33.event_id 
FROM place AS place_31 JOIN place_within AS place_within_32 ON place_within_32.outer_id = place_31.id JOIN event_place AS event_place_33 ON event_place_33.place_id = place_within_32.place_id 
WHERE place_31.key IS NOT NULL)) IS NOT TRUE AND participation_30.actor_id = actor_29.id)), '}') AS anon_11), '}') AS answer
