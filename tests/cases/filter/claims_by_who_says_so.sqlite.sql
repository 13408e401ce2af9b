SELECT concat('{"claims":', (SELECT concat('{"totalCount":', (SELECT count(*) AS anon_2 
FROM claim AS claim_3 
WHERE claim_3.value IS NOT NULL AND claim_3.stance IN (SELECT value FROM json_each(+?)) AND (EXISTS (SELECT 1 
FROM actor AS actor_4 JOIN attribution AS attribution_5 ON attribution_5.actor_id = actor_4.id 
WHERE actor_4.key = +? AND attribution_5.claim_id = claim_3.id))), '}') AS anon_1), ',"about":', (SELECT concat('{"totalCount":', (SELECT count(*) AS anon_4 
FROM claim AS claim_8 
WHERE claim_8.subject_id IN (SELECT record.id FROM json_each(+?) AS wanted JOIN record ON record.kind = wanted.value ->> 0 AND record.key = wanted.value ->> 1)), '}') AS anon_3), '}') AS answer
