SELECT convert_to(((('{"meetings":' || (SELECT (('{"nodes":[' || coalesce(string_agg(page_2.item_1, ','), '')) || ']}') AS anon_1 
FROM (SELECT (('{"id":"meeting:' || event_1.key) || '"}') AS item_1 
FROM (SELECT * FROM (SELECT event_3.key, event_3.date_desc 
FROM event AS event_3 
WHERE event_3.kind = 'MEETING' AND event_3.id IN (SELECT rowid FROM search_index WHERE array_to_tsvector(string_to_array(words, ' ')) @@ CAST($1::VARCHAR AS tsquery)) AND (cardinality($2::TEXT[]) = 0 OR NOT EXISTS (SELECT 1 FROM unnest($2::TEXT[]) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field, json_array_elements_text(CAST(phrase AS json)) AS spelling WHERE record_id = event_3.id AND strpos(tokens, spelling.value) > 0))) ORDER BY event_3.date_desc DESC, event_3.key DESC LIMIT 500) AS walk LIMIT $3::INTEGER) AS event_1 ORDER BY event_1.date_desc DESC, event_1.key DESC) AS page_2)) || (',"not":' || (SELECT (('{"nodes":[' || coalesce(string_agg(page_5.item_1, ','), '')) || ']}') AS anon_2 
FROM (SELECT (('{"id":"meeting:' || event_4.key) || '"}') AS item_1 
FROM (SELECT * FROM (SELECT event_6.key, event_6.date_desc 
FROM event AS event_6 
WHERE event_6.kind = 'MEETING' AND NOT (event_6.id IN (SELECT rowid FROM search_index WHERE array_to_tsvector(string_to_array(words, ' ')) @@ CAST($4::VARCHAR AS tsquery)) AND (cardinality($5::TEXT[]) = 0 OR NOT EXISTS (SELECT 1 FROM unnest($5::TEXT[]) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field, json_array_elements_text(CAST(phrase AS json)) AS spelling WHERE record_id = event_6.id AND strpos(tokens, spelling.value) > 0)))) ORDER BY event_6.date_desc DESC, event_6.key DESC LIMIT 500) AS walk LIMIT $6::INTEGER) AS event_4 ORDER BY event_4.date_desc DESC, event_4.key DESC) AS page_5))) || ((',"actors":' || (SELECT (('{"nodes":[' || coalesce(string_agg(page_8.item_1, ','), '')) || ']}') AS anon_3 
FROM (SELECT (('{"key":"' || actor_7.key) || '"}') AS item_1 
FROM (SELECT * FROM (SELECT actor_9.key, actor_9.name_sort 
FROM actor AS actor_9 
WHERE EXISTS (SELECT 1 
FROM participation AS participation_10 
WHERE participation_10.event_id IN (SELECT rowid FROM search_index WHERE array_to_tsvector(string_to_array(words, ' ')) @@ CAST($7::VARCHAR AS tsquery)) AND (cardinality($8::TEXT[]) = 0 OR NOT EXISTS (SELECT 1 FROM unnest($8::TEXT[]) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field, json_array_elements_text(CAST(phrase AS json)) AS spelling WHERE record_id = participation_10.event_id AND strpos(tokens, spelling.value) > 0))) AND participation_10.actor_id = actor_9.id) ORDER BY actor_9.name_sort ASC, actor_9.key ASC LIMIT 500) AS walk LIMIT $9::INTEGER) AS actor_7 ORDER BY actor_7.name_sort ASC, actor_7.key ASC) AS page_8)) || '}')), 'UTF8') AS answer
