-- Themes in force whose words match: on the shelf first, then what is used here, then the best match.
SELECT t.list AS list, t.version AS version, t.theme AS theme, t.name AS name, l.short AS short,
	t.departments AS departments, t.items AS items, s.theme IS NOT NULL AS on_shelf,
	t.described AS described
FROM theme_find f
JOIN catalogue_theme t ON t.id = f.rowid
JOIN catalogue_list l ON l.list = t.list AND l.current = t.version
LEFT JOIN theme_shelf s ON s.list = t.list AND s.theme = t.theme
LEFT JOIN theme_use u ON u.list = t.list AND u.theme = t.theme
WHERE theme_find MATCH :match
ORDER BY on_shelf DESC,
	coalesce(u.uses, 0) + 20.0 / (1 + (:now_ms - coalesce(u.used_ms, 0)) / 86400000.0) DESC,
	CASE WHEN t.name = :text OR t.initials = :text OR t.pinyin = :text THEN 0
		WHEN substr(t.name, 1, length(:text)) = :text OR substr(t.initials, 1, length(:text)) = :text THEN 1
		WHEN instr(t.name, :text) OR instr(t.initials, :text) THEN 2
		ELSE 3 END,
	l.position, t.position
LIMIT :most;
