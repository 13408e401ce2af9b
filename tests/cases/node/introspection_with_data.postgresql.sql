SELECT convert_to(((('{"__typename":"Query","__type":' || $1::VARCHAR) || (',"topics":' || (SELECT (('[' || coalesce(string_agg(list_2.item, ','), '')) || ']') AS anon_1 
FROM (SELECT (('{"code":"' || topic_1.code) || '"}') AS item 
FROM topic AS topic_1 
WHERE topic_1.scheme = $2::VARCHAR ORDER BY topic_1.scheme ASC, topic_1.code ASC) AS list_2))) || ((',"__schema":' || $3::VARCHAR) || '}')), 'UTF8') AS answer
