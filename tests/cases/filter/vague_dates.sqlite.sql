SELECT concat('{"certainly":', (SELECT concat('{"nodes":[', group_concat(page_2.item_1, ','), ']}') AS anon_1 
FROM (SELECT concat('{"id":"', lower(event_1.kind), ':', event_1.key, '"}') AS item_1 
FROM (SELECT event_3.key, event_3.kind, event_3.date_desc 
FROM event AS event_3 
WHERE event_3.date_desc > '' AND event_3.date_desc >= +? ORDER BY event_3.date_desc DESC, event_3.kind DESC, event_3.key DESC LIMIT +?) AS event_1 ORDER BY event_1.date_desc DESC, event_1.kind DESC, event_1.key DESC) AS page_2), ',"possibly":', (SELECT concat('{"nodes":[', group_concat(page_5.item_1, ','), ']}') AS anon_2 
FROM (SELECT concat('{"id":"', lower(event_4.kind), ':', event_4.key, '"}') AS item_1 
FROM (SELECT event_6.key, event_6.kind, event_6.date_desc 
FROM event AS event_6 
WHERE event_6.date_desc > '' AND substr(event_6.date_desc, instr(event_6.date_desc, '/') + 1) >= +? AND event_6.date_desc < +? || '0' ORDER BY event_6.date_desc DESC, event_6.kind DESC, event_6.key DESC LIMIT +?) AS event_4 ORDER BY event_4.date_desc DESC, event_4.kind DESC, event_4.key DESC) AS page_5), ',"unknown":', (SELECT concat('{"nodes":[', group_concat(page_8.item_1, ','), ']}') AS anon_3 
FROM (SELECT concat('{"id":"', lower(event_7.kind), ':', event_7.key, '","date":{"edtf":', coalesce('"' || event_7.date_edtf || '"', 'null'), '}}') AS item_1 
FROM (SELECT event_9.key, event_9.kind, event_9.date_edtf, event_9.date_desc 
FROM event AS event_9 
WHERE event_9.date_desc = '' ORDER BY event_9.date_desc DESC, event_9.kind DESC, event_9.key DESC LIMIT +?) AS event_7 ORDER BY event_7.date_desc DESC, event_7.kind DESC, event_7.key DESC) AS page_8), ',"partial":', (SELECT concat('{"nodes":[', group_concat(page_11.item_1, ','), ']}') AS anon_4 
FROM (SELECT concat('{"id":"', lower(event_10.kind), ':', event_10.key, '"}') AS item_1 
FROM (SELECT event_12.key, event_12.kind, event_12.date_desc 
FROM event AS event_12 
WHERE event_12.date_precision IN (SELECT value FROM json_each(+?)) ORDER BY event_12.date_desc DESC, event_12.kind DESC, event_12.key DESC LIMIT +?) AS event_10 ORDER BY event_10.date_desc DESC, event_10.kind DESC, event_10.key DESC) AS page_11), '}') AS answer
