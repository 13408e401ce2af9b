SELECT concat('{"claimed":', (SELECT concat('{"totalCount":', (SELECT count(*) AS anon_2 
FROM event AS event_3 
WHERE EXISTS (SELECT 1 
FROM claim AS claim_4 
WHERE 1 = 1 AND claim_4.subject_id = event_3.id)), '}') AS anon_1), ',"unclaimed":', (SELECT concat('{"nodes":[', group_concat(page_6.item_1, ','), ']}') AS anon_3 
FROM (SELECT concat('{"id":"', lower(event_5.kind), ':', event_5.key, '"}') AS item_1 
FROM (SELECT event_7.key, event_7.kind, event_7.date_desc 
FROM event AS event_7 
WHERE NOT (EXISTS (SELECT 1 
FROM claim AS claim_8 
WHERE 1 = 1 AND claim_8.subject_id = event_7.id)) ORDER BY event_7.date_desc DESC, event_7.kind DESC, event_7.key DESC LIMIT +?) AS event_5 ORDER BY event_5.date_desc DESC, event_5.kind DESC, event_5.key DESC) AS page_6), ',"all":', (SELECT concat('{"totalCount":', (SELECT coalesce(sum(record_count.delta), 0) AS anon_5 
FROM record_count 
WHERE record_count.kind IN ('AGREEMENT')), '}') AS anon_4), ',"placed":', (SELECT concat('{"totalCount":', (SELECT count(*) AS anon_7 
FROM event AS event_13 
WHERE event_13.id IN (SELECT event_place_16.event_id 
FROM place AS place_14 JOIN place_within AS place_within_15 ON place_within_15.outer_id = place_14.id JOIN event_place AS event_place_16 ON event_place_16.place_id = place_within_15.place_id 
WHERE 1 = 1)), '}') AS anon_6), ',"unplaced":', (SELECT concat('{"totalCount":', (SELECT count(*) AS anon_9 
FROM event AS event_19 
WHERE (event_19.id IN (SELECT event_place_22.event_id 
FROM place AS place_20 JOIN place_within AS place_within_21 ON place_within_21.outer_id = place_20.id JOIN event_place AS event_place_22 ON event_place_22.place_id = place_within_21.place_id 
WHERE 1 = 1)) IS NOT TRUE), '}') AS anon_8), ',"coded":', (SELECT concat('{"totalCount":', (SELECT count(*) AS anon_11 
FROM event AS event_25 
WHERE EXISTS (SELECT 1 
FROM event_code AS event_code_26 
WHERE 1 = 1 AND event_code_26.event_id = event_25.id)), '}') AS anon_10), ',"withTopics":', (SELECT concat('{"totalCount":', (SELECT count(*) AS anon_13 
FROM event AS event_29 
WHERE EXISTS (SELECT 1 
FROM topic AS topic_30 JOIN topic_within AS topic_within_31 ON topic_within_31.outer_id = topic_30.id JOIN event_topic AS event_topic_32 ON event_topic_32.topic_id = topic_within_31.topic_id 
WHERE 1 = 1 AND event_topic_32.event_id = event_29.id)), '}') AS anon_12), ',"published":', (SELECT concat('{"totalCount":', (SELECT count(*) AS anon_15 
FROM article AS article_35 
WHERE article_35.publisher_id IS NOT NULL), '}') AS anon_14), ',"attributed":', (SELECT concat('{"totalCount":', (SELECT count(*) AS anon_17 
FROM claim AS claim_38 
WHERE EXISTS (SELECT 1 
FROM actor AS actor_39 JOIN attribution AS attribution_40 ON attribution_40.actor_id = actor_39.id 
WHERE 1 = 1 AND attribution_40.claim_id = claim_38.id)), '}') AS anon_16), ',"deep":', (SELECT concat('{"totalCount":', (SELECT count(*) AS anon_19 
FROM actor AS actor_43 
WHERE EXISTS (SELECT 1 
FROM participation AS participation_44 
WHERE participation_44.event_id IN (SELECT event_place_47.event_id 
FROM place AS place_45 JOIN place_within AS place_within_46 ON place_within_46.outer_id = place_45.id JOIN event_place AS event_place_47 ON event_place_47.place_id = place_within_46.place_id 
WHERE 1 = 1) AND (participation_44.event_id IN (SELECT report_49.event_id 
FROM article AS article_48 JOIN report AS report_49 ON report_49.article_id = article_48.id 
WHERE 1 = 1)) IS NOT TRUE AND participation_44.actor_id = actor_43.id)), '}') AS anon_18), '}') AS answer
