SELECT (((('{"all":' || (SELECT (('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_2 
FROM event AS event_3)) || '}') AS anon_1)) || ',"nothing":') || ((SELECT (('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_4 
FROM event AS event_6 
WHERE false)) || '}') AS anon_3) || ',"everything":')) || (((SELECT (('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_6 
FROM event AS event_9 
WHERE event_9.kind = ANY($1::TEXT[]) AND true)) || '}') AS anon_5) || ',"none":') || ((SELECT (('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_8 
FROM event AS event_12 
WHERE event_12.kind = ANY($2::TEXT[]))) || '}') AS anon_7) || '}'))) AS answer
