SELECT concat(
  '{"meetings":{"pageInfo":{"hasNextPage":', CASE WHEN EXISTS (
    SELECT 1 FROM event WHERE kind = 'MEETING' AND (date_desc, key) < (:date, :key)
    ORDER BY date_desc DESC, key DESC
    LIMIT 1 OFFSET :first
  ) THEN 'true' ELSE 'false' END, ',"endCursor":',
  coalesce('"' || :signature || hexed(min(place)) || '"', 'null'), '},"nodes":[', collect(item), ']}}'
)
FROM (
  SELECT concat(e.date_desc, separator(), e.key, separator()) AS place, concat(
    '{"id":"meeting:', e.key, '","title":', words(e.title), ',"format":"', m.format,
    '","date":{"edtf":', token(e.date_edtf), ',"earliest":', token(e.date_earliest),
    ',"latest":', token(e.date_latest), '},"place":',
    coalesce('{"name":' || words(p.name) || '}', 'null'), '}'
  ) AS item
  FROM event e
  JOIN meeting m ON m.id = e.id
  LEFT JOIN place p ON p.id = e.place_id
  WHERE e.kind = 'MEETING' AND (e.date_desc, e.key) < (:date, :key)
  ORDER BY e.date_desc DESC, e.key DESC
  LIMIT :first
) page
