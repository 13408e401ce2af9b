SELECT convert_to(((('{"actions":' || (SELECT ((('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_2 
FROM event AS event_3 
WHERE event_3.kind = 'ACTION' AND (EXISTS (SELECT 1 
FROM participation AS participation_4 JOIN actor AS actor_5 ON actor_5.id = participation_4.actor_id 
WHERE participation_4.role = ANY($1::TEXT[]) AND actor_5.key = $2::VARCHAR AND participation_4.event_id = event_3.id)))) || (',"groups":' || (SELECT (('[' || coalesce(string_agg(list_10.item, ','), '')) || ']') AS anon_3 
FROM (SELECT ((('{"count":' || CAST(group_9.number AS text)) || ',"keys":[{"value":') || (coalesce('"' || '' || group_9.value_1 || '"', 'null') || '}]}')) AS item 
FROM (SELECT CASE WHEN event_6.date_desc > '' AND substr(event_6.date_desc, 1, 4) = substr(event_6.date_desc, 12, 4) THEN substr(event_6.date_desc, 1, 4) END AS value_1, count(*) AS number 
FROM event AS event_6 
WHERE event_6.kind = 'ACTION' AND (EXISTS (SELECT 1 
FROM participation AS participation_7 JOIN actor AS actor_8 ON actor_8.id = participation_7.actor_id 
WHERE participation_7.role = ANY($1::TEXT[]) AND actor_8.key = $2::VARCHAR AND participation_7.event_id = event_6.id)) GROUP BY CASE WHEN event_6.date_desc > '' AND substr(event_6.date_desc, 1, 4) = substr(event_6.date_desc, 12, 4) THEN substr(event_6.date_desc, 1, 4) END ORDER BY CASE WHEN event_6.date_desc > '' AND substr(event_6.date_desc, 1, 4) = substr(event_6.date_desc, 12, 4) THEN substr(event_6.date_desc, 1, 4) END COLLATE "C" ASC NULLS LAST 
 LIMIT $3::INTEGER OFFSET 0) AS group_9 ORDER BY group_9.value_1 COLLATE "C" ASC NULLS LAST) AS list_10))) || ((',"types":' || (SELECT (('[' || coalesce(string_agg(list_16.item, ','), '')) || ']') AS anon_4 
FROM (SELECT ((('{"count":' || CAST(group_15.number AS text)) || ',"keys":[{"value":') || (coalesce('"' || '' || group_15.value_1 || '"', 'null') || '}]}')) AS item 
FROM (SELECT action_14.type AS value_1, count(*) AS number 
FROM event AS event_11 LEFT OUTER JOIN action AS action_14 ON action_14.id = event_11.id 
WHERE event_11.kind = 'ACTION' AND (EXISTS (SELECT 1 
FROM participation AS participation_12 JOIN actor AS actor_13 ON actor_13.id = participation_12.actor_id 
WHERE participation_12.role = ANY($1::TEXT[]) AND actor_13.key = $2::VARCHAR AND participation_12.event_id = event_11.id)) GROUP BY action_14.type ORDER BY action_14.type COLLATE "C" ASC NULLS LAST 
 LIMIT $4::INTEGER OFFSET 0) AS group_15 ORDER BY group_15.value_1 COLLATE "C" ASC NULLS LAST) AS list_16)) || '}')) AS anon_1)) || ',"search":') || ((SELECT (('{"nodes":[' || coalesce(string_agg(page_18.item_1, ','), '')) || ']}') AS anon_5 
FROM (SELECT (((('{"field":' || coalesce('"' || search_field_19.field || '"', 'null')) || ',"snippet":') || ((SELECT coalesce(CAST(to_json(substr(coalesce(search_field_19.text, (SELECT article.body 
FROM article 
WHERE article.id = search_field_19.record_id)), extract_23.start + 1, extract_23.stop - extract_23.start)) AS text), 'null') AS anon_6 
FROM (SELECT window_24.begin AS begin, window_24.skipped AS skipped, window_24.part AS part, CAST(substr(search_field_19.places, window_24.skipped * 2 * search_field_19.width + 1, search_field_19.width) AS integer) AS start, CAST(substr(search_field_19.places, (((window_24.skipped + (length(window_24.part) - length(replace(window_24.part, ' ', '')))) - 2) * 2 + 1) * search_field_19.width + 1, search_field_19.width) AS integer) AS stop 
FROM (SELECT bounds_25.begin AS begin, (length(substr(search_field_19.tokens, 1, bounds_25.begin)) - length(replace(substr(search_field_19.tokens, 1, bounds_25.begin), ' ', ''))) - 1 AS skipped, substr(search_field_19.tokens, bounds_25.begin, (bounds_25.stop - bounds_25.begin) + 1) AS part 
FROM (SELECT opening_26.begin AS begin, coalesce((opening_26.begin + 160 + nullif(strpos(substr(search_field_19.tokens, opening_26.begin + 160), ' '), 0)) - 1, length(search_field_19.tokens)) AS stop 
FROM (SELECT (greatest(1, first_27.position - 60) + strpos(substr(search_field_19.tokens, greatest(1, first_27.position - 60)), ' ')) - 1 AS begin 
FROM (SELECT min(strpos(search_field_19.tokens, pattern_28.value)) AS position 
FROM (SELECT unnest($5::TEXT[]) AS value) AS pattern_28 
WHERE strpos(search_field_19.tokens, pattern_28.value) > 0) AS first_27) AS opening_26) AS bounds_25) AS window_24 
 LIMIT 1) AS extract_23) || ',"node":{"id":"action:')) || ((event_29.key || '","type":"') || (action_30.type || '"}}'))) AS item_1 
FROM (SELECT * FROM (SELECT hit_31.id, hit_31.named, hit_31.date_desc, hit_31.kind, hit_31.key 
FROM (SELECT search_record_33.id AS id, CAST(search_record_33.id IN (SELECT rowid FROM search_index WHERE array_to_tsvector(string_to_array(names, ' ')) @@ CAST($6::VARCHAR AS tsquery)) AS integer) AS named, search_record_33.date_desc AS date_desc, search_record_33.kind AS kind, search_record_33.key AS key 
FROM search_index AS search_index_32 JOIN search_record AS search_record_33 ON search_record_33.id = search_index_32.rowid 
WHERE array_to_tsvector(string_to_array(search_index_32.words, ' ')) @@ CAST($6::VARCHAR AS tsquery) AND (cardinality($7::TEXT[]) = 0 OR NOT EXISTS (SELECT 1 FROM unnest($7::TEXT[]) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_33.id AND (strpos(tokens, phrase) > 0 OR (ascii(phrase) = 10 AND EXISTS (SELECT 1 FROM json_array_elements_text(CASE WHEN ascii(phrase) = 10 THEN CAST(phrase AS json) END) AS spelling WHERE strpos(tokens, spelling.value) > 0)))))) AND search_record_33.kind IN ('ACTION')) AS hit_31 ORDER BY hit_31.named DESC, hit_31.date_desc DESC, hit_31.kind ASC, hit_31.key ASC LIMIT 500) AS walk LIMIT $8::INTEGER) AS hit_17 JOIN search_field AS search_field_19 ON search_field_19.record_id = hit_17.id AND search_field_19.ordinal = (SELECT search_field_20.ordinal 
FROM search_field AS search_field_20 
WHERE search_field_20.record_id = hit_17.id AND (EXISTS (SELECT 1 
FROM (SELECT unnest($5::TEXT[]) AS value) AS pattern_21 
WHERE strpos(search_field_20.tokens, pattern_21.value) > 0)) ORDER BY EXISTS (SELECT 1 
FROM (SELECT unnest($5::TEXT[]) AS value) AS pattern_22 
WHERE strpos(search_field_20.tokens, pattern_22.value) = 0), search_field_20.ordinal 
 LIMIT 1 OFFSET 0) JOIN event AS event_29 ON event_29.id = hit_17.id LEFT OUTER JOIN action AS action_30 ON action_30.id = hit_17.id ORDER BY hit_17.named DESC, hit_17.date_desc DESC, hit_17.kind ASC, hit_17.key ASC) AS page_18) || '}')), 'UTF8') AS answer
