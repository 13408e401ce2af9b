SELECT concat('{"arabic":', (SELECT concat('{"nodes":[', group_concat(page_2.item_1, ','), ']}') AS anon_1 
FROM (SELECT concat('{"key":"', actor_1.key, '"}') AS item_1 
FROM (SELECT actor_3.key, actor_3.name_sort 
FROM actor AS actor_3 
WHERE EXISTS (SELECT 1 
FROM actor_name AS actor_name_4 
WHERE (instr(actor_name_4.text_fold, +?) > 0 OR (unicode(+?) = 10 AND EXISTS (SELECT 1 FROM json_each(+?) AS spelling WHERE instr(actor_name_4.text_fold, spelling.value) > 0))) AND actor_name_4.actor_id = actor_3.id) ORDER BY actor_3.name_sort ASC, actor_3.key ASC LIMIT +?) AS actor_1 ORDER BY actor_1.name_sort ASC, actor_1.key ASC) AS page_2), ',"latin":', (SELECT concat('{"nodes":[', group_concat(page_6.item_1, ','), ']}') AS anon_2 
FROM (SELECT concat('{"key":"', actor_5.key, '"}') AS item_1 
FROM (SELECT actor_7.key, actor_7.name_sort 
FROM actor AS actor_7 
WHERE EXISTS (SELECT 1 
FROM actor_name AS actor_name_8 
WHERE (instr(actor_name_8.text_fold, +?) > 0 OR (unicode(+?) = 10 AND EXISTS (SELECT 1 FROM json_each(+?) AS spelling WHERE instr(actor_name_8.text_fold, spelling.value) > 0))) AND actor_name_8.actor_id = actor_7.id) ORDER BY actor_7.name_sort ASC, actor_7.key ASC LIMIT +?) AS actor_5 ORDER BY actor_5.name_sort ASC, actor_5.key ASC) AS page_6), ',"exact":', (SELECT concat('{"nodes":[', group_concat(page_10.item_1, ','), ']}') AS anon_3 
FROM (SELECT concat('{"key":"', actor_9.key, '"}') AS item_1 
FROM (SELECT actor_11.key, actor_11.name_sort 
FROM actor AS actor_11 
WHERE EXISTS (SELECT 1 
FROM actor_name AS actor_name_12 
WHERE actor_name_12.text IN (SELECT value FROM json_each(+?)) AND actor_name_12.actor_id = actor_11.id) ORDER BY actor_11.name_sort ASC, actor_11.key ASC LIMIT +?) AS actor_9 ORDER BY actor_9.name_sort ASC, actor_9.key ASC) AS page_10), '}') AS answer
