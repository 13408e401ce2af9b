SELECT '{"search":{"nodes":[' || collect(item) || ']}}'
FROM (
  SELECT concat('{"node":{"id":"article:', a.key, '","title":', quote(a.title), '}}') AS item
  FROM (
    SELECT id, key, date_desc, id IN (
      SELECT rowid FROM search_index WHERE search_index MATCH '{names} : (' || :words || ')'
    ) AS named
    FROM search_record
    WHERE kind = 'ARTICLE' AND id IN (
      SELECT rowid FROM search_index WHERE search_index MATCH :words
    )
    ORDER BY named DESC, date_desc DESC, key
    LIMIT :first
  ) hit
  JOIN article a ON a.id = hit.id
  ORDER BY named DESC, date_desc DESC, hit.key
) page
