SELECT concat('{"actions":', (SELECT concat('{"totalCount":', (SELECT count(*) AS anon_2 
FROM event AS event_3 
WHERE event_3.kind = 'ACTION' AND (EXISTS (SELECT 1 
FROM participation AS participation_4 JOIN actor AS actor_5 ON actor_5.id = participation_4.actor_id 
WHERE participation_4.role IN (SELECT value FROM json_each(+?)) AND actor_5.key = +? AND participation_4.event_id = event_3.id))), ',"groups":', (SELECT concat('[', group_concat(list_10.item, ','), ']') AS anon_3 
FROM (SELECT concat('{"count":', group_9.number, ',"keys":[{"value":', coalesce('"' || '' || group_9.value_1 || '"', 'null'), '}]}') AS item 
FROM (SELECT CASE WHEN event_6.date_desc > '' AND substr(event_6.date_desc, 1, 4) = substr(event_6.date_desc, 12, 4) THEN substr(event_6.date_desc, 1, 4) END AS value_1, count(*) AS number 
FROM event AS event_6 
WHERE event_6.kind = 'ACTION' AND (EXISTS (SELECT 1 
FROM participation AS participation_7 JOIN actor AS actor_8 ON actor_8.id = participation_7.actor_id 
WHERE participation_7.role IN (SELECT value FROM json_each(+?)) AND actor_8.key = +? AND participation_7.event_id = event_6.id)) GROUP BY CASE WHEN event_6.date_desc > '' AND substr(event_6.date_desc, 1, 4) = substr(event_6.date_desc, 12, 4) THEN substr(event_6.date_desc, 1, 4) END ORDER BY CASE WHEN event_6.date_desc > '' AND substr(event_6.date_desc, 1, 4) = substr(event_6.date_desc, 12, 4) THEN substr(event_6.date_desc, 1, 4) END ASC NULLS LAST
 LIMIT +? OFFSET 0) AS group_9 ORDER BY group_9.value_1 ASC NULLS LAST) AS list_10), '}') AS anon_1), ',"search":', (SELECT concat('{"nodes":[', group_concat(page_12.item_1, ','), ']}') AS anon_4 
FROM (SELECT concat('{"field":', coalesce('"' || search_field_13.field || '"', 'null'), ',"snippet":', (SELECT json_quote(substr(coalesce(search_field_13.text, (SELECT article.body 
FROM article 
WHERE article.id = search_field_13.record_id)), extract_17.start + 1, extract_17.stop - extract_17.start)) AS anon_5 
FROM (SELECT window_18.begin AS "begin", window_18.skipped AS skipped, window_18.part AS part, CAST(substr(search_field_13.places, window_18.skipped * 2 * search_field_13.width + 1, search_field_13.width) AS INTEGER) AS start, CAST(substr(search_field_13.places, (((window_18.skipped + (length(window_18.part) - length(replace(window_18.part, ' ', '')))) - 2) * 2 + 1) * search_field_13.width + 1, search_field_13.width) AS INTEGER) AS stop 
FROM (SELECT bounds_19.begin AS "begin", (length(substr(search_field_13.tokens, 1, bounds_19.begin)) - length(replace(substr(search_field_13.tokens, 1, bounds_19.begin), ' ', ''))) - 1 AS skipped, substr(search_field_13.tokens, bounds_19.begin, (bounds_19.stop - bounds_19.begin) + 1) AS part 
FROM (SELECT opening_20.begin AS "begin", coalesce((opening_20.begin + 160 + nullif(instr(substr(search_field_13.tokens, opening_20.begin + 160), ' '), 0)) - 1, length(search_field_13.tokens)) AS stop 
FROM (SELECT (max(1, first_21.position - 60) + instr(substr(search_field_13.tokens, max(1, first_21.position - 60)), ' ')) - 1 AS "begin" 
FROM (SELECT min(instr(search_field_13.tokens, pattern_22.value)) AS position 
FROM json_each(+?) AS pattern_22 
WHERE instr(search_field_13.tokens, pattern_22.value) > 0) AS first_21) AS opening_20) AS bounds_19) AS window_18
 LIMIT 1 OFFSET ?) AS extract_17), ',"node":{"id":"action:', event_23.key, '","type":"', action_24.type, '"}}') AS item_1 
FROM (SELECT hit_25.id, hit_25.named, hit_25.date_desc, hit_25.kind, hit_25.key 
FROM (SELECT search_record_27.id AS id, (search_record_27.id IN (SELECT rowid FROM search_index WHERE search_index MATCH '{names} : (' || +? || ')')) AS named, search_record_27.date_desc AS date_desc, search_record_27.kind AS kind, search_record_27.key AS "key" 
FROM search_index AS search_index_26 CROSS JOIN search_record AS search_record_27 ON search_record_27.id = search_index_26.rowid 
WHERE search_index_26.search_index MATCH +? AND (+? = '[]' OR NOT EXISTS (SELECT 1 FROM json_each(+?) AS phrase WHERE NOT EXISTS (SELECT 1 FROM search_field WHERE record_id = search_record_27.id AND (instr(tokens, phrase.value) > 0 OR (unicode(phrase.value) = 10 AND EXISTS (SELECT 1 FROM json_each(phrase.value) AS spelling WHERE instr(tokens, spelling.value) > 0)))))) AND search_record_27.kind IN ('ACTION')) AS hit_25 ORDER BY hit_25.named DESC, hit_25.date_desc DESC, hit_25.kind ASC, hit_25.key ASC LIMIT +?) AS hit_11 CROSS JOIN search_field AS search_field_13 ON search_field_13.record_id = hit_11.id AND search_field_13.ordinal = (SELECT search_field_14.ordinal 
FROM search_field AS search_field_14 
WHERE search_field_14.record_id = hit_11.id AND (EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_15 
WHERE instr(search_field_14.tokens, pattern_15.value) > 0)) ORDER BY EXISTS (SELECT 1 
FROM json_each(+?) AS pattern_16 
WHERE instr(search_field_14.tokens, pattern_16.value) = 0), search_field_14.ordinal
 LIMIT 1 OFFSET 0) CROSS JOIN event AS event_23 ON event_23.id = hit_11.id LEFT OUTER JOIN action AS action_24 ON action_24.id = hit_11.id ORDER BY hit_11.named DESC, hit_11.date_desc DESC, hit_11.kind ASC, hit_11.key ASC) AS page_12), '}') AS answer
