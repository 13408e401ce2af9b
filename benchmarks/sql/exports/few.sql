SELECT 'meeting:' || event.key, coalesce(event.title ->> 'en', event.title ->> (event.title ->> '*')), event.date_edtf,
  coalesce(place.name ->> 'en', place.name ->> (place.name ->> '*')), meeting.format
FROM event JOIN meeting USING (id) LEFT JOIN place ON place.id = event.place_id
ORDER BY event.date_desc DESC, event.key DESC;
