SELECT concat(
  '{"meetings":{"totalCount":', (
    SELECT sum(delta) FROM record_count WHERE kind = 'MEETING'
  ), ',"pageInfo":{"hasNextPage":',
  CASE WHEN count(*) > :first THEN 'true' ELSE 'false' END, ',"endCursor":',
  coalesce('"' || :signature || max(
    CASE WHEN number = :first OR number = fetched AND number < :first THEN cursor END
  ) || '"', 'null'),
  '},"nodes":[', collect(CASE WHEN number <= :first THEN item END), ']}}'
)
FROM (
  SELECT concat(
    '{"id":"meeting:', e.key, '","title":', words(e.title), ',"format":"', m.format,
    '","date":{"edtf":', token(e.date_edtf), ',"earliest":', token(e.date_earliest),
    ',"latest":', token(e.date_latest), '},"place":',
    coalesce('{"name":' || words(p.name) || '}', 'null'), '}'
  ) AS item,
  row_number() OVER (ORDER BY e.date_desc DESC, e.key DESC) AS number,
  count(*) OVER () AS fetched,
  hexed(e.date_desc || separator() || e.key || separator()) AS cursor
  FROM (
    SELECT id, key, title, date_edtf, date_earliest, date_latest, date_desc, place_id
    FROM event
    WHERE kind = 'MEETING' AND (date_desc, key) < (:date, :key)
    ORDER BY date_desc DESC, key DESC
    LIMIT :first + 1
  ) e
  JOIN meeting m ON m.id = e.id
  LEFT JOIN place p ON p.id = e.place_id
  ORDER BY e.date_desc DESC, e.key DESC
) page
