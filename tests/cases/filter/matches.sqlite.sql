SELECT concat('{"meetings":', (SELECT concat('{"nodes":[', group_concat(page_2.item_1, ','), ']}') AS anon_1 
FROM (SELECT concat('{"id":"meeting:', event_1.key, '"}') AS item_1 
FROM (SELECT event_3.key, event_3.date_desc 
FROM event AS event_3 
WHERE event_3.kind = 'MEETING' AND event_3.id IN (SELECT rowid FROM search_index WHERE search_index MATCH +?) AND (+? = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(+?) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = event_3.id AND (instr(tokens, phrase.value) > 0 OR (unicode(phrase.value) = 10 AND EXISTS (SELECT 1 FROM json_each(phrase.value) AS spelling WHERE instr(tokens, spelling.value) > 0)))))) ORDER BY event_3.date_desc DESC, event_3.key DESC LIMIT +?) AS event_1 ORDER BY event_1.date_desc DESC, event_1.key DESC) AS page_2), ',"not":', (SELECT concat('{"nodes":[', group_concat(page_5.item_1, ','), ']}') AS anon_2 
FROM (SELECT concat('{"id":"meeting:', event_4.key, '"}') AS item_1 
FROM (SELECT event_6.key, event_6.date_desc 
FROM event AS event_6 
WHERE event_6.kind = 'MEETING' AND NOT (event_6.id IN (SELECT rowid FROM search_index WHERE search_index MATCH +?) AND (+? = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(+?) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = event_6.id AND (instr(tokens, phrase.value) > 0 OR (unicode(phrase.value) = 10 AND EXISTS (SELECT 1 FROM json_each(phrase.value) AS spelling WHERE instr(tokens, spelling.value) > 0))))))) ORDER BY event_6.date_desc DESC, event_6.key DESC LIMIT +?) AS event_4 ORDER BY event_4.date_desc DESC, event_4.key DESC) AS page_5), ',"actors":', (SELECT concat('{"nodes":[', group_concat(page_8.item_1, ','), ']}') AS anon_3 
FROM (SELECT concat('{"key":"', actor_7.key, '"}') AS item_1 
FROM (SELECT actor_9.key, actor_9.name_sort 
FROM actor AS actor_9 
WHERE EXISTS (SELECT 1 
FROM participation AS participation_10 
WHERE participation_10.event_id IN (SELECT rowid FROM search_index WHERE search_index MATCH +?) AND (+? = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(+?) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = participation_10.event_id AND (instr(tokens, phrase.value) > 0 OR (unicode(phrase.value) = 10 AND EXISTS (SELECT 1 FROM json_each(phrase.value) AS spelling WHERE instr(tokens, spelling.value) > 0)))))) AND participation_10.actor_id = actor_9.id) ORDER BY actor_9.name_sort ASC, actor_9.key ASC LIMIT +?) AS actor_7 ORDER BY actor_7.name_sort ASC, actor_7.key ASC) AS page_8), '}') AS answer
