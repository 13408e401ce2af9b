SELECT '{"meetings":{"groups":[' || collect(item) || ']}}'
FROM (
  SELECT concat('{"keys":[{"value":', token(value), '}],"count":', meetings, '}') AS item
  FROM (
    SELECT CASE WHEN e.date_desc > '' AND substr(e.date_desc, 1, 7) = substr(e.date_desc, 12, 7)
        THEN substr(e.date_desc, 1, 7) END AS value, count(*) AS meetings
    FROM event e
    WHERE e.kind = 'MEETING' AND e.area_id IN (
      SELECT w.inner_id FROM place_within w JOIN place o ON o.id = w.outer_id
      WHERE o.country_code = :country
    )
    GROUP BY 1
  ) counted
  ORDER BY meetings DESC, value NULLS LAST
  LIMIT 200
) page
