SELECT '{"agreements":{"nodes":[' || collect(item) || ']}}'
FROM (
  SELECT concat(
    '{"id":"agreement:', e.key, '","title":', words(e.title), ',"type":"', g.type,
    '","status":"', g.status, '","date":{"edtf":', token(e.date_edtf), '},"provisions":{"nodes":[', (
      SELECT collect(item) FROM (
        SELECT concat(
          '{"ordinal":', v.ordinal, ',"heading":', coalesce(words(v.heading), 'null'),
          ',"text":', words(v.text), '}'
        ) AS item
        FROM provision v
        WHERE v.agreement_id = e.id
        ORDER BY v.ordinal
        LIMIT 50
      ) provisions
    ), ']},"participants":{"nodes":[', (
      SELECT collect(item) FROM (
        SELECT concat(
          '{"role":"', p.role, '","actor":{"id":"actor:', a.key, '","name":', words(a.name),
          '}}'
        ) AS item
        FROM participation p JOIN actor a ON a.id = p.actor_id
        WHERE p.event_id = e.id
        ORDER BY p.ordinal
        LIMIT 50
      ) participants
    ), ']}}'
  ) AS item
  FROM event e
  JOIN agreement g ON g.id = e.id
  WHERE e.kind = 'AGREEMENT'
  ORDER BY e.date_desc DESC, e.key DESC
  LIMIT :first
) page
