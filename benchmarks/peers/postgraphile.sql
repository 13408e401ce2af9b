-- What PostGraphile cannot ask of tables is asked of functions, in a schema of their own.
CREATE SCHEMA IF NOT EXISTS bench;

DROP FUNCTION IF EXISTS bench.meetings_by_month(text);
CREATE FUNCTION bench.meetings_by_month(country text) RETURNS TABLE (value text, count int) AS $$
  SELECT CASE WHEN date_trunc('month', e.date_earliest) = date_trunc('month', e.date_latest)
      THEN to_char(e.date_earliest, 'YYYY-MM') END, count(*)::int
  FROM event e
  WHERE e.kind = 'MEETING' AND e.area_id IN (
    SELECT w.inner_id FROM place_within w JOIN place o ON o.id = w.outer_id WHERE o.country_code = country
  )
  GROUP BY 1 ORDER BY 2 DESC, 1 NULLS LAST LIMIT 200
$$ LANGUAGE sql STABLE;

-- The kind is kept from its index, which would be read whole.
DROP FUNCTION IF EXISTS bench.search_articles(text, int);
CREATE FUNCTION bench.search_articles(words text, size int) RETURNS TABLE (key text, title text) AS $$
  SELECT a.key, a.title
  FROM (
    SELECT r.id, r.key, r.date_desc, r.id IN (
      SELECT rowid FROM search_index i
      WHERE array_to_tsvector(string_to_array(i.names, ' ')) @@ CAST($1 AS tsquery)
    ) AS named
    FROM search_record r
    WHERE r.kind || '' = 'ARTICLE' AND r.id IN (
      SELECT rowid FROM search_index i
      WHERE array_to_tsvector(string_to_array(i.words, ' ')) @@ CAST($1 AS tsquery)
    )
    ORDER BY named DESC, r.date_desc DESC, r.key LIMIT size
  ) hit JOIN article a ON a.id = hit.id
  ORDER BY hit.named DESC, hit.date_desc DESC, hit.key
$$ LANGUAGE sql STABLE;
