-- The themes of a version in the source's order.
SELECT t.id AS id, t.list AS list, t.version AS version, t.theme AS theme, t.name AS name,
	coalesce(l.short, '') AS short, t.departments AS departments, t.items AS items,
	s.theme IS NOT NULL AS on_shelf, t.described AS described
FROM catalogue_theme t
LEFT JOIN catalogue_list l ON l.list = t.list
LEFT JOIN theme_open s ON s.list = t.list AND s.theme = t.theme
WHERE t.list = :list AND t.version = :version ORDER BY t.position;
