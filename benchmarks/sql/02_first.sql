SELECT '{"meetings":{"nodes":[' || collect(item) || ']}}'
FROM (
  SELECT concat(
    '{"id":"meeting:', e.key, '","title":', words(e.title), ',"format":"', m.format,
    '","date":{"edtf":', quote(e.date_edtf), ',"earliest":', quote(e.date_earliest),
    ',"latest":', quote(e.date_latest), '},"place":',
    coalesce('{"name":' || words(p.name) || '}', 'null'), '}'
  ) AS item
  FROM (
    SELECT id, kind, key, title, date_edtf, date_earliest, date_latest, date_desc, place_id
    FROM event
    WHERE kind = 'MEETING'
    ORDER BY date_desc DESC, kind DESC, key DESC
    LIMIT :first
  ) e
  JOIN meeting m ON m.id = e.id
  LEFT JOIN place p ON p.id = e.place_id
  ORDER BY e.date_desc DESC, e.kind DESC, e.key DESC
) page
