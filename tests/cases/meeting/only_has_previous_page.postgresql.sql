SELECT convert_to((('{"meetings":' || (SELECT '{"pageInfo":{"hasPreviousPage":false}}' AS anon_1)) || '}'), 'UTF8') AS answer
