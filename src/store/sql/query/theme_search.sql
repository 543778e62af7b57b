-- Themes in force whose words match: on the shelf first, then what is used here (often and lately), then where the
-- words stand nearest to the beginning of the shortest name, then in the order of the lists. The inner query ranks
-- narrow rows, all that match: one number, since every row pays for it. :letters is how many letters :text has, 0 hanzi.
-- scan: the shelf and what was used are small, and best holds what is shown
WITH known (id, score) AS MATERIALIZED (
	SELECT id, sum(score) FROM (
		SELECT t.id AS id, 1e12 AS score FROM theme_open s
		JOIN catalogue_list l ON l.list = s.list
		JOIN catalogue_theme t ON t.list = s.list AND t.version = l.current AND t.theme = s.theme
		UNION ALL
		SELECT t.id, 1e5 * (u.uses + 20.0 / (1 + max(0, :now_ms - u.used_ms) / 86400000.0)) FROM theme_use u
		JOIN catalogue_list l ON l.list = u.list
		JOIN catalogue_theme t ON t.list = u.list AND t.version = l.current AND t.theme = u.theme)
	GROUP BY id),
best AS MATERIALIZED (
	SELECT t.id AS id,
		coalesce(k.score, 0) - length(t.name) - 100 * coalesce(CASE
			WHEN :letters = 0 THEN nullif(instr(t.name, :text), 0)
			WHEN instr(t.initials, :text) THEN instr(t.initials, :text)
			WHEN :letters > 2 THEN nullif(instr(t.pinyin, :text), 0) END, 99) AS rank
	FROM theme_find f CROSS JOIN catalogue_theme t ON t.id = f.rowid
	CROSS JOIN catalogue_list l ON l.list = t.list AND l.current = t.version
	LEFT JOIN known k ON k.id = t.id
	WHERE theme_find MATCH :match
	ORDER BY rank DESC, l.position, t.list, t.position LIMIT :most)
SELECT t.list AS list, t.version AS version, t.theme AS theme, t.name AS name, l.short AS short,
	t.departments AS departments, t.items AS items, b.rank > 5e11 AS on_shelf, t.described AS described
FROM best b JOIN catalogue_theme t ON t.id = b.id JOIN catalogue_list l ON l.list = t.list
ORDER BY b.rank DESC, l.position, t.list, t.position;
