-- What PostGraphile cannot ask of tables is asked of functions, in a schema of their own.
CREATE SCHEMA IF NOT EXISTS bench;

DROP FUNCTION IF EXISTS bench.meetings_by_month(text);
CREATE FUNCTION bench.meetings_by_month(country text) RETURNS TABLE (value text, count int) AS $$
  SELECT CASE WHEN date_trunc('month', e.date_earliest) = date_trunc('month', e.date_latest)
      THEN to_char(e.date_earliest, 'YYYY-MM') END, count(*)::int
  FROM event e
  WHERE e.kind = 'MEETING' AND e.place_id IN (
    SELECT w.place_id FROM place_within w JOIN place o ON o.id = w.outer_id WHERE o.country_code = country
  )
  GROUP BY 1 ORDER BY 2 DESC, 1 NULLS LAST LIMIT 200
$$ LANGUAGE sql STABLE;
