-- Without a word: the themes on the shelf, what is used here first.
-- scan: the shelf is small
SELECT t.list AS list, t.version AS version, t.theme AS theme, t.name AS name, l.short AS short,
	t.departments AS departments, t.items AS items, 1 AS on_shelf, t.described AS described
FROM theme_open s
CROSS JOIN catalogue_list l ON l.list = s.list
CROSS JOIN catalogue_theme t ON t.list = s.list AND t.version = l.current AND t.theme = s.theme
LEFT JOIN theme_use u ON u.list = t.list AND u.theme = t.theme
ORDER BY coalesce(u.uses, 0) + 20.0 / (1 + (:now_ms - coalesce(u.used_ms, 0)) / 86400000.0) DESC,
	l.position, t.position
LIMIT :most;
