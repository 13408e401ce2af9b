SELECT (('{"article":' || coalesce((SELECT ((((('{"title":' || json_quote(article_1.title)) || ',"language":') || (coalesce('"' || article_1.language || '"', 'null') || ',"direction":')) || ((((SELECT coalesce('"' || language_2.direction || '"', 'null') AS anon_1 
FROM language AS language_2 
WHERE language_2.tag = article_1.language) || ',"publisher":') || CASE WHEN (article_1.publisher_id IS NULL) THEN 'null' ELSE (('{"name":' || coalesce((actor_3.name -> ?), (actor_3.name -> (actor_3.name ->> '*')), 'null')) || '}') END) || (',"published":{"edtf":' || json_quote(article_1.published_edtf)))) || ((((',"precision":' || coalesce('"' || article_1.published_precision || '"', 'null')) || '},"events":') || ((SELECT (('{"nodes":' || '[' || coalesce(group_concat(page_5.item_1, ','), '') || ']') || '}') AS anon_2 
FROM (SELECT (((('{"id":"' || lower(event_4.kind)) || ':') || (event_4.key || '","kind":')) || ((coalesce('"' || event_4.kind || '"', 'null') || ',"title":') || (coalesce((event_4.title -> ?), (event_4.title -> (event_4.title ->> '*')), 'null') || '}'))) AS item_1 
FROM (SELECT event_6.key, event_6.kind, event_6.title, event_6.date_desc 
FROM event AS event_6 
WHERE event_6.id IN (SELECT report_7.event_id 
FROM report AS report_7 
WHERE report_7.article_id = article_1.id) ORDER BY event_6.date_desc DESC, event_6.kind DESC, event_6.key DESC
 LIMIT ? OFFSET 0) AS event_4 ORDER BY event_4.date_desc DESC, event_4.kind DESC, event_4.key DESC) AS page_5) || ',"claims":')) || (((SELECT (((('{"totalCount":' || (SELECT count(*) AS anon_4 
FROM claim AS claim_10 
WHERE claim_10.article_id = article_1.id)) || ',"nodes":') || ('[' || coalesce(group_concat(CASE WHEN (page_9.number <= ?) THEN page_9.item_1 END, ','), '') || ']' || ',"pageInfo":{"hasNextPage":')) || ((CASE WHEN count(*) > ? THEN 'true' ELSE 'false' END || ',"endCursor":') || (coalesce((('"' || max(CASE WHEN (page_9.number = ? OR page_9.number = page_9.fetched AND page_9.number < ?) THEN page_9.item_2 END)) || '"'), 'null') || '}}'))) AS anon_3 
FROM (SELECT ((((('{"subject":' || CASE WHEN (record_11.kind IN ('MEETING', 'AGREEMENT', 'STATEMENT', 'APPEAL')) THEN coalesce((SELECT ((('{"id":"' || lower(event_12.kind)) || ':') || (event_12.key || '"}')) AS anon_5 
FROM event AS event_12 
WHERE event_12.id = claim_8.subject_id), 'null') WHEN (record_11.kind IN ('PLACE')) THEN coalesce((SELECT (('{"id":"place:' || place_13.key) || '"}') AS anon_6 
FROM place AS place_13 
WHERE place_13.id = claim_8.subject_id), 'null') WHEN (record_11.kind IN ('ACTOR')) THEN coalesce((SELECT (('{"id":"actor:' || actor_14.key) || '"}') AS anon_7 
FROM actor AS actor_14 
WHERE actor_14.id = claim_8.subject_id), 'null') WHEN (record_11.kind IN ('OFFICE')) THEN coalesce((SELECT (('{"id":"office:' || office_15.key) || '"}') AS anon_8 
FROM office AS office_15 
WHERE office_15.id = claim_8.subject_id), 'null') WHEN (record_11.kind IN ('CLAIM')) THEN coalesce((SELECT (('{"id":"claim:' || claim_16.key) || '"}') AS anon_9 
FROM claim AS claim_16 
WHERE claim_16.id = claim_8.subject_id), 'null') WHEN (record_11.kind IN ('ARTICLE')) THEN coalesce((SELECT (('{"id":"article:' || article_17.key) || '"}') AS anon_10 
FROM article AS article_17 
WHERE article_17.id = claim_8.subject_id), 'null') WHEN (record_11.kind IN ('TOPIC')) THEN coalesce((SELECT (('{"id":"topic:' || topic_18.key) || '"}') AS anon_11 
FROM topic AS topic_18 
WHERE topic_18.id = claim_8.subject_id), 'null') WHEN (record_11.kind IN ('PROVISION')) THEN coalesce((SELECT (('{"id":"provision:' || provision_19.key) || '"}') AS anon_12 
FROM provision AS provision_19 
WHERE provision_19.id = claim_8.subject_id), 'null') ELSE 'null' END) || ',"property":') || (json_quote(claim_8.property) || ',"value":')) || (((json_quote(claim_8.value) || ',"basis":') || coalesce('"' || claim_8.basis || '"', 'null')) || (',"quote":{"text":' || json_quote(claim_8.quote_text)))) || ((((',"start":' || coalesce(claim_8.quote_start, 'null')) || ',"end":') || (coalesce(claim_8.quote_end, 'null') || ',"prefix":')) || ((json_quote(claim_8.quote_prefix) || ',"suffix":') || (json_quote(claim_8.quote_suffix) || '}}')))) AS item_1, (? || hex((((claim_8.article_key || char(31)) || claim_8.quote_start) || ((char(31) || claim_8.key) || char(31))))) AS item_2, row_number() OVER (ORDER BY claim_8.article_key ASC, claim_8.quote_start ASC, claim_8.key ASC) AS number, count(*) OVER () AS fetched 
FROM (SELECT claim_20.subject_id, claim_20.property, claim_20.value, claim_20.basis, claim_20.quote_text, claim_20.quote_start, claim_20.quote_end, claim_20.quote_prefix, claim_20.quote_suffix, claim_20.article_key, claim_20.key 
FROM claim AS claim_20 
WHERE claim_20.article_id = article_1.id ORDER BY claim_20.article_key ASC, claim_20.quote_start ASC, claim_20.key ASC
 LIMIT ? + 1 OFFSET 0) AS claim_8 LEFT OUTER JOIN record AS record_11 ON record_11.id = claim_8.subject_id ORDER BY claim_8.article_key ASC, claim_8.quote_start ASC, claim_8.key ASC) AS page_9) || ',"body":') || (json_quote(article_1.body) || '}')))) AS item 
FROM article AS article_1 LEFT OUTER JOIN actor AS actor_3 ON actor_3.id = article_1.publisher_id 
WHERE article_1.key = ?
 LIMIT 1 OFFSET 0), 'null')) || '}') AS answer
