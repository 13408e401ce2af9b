SELECT convert_to(((('{"places":' || (SELECT (('{"nodes":[' || coalesce(string_agg(page_2.item_1, ','), '')) || ']}') AS anon_1 
FROM (SELECT (('{"id":"place:' || place_1.key) || '"}') AS item_1 
FROM (SELECT * FROM (SELECT place_3.key, place_3.name_sort 
FROM place AS place_3 
WHERE EXISTS (SELECT 1 
FROM place AS place_4 JOIN place_within AS place_within_5 ON place_within_5.outer_id = place_4.id 
WHERE place_4.key = $1::VARCHAR AND place_within_5.inner_id = place_3.id) ORDER BY place_3.name_sort ASC, place_3.key ASC LIMIT 500) AS walk LIMIT $2::INTEGER) AS place_1 ORDER BY place_1.name_sort ASC, place_1.key ASC) AS page_2)) || ',"others":') || ((SELECT (('{"nodes":[' || coalesce(string_agg(page_7.item_1, ','), '')) || ']}') AS anon_2 
FROM (SELECT (('{"id":"place:' || place_6.key) || '"}') AS item_1 
FROM (SELECT * FROM (SELECT place_8.key, place_8.name_sort 
FROM place AS place_8 
WHERE NOT (EXISTS (SELECT 1 
FROM place AS place_9 JOIN place_within AS place_within_10 ON place_within_10.outer_id = place_9.id 
WHERE place_9.id IN (SELECT place_name_11.place_id 
FROM place_name AS place_name_11 
WHERE (strpos(place_name_11.text_fold, $3::VARCHAR) > 0 OR (ascii($3::VARCHAR) = 10 AND EXISTS (SELECT 1 FROM json_array_elements_text(CASE WHEN ascii($3::VARCHAR) = 10 THEN CAST($3::VARCHAR AS json) END) AS spelling WHERE strpos(place_name_11.text_fold, spelling.value) > 0)))) AND place_within_10.inner_id = place_8.id)) ORDER BY place_8.name_sort ASC, place_8.key ASC LIMIT 500) AS walk LIMIT $4::INTEGER) AS place_6 ORDER BY place_6.name_sort ASC, place_6.key ASC) AS page_7) || '}')), 'UTF8') AS answer
