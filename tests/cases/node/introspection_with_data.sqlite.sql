SELECT ((('{"__typename":"Query","__type":' || ?) || (',"topics":' || (SELECT '[' || coalesce(group_concat(list_2.item, ','), '') || ']' AS anon_1 
FROM (SELECT (('{"code":' || coalesce('"' || topic_1.code || '"', 'null')) || '}') AS item 
FROM topic AS topic_1 
WHERE topic_1.scheme = ? ORDER BY topic_1.scheme ASC, topic_1.code ASC) AS list_2))) || ((',"__schema":' || ?) || '}')) AS answer
