SELECT convert_to(((('{"articles":' || (SELECT (('{"nodes":[' || coalesce(string_agg(page_2.item_1, ','), '')) || ']}') AS anon_1 
FROM (SELECT ((('{"key":"' || article_1.key) || '","licence":') || (coalesce(CAST(to_json(article_1.licence) AS text), 'null') || '}')) AS item_1 
FROM (SELECT * FROM (SELECT article_3.key, article_3.licence, article_3.published_desc 
FROM article AS article_3 
WHERE article_3.licence = ANY($1::TEXT[]) ORDER BY article_3.published_desc DESC, article_3.key DESC LIMIT 500) AS walk LIMIT $2::INTEGER) AS article_1 ORDER BY article_1.published_desc DESC, article_1.key DESC) AS page_2)) || (',"others":' || (SELECT (('{"nodes":[' || coalesce(string_agg(page_5.item_1, ','), '')) || ']}') AS anon_2 
FROM (SELECT ((('{"key":"' || article_4.key) || '","licence":') || (coalesce(CAST(to_json(article_4.licence) AS text), 'null') || '}')) AS item_1 
FROM (SELECT * FROM (SELECT article_6.key, article_6.licence, article_6.published_desc 
FROM article AS article_6 
WHERE (article_6.licence = ANY($3::TEXT[])) IS NOT TRUE ORDER BY article_6.published_desc DESC, article_6.key DESC LIMIT 500) AS walk LIMIT $4::INTEGER) AS article_4 ORDER BY article_4.published_desc DESC, article_4.key DESC) AS page_5))) || ((',"datasets":' || (SELECT (('{"nodes":[' || coalesce(string_agg(page_8.item_1, ','), '')) || ']}') AS anon_3 
FROM (SELECT ((('{"key":"' || dataset_7.key) || '","licence":') || (coalesce(CAST(to_json(dataset_7.licence) AS text), 'null') || '}')) AS item_1 
FROM (SELECT * FROM (SELECT dataset_9.key, dataset_9.licence, dataset_9.title_sort 
FROM dataset AS dataset_9 
WHERE dataset_9.licence = ANY($5::TEXT[]) ORDER BY dataset_9.title_sort ASC, dataset_9.key ASC LIMIT 500) AS walk LIMIT $6::INTEGER) AS dataset_7 ORDER BY dataset_7.title_sort ASC, dataset_7.key ASC) AS page_8)) || '}')), 'UTF8') AS answer
