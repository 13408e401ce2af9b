SELECT convert_to((('{"articles":' || (SELECT (('{"nodes":[' || coalesce(string_agg(page_2.item_1, ','), '')) || ']}') AS anon_1 
FROM (SELECT * FROM (SELECT ((('{"key":"' || article_1.key) || ('","hasText":' || CASE WHEN article_1.body != '' THEN 'true' ELSE 'false' END)) || ((',"licence":' || coalesce(CAST(to_json(article_1.licence) AS text), 'null')) || '}')) AS item_1 
FROM article AS article_1 ORDER BY article_1.published_desc DESC, article_1.key DESC LIMIT 500) AS walk LIMIT $1::INTEGER) AS page_2)) || '}'), 'UTF8') AS answer
