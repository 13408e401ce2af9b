SELECT convert_to(((('{"actions":' || (SELECT ((('{"totalCount":' || (SELECT CAST(count(*) AS text) AS anon_2 
FROM event AS event_3 
WHERE event_3.kind = 'ACTION' AND (EXISTS (SELECT 1 
FROM participation AS participation_4 JOIN actor AS actor_5 ON actor_5.id = participation_4.actor_id 
WHERE participation_4.role = ANY($1::TEXT[]) AND actor_5.key = $2::VARCHAR AND participation_4.event_id = event_3.id)))) || ',"groups":') || ((SELECT (('[' || coalesce(string_agg(list_10.item, ','), '')) || ']') AS anon_3 
FROM (SELECT ((('{"count":' || CAST(group_9.number AS text)) || ',"keys":[{"value":') || (coalesce('"' || '' || group_9.value_1 || '"', 'null') || '}]}')) AS item 
FROM (SELECT CASE WHEN event_6.date_desc > '' AND substr(event_6.date_desc, 1, 4) = substr(event_6.date_desc, 12, 4) THEN substr(event_6.date_desc, 1, 4) END AS value_1, count(*) AS number 
FROM event AS event_6 
WHERE event_6.kind = 'ACTION' AND (EXISTS (SELECT 1 
FROM participation AS participation_7 JOIN actor AS actor_8 ON actor_8.id = participation_7.actor_id 
WHERE participation_7.role = ANY($1::TEXT[]) AND actor_8.key = $2::VARCHAR AND participation_7.event_id = event_6.id)) GROUP BY CASE WHEN event_6.date_desc > '' AND substr(event_6.date_desc, 1, 4) = substr(event_6.date_desc, 12, 4) THEN substr(event_6.date_desc, 1, 4) END ORDER BY CASE WHEN event_6.date_desc > '' AND substr(event_6.date_desc, 1, 4) = substr(event_6.date_desc, 12, 4) THEN substr(event_6.date_desc, 1, 4) END COLLATE "C" ASC NULLS LAST 
 LIMIT $3::INTEGER OFFSET 0) AS group_9 ORDER BY group_9.value_1 COLLATE "C" ASC NULLS LAST) AS list_10) || '}')) AS anon_1)) || ',"search":') || ((SELECT (('{"nodes":[' || coalesce(string_agg(page_12.item_1, ','), '')) || ']}') AS anon_4 
FROM (SELECT (((('{"field":' || coalesce('"' || search_field_13.field || '"', 'null')) || ',"snippet":') || ((SELECT coalesce(CAST(to_json(substr(coalesce(search_field_13.text, (SELECT article.body 
FROM article 
WHERE article.id = search_field_13.record_id)), extract_17.start + 1, extract_17.stop - extract_17.start)) AS text), 'null') AS anon_5 
FROM (SELECT window_18.begin AS begin, window_18.skipped AS skipped, window_18.part AS part, CAST(substr(search_field_13.places, window_18.skipped * 2 * search_field_13.width + 1, search_field_13.width) AS integer) AS start, CAST(substr(search_field_13.places, (((window_18.skipped + (length(window_18.part) - length(replace(window_18.part, ' ', '')))) - 2) * 2 + 1) * search_field_13.width + 1, search_field_13.width) AS integer) AS stop 
FROM (SELECT bounds_19.begin AS begin, (length(substr(search_field_13.tokens, 1, bounds_19.begin)) - length(replace(substr(search_field_13.tokens, 1, bounds_19.begin), ' ', ''))) - 1 AS skipped, substr(search_field_13.tokens, bounds_19.begin, (bounds_19.stop - bounds_19.begin) + 1) AS part 
FROM (SELECT opening_20.begin AS begin, coalesce((opening_20.begin + 160 + nullif(strpos(substr(search_field_13.tokens, opening_20.begin + 160), ' '), 0)) - 1, length(search_field_13.tokens)) AS stop 
FROM (SELECT (greatest(1, first_21.position - 60) + strpos(substr(search_field_13.tokens, greatest(1, first_21.position - 60)), ' ')) - 1 AS begin 
FROM (SELECT min(strpos(search_field_13.tokens, pattern_22.value)) AS position 
FROM (SELECT unnest($4::TEXT[]) AS value) AS pattern_22 
WHERE strpos(search_field_13.tokens, pattern_22.value) > 0) AS first_21) AS opening_20) AS bounds_19) AS window_18 
 LIMIT 1) AS extract_17) || ',"node":{"id":"action:')) || ((event_23.key || '","type":"') || (action_24.type || '"}}'))) AS item_1 
FROM (SELECT * FROM (SELECT hit_25.id, hit_25.named, hit_25.date_desc, hit_25.kind, hit_25.key 
FROM (SELECT search_record_27.id AS id, CAST(search_record_27.id IN (SELECT rowid FROM search_index WHERE array_to_tsvector(string_to_array(names, ' ')) @@ CAST($5::VARCHAR AS tsquery)) AS integer) AS named, search_record_27.date_desc AS date_desc, search_record_27.kind AS kind, search_record_27.key AS key 
FROM search_index AS search_index_26 JOIN search_record AS search_record_27 ON search_record_27.id = search_index_26.rowid 
WHERE array_to_tsvector(string_to_array(search_index_26.words, ' ')) @@ CAST($5::VARCHAR AS tsquery) AND (cardinality($6::TEXT[]) = 0 OR NOT EXISTS (SELECT 1 FROM unnest($6::TEXT[]) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_27.id AND (strpos(tokens, phrase) > 0 OR (ascii(phrase) = 10 AND EXISTS (SELECT 1 FROM json_array_elements_text(CASE WHEN ascii(phrase) = 10 THEN CAST(phrase AS json) END) AS spelling WHERE strpos(tokens, spelling.value) > 0)))))) AND search_record_27.kind IN ('ACTION')) AS hit_25 ORDER BY hit_25.named DESC, hit_25.date_desc DESC, hit_25.kind ASC, hit_25.key ASC LIMIT 500) AS walk LIMIT $7::INTEGER) AS hit_11 JOIN search_field AS search_field_13 ON search_field_13.record_id = hit_11.id AND search_field_13.ordinal = (SELECT search_field_14.ordinal 
FROM search_field AS search_field_14 
WHERE search_field_14.record_id = hit_11.id AND (EXISTS (SELECT 1 
FROM (SELECT unnest($4::TEXT[]) AS value) AS pattern_15 
WHERE strpos(search_field_14.tokens, pattern_15.value) > 0)) ORDER BY EXISTS (SELECT 1 
FROM (SELECT unnest($4::TEXT[]) AS value) AS pattern_16 
WHERE strpos(search_field_14.tokens, pattern_16.value) = 0), search_field_14.ordinal 
 LIMIT 1 OFFSET 0) JOIN event AS event_23 ON event_23.id = hit_11.id LEFT OUTER JOIN action AS action_24 ON action_24.id = hit_11.id ORDER BY hit_11.named DESC, hit_11.date_desc DESC, hit_11.kind ASC, hit_11.key ASC) AS page_12) || '}')), 'UTF8') AS answer
