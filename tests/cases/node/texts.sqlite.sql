SELECT concat('{"articles":', (SELECT concat('{"nodes":[', group_concat(page_2.item_1, ','), ']}') AS anon_1 
FROM (SELECT concat('{"key":"', article_1.key, '","hasText":', CASE WHEN article_1.body != '' THEN 'true' ELSE 'false' END, ',"licence":', json_quote(article_1.licence), '}') AS item_1 
FROM article AS article_1 ORDER BY article_1.published_desc DESC, article_1.key DESC LIMIT +?) AS page_2), '}') AS answer
