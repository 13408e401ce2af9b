SELECT concat('{"meetings":', (SELECT '{"pageInfo":{"hasPreviousPage":false}}' AS anon_1), '}') AS answer
