SELECT convert_to(((('{"releases":' || (SELECT (('[' || coalesce(string_agg(list_2.item, ','), '')) || ']') AS anon_1 
FROM (SELECT ((('{"name":' || CAST(to_json(release_1.name) AS text)) || ',"createdAt":"') || (to_char(release_1.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') || '"}')) AS item 
FROM release AS release_1 ORDER BY release_1.revision_id DESC, release_1.at DESC, release_1.name ASC) AS list_2)) || ',"release":') || (coalesce((SELECT (((('{"name":' || CAST(to_json(release_3.name) AS text)) || ',"revision":{"number":') || ((CAST(release_3.revision_id AS text) || '},"records":') || CAST(release_3.records AS text))) || (((',"sha256":"' || release_3.sha256) || '","note":') || (coalesce(CAST(to_json(release_3.note) AS text), 'null') || '}'))) AS item 
FROM release AS release_3 
WHERE release_3.name = $1::VARCHAR 
 LIMIT 1 OFFSET 0), 'null') || '}')), 'UTF8') AS answer
