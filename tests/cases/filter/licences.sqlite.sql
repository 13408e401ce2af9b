SELECT concat('{"articles":', (SELECT concat('{"nodes":[', group_concat(page_2.item_1, ','), ']}') AS anon_1 
FROM (SELECT concat('{"key":"', article_1.key, '","licence":', json_quote(article_1.licence), '}') AS item_1 
FROM (SELECT article_3.key, article_3.licence, article_3.published_desc 
FROM article AS article_3 
WHERE article_3.licence IN (SELECT value FROM json_each(+?)) ORDER BY article_3.published_desc DESC, article_3.key DESC LIMIT +?) AS article_1 ORDER BY article_1.published_desc DESC, article_1.key DESC) AS page_2), ',"others":', (SELECT concat('{"nodes":[', group_concat(page_5.item_1, ','), ']}') AS anon_2 
FROM (SELECT concat('{"key":"', article_4.key, '","licence":', json_quote(article_4.licence), '}') AS item_1 
FROM (SELECT article_6.key, article_6.licence, article_6.published_desc 
FROM article AS article_6 
WHERE (article_6.licence IN (SELECT value FROM json_each(+?))) IS NOT TRUE ORDER BY article_6.published_desc DESC, article_6.key DESC LIMIT +?) AS article_4 ORDER BY article_4.published_desc DESC, article_4.key DESC) AS page_5), ',"datasets":', (SELECT concat('{"nodes":[', group_concat(page_8.item_1, ','), ']}') AS anon_3 
FROM (SELECT concat('{"key":"', dataset_7.key, '","licence":', json_quote(dataset_7.licence), '}') AS item_1 
FROM (SELECT dataset_9.key, dataset_9.licence, dataset_9.title_sort 
FROM dataset AS dataset_9 
WHERE dataset_9.licence IN (SELECT value FROM json_each(+?)) ORDER BY dataset_9.title_sort ASC, dataset_9.key ASC LIMIT +?) AS dataset_7 ORDER BY dataset_7.title_sort ASC, dataset_7.key ASC) AS page_8), '}') AS answer
