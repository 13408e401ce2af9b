SELECT convert_to((((('{"certainly":' || (SELECT (('{"nodes":[' || coalesce(string_agg(page_2.item_1, ','), '')) || ']}') AS anon_1 
FROM (SELECT ((('{"id":"' || lower(event_1.kind)) || ':') || (event_1.key || '"}')) AS item_1 
FROM (SELECT * FROM (SELECT event_3.key, event_3.kind, event_3.date_desc 
FROM event AS event_3 
WHERE event_3.date_desc > '' AND event_3.date_desc >= $1::VARCHAR ORDER BY event_3.date_desc DESC, event_3.kind DESC, event_3.key DESC LIMIT 500) AS walk LIMIT $2::INTEGER) AS event_1 ORDER BY event_1.date_desc DESC, event_1.kind DESC, event_1.key DESC) AS page_2)) || ',"possibly":') || ((SELECT (('{"nodes":[' || coalesce(string_agg(page_5.item_1, ','), '')) || ']}') AS anon_2 
FROM (SELECT ((('{"id":"' || lower(event_4.kind)) || ':') || (event_4.key || '"}')) AS item_1 
FROM (SELECT * FROM (SELECT event_6.key, event_6.kind, event_6.date_desc 
FROM event AS event_6 
WHERE event_6.date_desc > '' AND substr(event_6.date_desc, strpos(event_6.date_desc, '/') + 1) >= $3::VARCHAR AND event_6.date_desc < $4::VARCHAR || '0' ORDER BY event_6.date_desc DESC, event_6.kind DESC, event_6.key DESC LIMIT 500) AS walk LIMIT $5::INTEGER) AS event_4 ORDER BY event_4.date_desc DESC, event_4.kind DESC, event_4.key DESC) AS page_5) || ',"unknown":')) || (((SELECT (('{"nodes":[' || coalesce(string_agg(page_8.item_1, ','), '')) || ']}') AS anon_3 
FROM (SELECT ((('{"id":"' || lower(event_7.kind)) || (':' || event_7.key)) || (('","date":{"edtf":' || coalesce('"' || event_7.date_edtf || '"', 'null')) || '}}')) AS item_1 
FROM (SELECT * FROM (SELECT event_9.key, event_9.kind, event_9.date_edtf, event_9.date_desc 
FROM event AS event_9 
WHERE event_9.date_desc = '' ORDER BY event_9.date_desc DESC, event_9.kind DESC, event_9.key DESC LIMIT 500) AS walk LIMIT $6::INTEGER) AS event_7 ORDER BY event_7.date_desc DESC, event_7.kind DESC, event_7.key DESC) AS page_8) || ',"partial":') || ((SELECT (('{"nodes":[' || coalesce(string_agg(page_11.item_1, ','), '')) || ']}') AS anon_4 
FROM (SELECT ((('{"id":"' || lower(event_10.kind)) || ':') || (event_10.key || '"}')) AS item_1 
FROM (SELECT * FROM (SELECT event_12.key, event_12.kind, event_12.date_desc 
FROM event AS event_12 
WHERE event_12.date_precision = ANY($7::TEXT[]) ORDER BY event_12.date_desc DESC, event_12.kind DESC, event_12.key DESC LIMIT 500) AS walk LIMIT $8::INTEGER) AS event_10 ORDER BY event_10.date_desc DESC, event_10.kind DESC, event_10.key DESC) AS page_11) || '}'))), 'UTF8') AS answer
