SELECT '{"search":{"nodes":[' || collect(item) || ']}}'
FROM (
  SELECT concat('{"node":{"id":"article:', a.key, '","title":', quote(a.title), '}}') AS item
  FROM (
    SELECT r.id, r.key, r.date_desc, r.id IN (
      SELECT rowid FROM search_index WHERE search_index MATCH '{names} : (' || :words || ')'
    ) AS named
    FROM search_index CROSS JOIN search_record r ON r.id = search_index.rowid
    WHERE search_index MATCH :words AND r.kind = 'ARTICLE'
    ORDER BY named DESC, date_desc DESC, key
    LIMIT :first
  ) hit
  JOIN article a ON a.id = hit.id
  ORDER BY named DESC, date_desc DESC, hit.key
) page
