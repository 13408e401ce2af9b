SELECT convert_to((((('{"unplaced":' || (SELECT (('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_2 
FROM event AS event_3 
WHERE (event_3.area_id IN (SELECT place_within_5.inner_id 
FROM place AS place_4 JOIN place_within AS place_within_5 ON place_within_5.outer_id = place_4.id 
WHERE place_4.key IS NOT NULL)) IS NOT TRUE)) || '}') AS anon_1)) || (',"complement":' || (SELECT (('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_4 
FROM event AS event_8 
WHERE (event_8.area_id IN (SELECT place_within_10.inner_id 
FROM place AS place_9 JOIN place_within AS place_within_10 ON place_within_10.outer_id = place_9.id 
WHERE place_9.key IS NOT NULL)) IS NOT TRUE)) || '}') AS anon_3))) || ((',"withoutTopic":' || (SELECT (('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_6 
FROM event AS event_13 
WHERE NOT (EXISTS (SELECT 1 
FROM topic AS topic_14 JOIN topic_within AS topic_within_15 ON topic_within_15.outer_id = topic_14.id JOIN event_topic AS event_topic_16 ON event_topic_16.topic_id = topic_within_15.topic_id 
WHERE topic_14.code IS NOT NULL AND event_topic_16.event_id = event_13.id)))) || '}') AS anon_5)) || ',"uncoded":')) || ((((SELECT (('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_8 
FROM event AS event_19 
WHERE NOT (EXISTS (SELECT 1 
FROM event_code AS event_code_20 
WHERE event_code_20.scheme IS NOT NULL AND event_code_20.event_id = event_19.id)))) || '}') AS anon_7) || ',"unpublished":') || (SELECT (('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_10 
FROM article AS article_23 
WHERE (article_23.publisher_id IN (SELECT actor_24.id 
FROM actor AS actor_24 
WHERE actor_24.key IS NOT NULL)) IS NOT TRUE)) || '}') AS anon_9)) || ((',"nobody":' || (SELECT (('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_12 
FROM actor AS actor_27 
WHERE EXISTS (SELECT 1 
FROM participation AS participation_28 JOIN event AS event_31 ON event_31.id = participation_28.event_id 
WHERE (event_31.area_id IN (SELECT place_within_30.inner_id 
FROM place AS place_29 JOIN place_within AS place_within_30 ON place_within_30.outer_id = place_29.id 
WHERE place_29.key IS NOT NULL)) IS NOT TRUE AND participation_28.actor_id = actor_27.id))) || '}') AS anon_11)) || '}'))), 'UTF8') AS answer
