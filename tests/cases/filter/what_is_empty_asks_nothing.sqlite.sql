SELECT (((('{"all":' || (SELECT (('{"totalCount":' || (SELECT count(*) AS anon_2 
FROM event AS event_3)) || '}') AS anon_1)) || ',"nothing":') || ((SELECT (('{"totalCount":' || (SELECT count(*) AS anon_4 
FROM event AS event_6 
WHERE 0 = 1)) || '}') AS anon_3) || ',"everything":')) || (((SELECT (('{"totalCount":' || (SELECT count(*) AS anon_6 
FROM event AS event_9 
WHERE event_9.kind IN (SELECT value FROM json_each(?)) AND 1 = 1)) || '}') AS anon_5) || ',"none":') || ((SELECT (('{"totalCount":' || (SELECT count(*) AS anon_8 
FROM event AS event_12 
WHERE event_12.kind IN (SELECT value FROM json_each(?)))) || '}') AS anon_7) || '}'))) AS answer
