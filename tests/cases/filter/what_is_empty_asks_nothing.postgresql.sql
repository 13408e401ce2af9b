SELECT convert_to((((('{"all":' || (SELECT (('{"totalCount":' || (SELECT CAST(coalesce(sum(record_count.delta), 0) AS text) AS anon_2 
FROM record_count 
WHERE record_count.kind IN ('MEETING', 'AGREEMENT', 'STATEMENT', 'APPEAL', 'ACTION'))) || '}') AS anon_1)) || ',"nothing":') || (((SELECT (('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_4 
FROM event AS event_5 
WHERE false)) || '}') AS anon_3) || ',"everything":') || (SELECT (('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_6 
FROM event AS event_8 
WHERE event_8.kind = ANY($1::TEXT[]) AND true)) || '}') AS anon_5))) || (((',"none":' || (SELECT (('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_8 
FROM event AS event_11 
WHERE event_11.kind = ANY($2::TEXT[]))) || '}') AS anon_7)) || ',"whole":') || ((SELECT (('{"totalCount":' || (SELECT CAST(coalesce(sum(record_count.delta), 0) AS text) AS anon_10 
FROM record_count 
WHERE record_count.kind IN ('MEETING', 'AGREEMENT', 'STATEMENT', 'APPEAL', 'ACTION'))) || '}') AS anon_9) || '}'))), 'UTF8') AS answer
