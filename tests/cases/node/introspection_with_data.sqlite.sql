SELECT concat('{"__typename":"Query","__type":', +?, ',"topics":', (SELECT concat('[', group_concat(list_2.item, ','), ']') AS anon_1 
FROM (SELECT concat('{"code":"', topic_1.code, '"}') AS item 
FROM topic AS topic_1 
WHERE topic_1.scheme = +? ORDER BY topic_1.scheme ASC, topic_1.code ASC) AS list_2), ',"__schema":', +?, '}') AS answer
