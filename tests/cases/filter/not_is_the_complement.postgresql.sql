SELECT convert_to((((('{"placed":' || (SELECT (('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_2 
FROM event AS event_3 
WHERE event_3.kind = 'MEETING' AND event_3.area_id IN (SELECT place_within_5.inner_id 
FROM place AS place_4 JOIN place_within AS place_within_5 ON place_within_5.outer_id = place_4.id 
WHERE place_4.country_code = $1::VARCHAR))) || '}') AS anon_1)) || ',"not":') || ((SELECT (('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_4 
FROM event AS event_8 
WHERE event_8.kind = 'MEETING' AND (event_8.area_id IN (SELECT place_within_10.inner_id 
FROM place AS place_9 JOIN place_within AS place_within_10 ON place_within_10.outer_id = place_9.id 
WHERE place_9.country_code = $2::VARCHAR)) IS NOT TRUE)) || '}') AS anon_3) || ',"other":')) || (((SELECT (('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_6 
FROM event AS event_13 
WHERE event_13.kind = 'MEETING' AND (event_13.area_id IN (SELECT place_within_15.inner_id 
FROM place AS place_14 JOIN place_within AS place_within_15 ON place_within_15.outer_id = place_14.id 
WHERE place_14.country_code = $3::VARCHAR)) IS NOT TRUE)) || '}') AS anon_5) || ',"all":') || ((SELECT (('{"totalCount":' || (SELECT CAST(coalesce(sum(record_count.delta), 0) AS text) AS anon_8 
FROM record_count 
WHERE record_count.kind IN ('MEETING'))) || '}') AS anon_7) || '}'))), 'UTF8') AS answer
