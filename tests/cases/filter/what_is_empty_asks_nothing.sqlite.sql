SELECT concat('{"all":', (SELECT concat('{"totalCount":', (SELECT coalesce(sum(record_count.delta), 0) AS anon_2 
FROM record_count 
WHERE record_count.kind IN ('MEETING', 'AGREEMENT', 'STATEMENT', 'APPEAL', 'ACTION')), '}') AS anon_1), ',"nothing":', (SELECT concat('{"totalCount":', (SELECT count(*) AS anon_4 
FROM event AS event_5 
WHERE 0 = 1), '}') AS anon_3), ',"everything":', (SELECT concat('{"totalCount":', (SELECT count(*) AS anon_6 
FROM event AS event_8 
WHERE event_8.kind IN (SELECT value FROM json_each(+?)) AND 1 = 1), '}') AS anon_5), ',"none":', (SELECT concat('{"totalCount":', (SELECT count(*) AS anon_8 
FROM event AS event_11 
WHERE event_11.kind IN (SELECT value FROM json_each(+?))), '}') AS anon_7), ',"whole":', (SELECT concat('{"totalCount":', (SELECT coalesce(sum(record_count.delta), 0) AS anon_10 
FROM record_count 
WHERE record_count.kind IN ('MEETING', 'AGREEMENT', 'STATEMENT', 'APPEAL', 'ACTION')), '}') AS anon_9), '}') AS answer
