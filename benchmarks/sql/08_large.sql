SELECT '{"meetings":{"nodes":[' || collect(item) || ']}}'
FROM (
  SELECT concat(
    '{"id":"meeting:', e.key, '","title":', words(e.title), ',"date":{"edtf":', token(e.date_edtf),
    '},"participants":{"nodes":[', (
      SELECT collect(item) FROM (
        SELECT concat(
          '{"role":"', p.role, '","actor":{"id":"actor:', a.key, '","name":', words(a.name),
          ',"country":', coalesce('{"code":"' || a.country_code || '"}', 'null'), '}}'
        ) AS item
        FROM participation p JOIN actor a ON a.id = p.actor_id
        WHERE p.event_id = e.id
        ORDER BY p.ordinal
        LIMIT 50
      ) participants
    ), ']}}'
  ) AS item
  FROM event e
  WHERE e.kind = 'MEETING'
  ORDER BY e.date_desc DESC, e.key DESC
  LIMIT :first
) page
