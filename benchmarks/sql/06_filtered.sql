SELECT '{"meetings":{"nodes":[' || collect(item) || ']}}'
FROM (
  SELECT concat(
    '{"id":"meeting:', e.key, '","title":', words(e.title), ',"format":"', m.format,
    '","date":{"edtf":', token(e.date_edtf), ',"earliest":', token(e.date_earliest),
    ',"latest":', token(e.date_latest), '},"place":',
    coalesce('{"name":' || words(p.name) || '}', 'null'), '}'
  ) AS item
  FROM (
    SELECT id, key, title, date_edtf, date_earliest, date_latest, date_asc, place_id
    FROM event
    WHERE kind = 'MEETING'
      AND date_asc >= :from AND date_asc <= :to || '/~'
      AND date_earliest >= day(:from) AND date_latest <= day(:to)
      AND EXISTS (
        SELECT 1 FROM participation p JOIN actor a ON a.id = p.actor_id
        WHERE p.event_id = event.id AND a.country_code = :country
      )
    ORDER BY date_asc, key
    LIMIT :first
  ) e
  JOIN meeting m ON m.id = e.id
  LEFT JOIN place p ON p.id = e.place_id
  ORDER BY e.date_asc, e.key
) page
