SELECT concat('{"releases":', (SELECT concat('[', group_concat(list_2.item, ','), ']') AS anon_1 
FROM (SELECT concat('{"name":', json_quote(release_1.name), ',"createdAt":"', replace(substr(release_1.at, 1, 19), ' ', 'T') || 'Z', '"}') AS item 
FROM release AS release_1 ORDER BY release_1.revision_id DESC, release_1.at DESC, release_1.name ASC) AS list_2), ',"release":', coalesce((SELECT concat('{"name":', json_quote(release_3.name), ',"revision":{"number":', release_3.revision_id, '},"records":', release_3.records, ',"sha256":"', release_3.sha256, '","note":', json_quote(release_3.note), '}') AS item 
FROM release AS release_3 
WHERE release_3.name = +?
 LIMIT 1 OFFSET 0), 'null'), '}') AS answer
