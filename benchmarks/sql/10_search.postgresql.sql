SELECT '{"search":{"nodes":[' || collect(item) || ']}}'
FROM (
  SELECT concat('{"node":{"id":"article:', a.key, '","title":', quote(a.title), '}}') AS item
  FROM (
    SELECT id, key, date_desc, id IN (
      SELECT rowid FROM search_index
      WHERE array_to_tsvector(string_to_array(names, ' ')) @@ CAST(:words AS tsquery)
    ) AS named
    FROM search_record
    WHERE kind = 'ARTICLE' AND id IN (
      SELECT rowid FROM search_index
      WHERE array_to_tsvector(string_to_array(words, ' ')) @@ CAST(:words AS tsquery)
    )
    ORDER BY named DESC, date_desc DESC, key
    LIMIT :first
  ) hit
  JOIN article a ON a.id = hit.id
  ORDER BY named DESC, date_desc DESC, hit.key
) page
