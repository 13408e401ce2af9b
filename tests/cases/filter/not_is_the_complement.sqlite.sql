SELECT concat('{"placed":', (SELECT concat('{"totalCount":', (SELECT count(*) AS anon_2 
FROM event AS event_3 
WHERE event_3.kind = 'MEETING' AND event_3.id IN (SELECT event_place_6.event_id 
FROM place AS place_4 JOIN place_within AS place_within_5 ON place_within_5.outer_id = place_4.id JOIN event_place AS event_place_6 ON event_place_6.place_id = place_within_5.place_id 
WHERE place_4.country_code = +?)), '}') AS anon_1), ',"not":', (SELECT concat('{"totalCount":', (SELECT count(*) AS anon_4 
FROM event AS event_9 
WHERE event_9.kind = 'MEETING' AND (event_9.id IN (SELECT event_place_12.event_id 
FROM place AS place_10 JOIN place_within AS place_within_11 ON place_within_11.outer_id = place_10.id JOIN event_place AS event_place_12 ON event_place_12.place_id = place_within_11.place_id 
WHERE place_10.country_code = +?)) IS NOT TRUE), '}') AS anon_3), ',"other":', (SELECT concat('{"totalCount":', (SELECT count(*) AS anon_6 
FROM event AS event_15 
WHERE event_15.kind = 'MEETING' AND (event_15.id IN (SELECT event_place_18.event_id 
FROM place AS place_16 JOIN place_within AS place_within_17 ON place_within_17.outer_id = place_16.id JOIN event_place AS event_place_18 ON event_place_18.place_id = place_within_17.place_id 
WHERE place_16.country_code = +?)) IS NOT TRUE), '}') AS anon_5), ',"all":', (SELECT concat('{"totalCount":', (SELECT coalesce(sum(record_count.delta), 0) AS anon_8 
FROM record_count 
WHERE record_count.kind IN ('MEETING')), '}') AS anon_7), '}') AS answer
