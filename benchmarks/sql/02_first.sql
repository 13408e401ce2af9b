SELECT '{"meetings":{"nodes":[' || collect(item) || ']}}'
FROM (
  SELECT concat(
    '{"id":"meeting:', e.key, '","title":', words(e.title), ',"format":"', m.format,
    '","date":{"edtf":', token(e.date_edtf), ',"earliest":', token(e.date_earliest),
    ',"latest":', token(e.date_latest), '},"place":',
    coalesce('{"name":' || words(p.name) || '}', 'null'), '}'
  ) AS item
  FROM event e
  JOIN meeting m ON m.id = e.id
  LEFT JOIN place p ON p.id = e.place_id
  WHERE e.kind = 'MEETING'
  ORDER BY e.date_desc DESC, e.key DESC
  LIMIT :first
) page
