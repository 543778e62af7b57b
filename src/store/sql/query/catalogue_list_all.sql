-- The lists in their order with the version in force.
-- scan: a handful of lists
SELECT l.list AS list, l.short AS short, l.current AS current, coalesce(v.title, '') AS title,
	coalesce(v.issuer, '') AS issuer, coalesce(v.doc_no, '') AS doc_no, coalesce(v.date, '') AS date,
	coalesce(v.themes, 0) AS themes, coalesce(v.items, 0) AS items,
	(SELECT count(*) FROM theme_open s WHERE s.list = l.list) AS on_shelf
FROM catalogue_list l LEFT JOIN catalogue_version v ON v.list = l.list AND v.version = l.current
ORDER BY l.position, l.list;
