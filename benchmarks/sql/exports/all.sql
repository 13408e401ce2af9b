SELECT
  'meeting:' || event.key,
  (SELECT group_concat(v, '; ') FROM (SELECT coalesce(value, '') AS v
    FROM identifier WHERE record_id = event.id ORDER BY scheme, value)),
  event.key,
  event.kind,
  coalesce(event.title ->> 'en', event.title ->> (event.title ->> '*')),
  coalesce(event.summary ->> 'en', event.summary ->> (event.summary ->> '*')),
  event.date_edtf,
  event.date_earliest,
  event.date_latest,
  event.date_precision,
  event.date_text,
  event.date_basis,
  event.date_anchored,
  event.occurrence,
  'place:' || place.key,
  coalesce(place.name ->> 'en', place.name ->> (place.name ->> '*')),
  (SELECT group_concat(v, '; ') FROM (SELECT coalesce('place:' || p.key, '') AS v
    FROM event_place AS l JOIN place AS p ON p.id = l.place_id WHERE l.event_id = event.id ORDER BY l.ordinal)),
  (SELECT group_concat(v, '; ') FROM (SELECT coalesce(coalesce(p.name ->> 'en', p.name ->> (p.name ->> '*')), '') AS v
    FROM event_place AS l JOIN place AS p ON p.id = l.place_id WHERE l.event_id = event.id ORDER BY l.ordinal)),
  (SELECT group_concat(v, '; ') FROM (SELECT coalesce(role, '') AS v
    FROM participation AS l JOIN actor AS a ON a.id = l.actor_id LEFT JOIN office AS o ON o.id = l.office_id LEFT JOIN actor AS b ON b.id = l.on_behalf_of_id WHERE l.event_id = event.id ORDER BY l.ordinal)),
  (SELECT group_concat(v, '; ') FROM (SELECT coalesce('actor:' || a.key, '') AS v
    FROM participation AS l JOIN actor AS a ON a.id = l.actor_id LEFT JOIN office AS o ON o.id = l.office_id LEFT JOIN actor AS b ON b.id = l.on_behalf_of_id WHERE l.event_id = event.id ORDER BY l.ordinal)),
  (SELECT group_concat(v, '; ') FROM (SELECT coalesce(coalesce(a.name ->> 'en', a.name ->> (a.name ->> '*')), '') AS v
    FROM participation AS l JOIN actor AS a ON a.id = l.actor_id LEFT JOIN office AS o ON o.id = l.office_id LEFT JOIN actor AS b ON b.id = l.on_behalf_of_id WHERE l.event_id = event.id ORDER BY l.ordinal)),
  (SELECT group_concat(v, '; ') FROM (SELECT coalesce('office:' || o.key, '') AS v
    FROM participation AS l JOIN actor AS a ON a.id = l.actor_id LEFT JOIN office AS o ON o.id = l.office_id LEFT JOIN actor AS b ON b.id = l.on_behalf_of_id WHERE l.event_id = event.id ORDER BY l.ordinal)),
  (SELECT group_concat(v, '; ') FROM (SELECT coalesce(coalesce(o.title ->> 'en', o.title ->> (o.title ->> '*')), '') AS v
    FROM participation AS l JOIN actor AS a ON a.id = l.actor_id LEFT JOIN office AS o ON o.id = l.office_id LEFT JOIN actor AS b ON b.id = l.on_behalf_of_id WHERE l.event_id = event.id ORDER BY l.ordinal)),
  (SELECT group_concat(v, '; ') FROM (SELECT coalesce('actor:' || b.key, '') AS v
    FROM participation AS l JOIN actor AS a ON a.id = l.actor_id LEFT JOIN office AS o ON o.id = l.office_id LEFT JOIN actor AS b ON b.id = l.on_behalf_of_id WHERE l.event_id = event.id ORDER BY l.ordinal)),
  (SELECT group_concat(v, '; ') FROM (SELECT coalesce(coalesce(b.name ->> 'en', b.name ->> (b.name ->> '*')), '') AS v
    FROM participation AS l JOIN actor AS a ON a.id = l.actor_id LEFT JOIN office AS o ON o.id = l.office_id LEFT JOIN actor AS b ON b.id = l.on_behalf_of_id WHERE l.event_id = event.id ORDER BY l.ordinal)),
  (SELECT group_concat(v, '; ') FROM (SELECT coalesce(signed_on_edtf, '') AS v
    FROM participation AS l JOIN actor AS a ON a.id = l.actor_id LEFT JOIN office AS o ON o.id = l.office_id LEFT JOIN actor AS b ON b.id = l.on_behalf_of_id WHERE l.event_id = event.id ORDER BY l.ordinal)),
  (SELECT group_concat(v, '; ') FROM (SELECT coalesce(position, '') AS v
    FROM participation AS l JOIN actor AS a ON a.id = l.actor_id LEFT JOIN office AS o ON o.id = l.office_id LEFT JOIN actor AS b ON b.id = l.on_behalf_of_id WHERE l.event_id = event.id ORDER BY l.ordinal)),
  (SELECT group_concat(v, '; ') FROM (SELECT coalesce(relation, '') AS v
    FROM event_link AS l JOIN event AS e ON e.id = l.other_id WHERE l.event_id = event.id ORDER BY relation, other_kind, other_key, inverse)),
  (SELECT group_concat(v, '; ') FROM (SELECT coalesce(iif(inverse, 'true', 'false'), '') AS v
    FROM event_link AS l JOIN event AS e ON e.id = l.other_id WHERE l.event_id = event.id ORDER BY relation, other_kind, other_key, inverse)),
  (SELECT group_concat(v, '; ') FROM (SELECT coalesce(lower(e.kind) || ':' || e.key, '') AS v
    FROM event_link AS l JOIN event AS e ON e.id = l.other_id WHERE l.event_id = event.id ORDER BY relation, other_kind, other_key, inverse)),
  (SELECT group_concat(v, '; ') FROM (SELECT coalesce(coalesce(e.title ->> 'en', e.title ->> (e.title ->> '*')), '') AS v
    FROM event_link AS l JOIN event AS e ON e.id = l.other_id WHERE l.event_id = event.id ORDER BY relation, other_kind, other_key, inverse)),
  (SELECT group_concat(v, '; ') FROM (SELECT coalesce('topic:' || t.key, '') AS v
    FROM event_topic AS l JOIN topic AS t ON t.id = l.topic_id WHERE l.event_id = event.id ORDER BY t.scheme, t.code)),
  (SELECT group_concat(v, '; ') FROM (SELECT coalesce(coalesce(t.label ->> 'en', t.label ->> (t.label ->> '*')), '') AS v
    FROM event_topic AS l JOIN topic AS t ON t.id = l.topic_id WHERE l.event_id = event.id ORDER BY t.scheme, t.code)),
  (SELECT group_concat(v, '; ') FROM (SELECT coalesce(scheme, '') AS v
    FROM event_code AS l WHERE l.event_id = event.id ORDER BY scheme, code, id)),
  (SELECT group_concat(v, '; ') FROM (SELECT coalesce(version, '') AS v
    FROM event_code AS l WHERE l.event_id = event.id ORDER BY scheme, code, id)),
  (SELECT group_concat(v, '; ') FROM (SELECT coalesce(code, '') AS v
    FROM event_code AS l WHERE l.event_id = event.id ORDER BY scheme, code, id)),
  (SELECT group_concat(v, '; ') FROM (SELECT coalesce(coalesce(l.label ->> 'en', l.label ->> (l.label ->> '*')), '') AS v
    FROM event_code AS l WHERE l.event_id = event.id ORDER BY scheme, code, id)),
  (SELECT group_concat(v, '; ') FROM (SELECT coalesce(basis, '') AS v
    FROM event_code AS l WHERE l.event_id = event.id ORDER BY scheme, code, id)),
  (SELECT group_concat(v, '; ') FROM (SELECT coalesce(measure, '') AS v
    FROM figure AS l WHERE l.event_id = event.id ORDER BY ordinal)),
  (SELECT group_concat(v, '; ') FROM (SELECT coalesce(coalesce(l.label ->> 'en', l.label ->> (l.label ->> '*')), '') AS v
    FROM figure AS l WHERE l.event_id = event.id ORDER BY ordinal)),
  (SELECT group_concat(v, '; ') FROM (SELECT coalesce(low / 1000.0, '') AS v
    FROM figure AS l WHERE l.event_id = event.id ORDER BY ordinal)),
  (SELECT group_concat(v, '; ') FROM (SELECT coalesce(best / 1000.0, '') AS v
    FROM figure AS l WHERE l.event_id = event.id ORDER BY ordinal)),
  (SELECT group_concat(v, '; ') FROM (SELECT coalesce(high / 1000.0, '') AS v
    FROM figure AS l WHERE l.event_id = event.id ORDER BY ordinal)),
  (SELECT group_concat(v, '; ') FROM (SELECT coalesce(unit, '') AS v
    FROM figure AS l WHERE l.event_id = event.id ORDER BY ordinal)),
  iif(event.contested, 'true', 'false'),
  replace(substr(event.recorded_at, 1, 19), ' ', 'T') || 'Z',
  meeting.format
FROM event JOIN meeting USING (id) LEFT JOIN place ON place.id = event.place_id
ORDER BY event.date_desc DESC, event.key DESC;
