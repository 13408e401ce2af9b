SELECT '{"article":' || coalesce((
  SELECT concat(
    '{"id":"article:', a.key, '","title":', quote(a.title), ',"language":"', a.language,
    '","published":{"edtf":', token(a.published_edtf), ',"earliest":', token(a.published_earliest),
    ',"latest":', token(a.published_latest), '},"publisher":',
    coalesce('{"id":"actor:' || p.key || '","name":' || words(p.name) || '}', 'null'),
    ',"body":', quote(a.body), '}'
  )
  FROM article a LEFT JOIN actor p ON p.id = a.publisher_id
  WHERE a.key = :key
), 'null') || '}'
