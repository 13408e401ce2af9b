SELECT '{"meetings":{"nodes":[' || collect(item) || ']}}'
FROM (
  SELECT concat(
    '{"id":"meeting:', e.key, '","title":', words(e.title), ',"format":"', m.format,
    '","date":{"edtf":', token(e.date_edtf), ',"earliest":', token(e.date_earliest),
    ',"latest":', token(e.date_latest), '},"place":',
    coalesce('{"name":' || words(p.name) || '}', 'null'), '}'
  ) AS item
  FROM (
    SELECT id, key, title, date_edtf, date_earliest, date_latest, date_desc, place_id
    FROM event
    WHERE kind = 'MEETING'
    ORDER BY date_desc DESC, key DESC
    LIMIT :first
  ) e
  JOIN meeting m ON m.id = e.id
  LEFT JOIN place p ON p.id = e.place_id
  ORDER BY e.date_desc DESC, e.key DESC
) page
