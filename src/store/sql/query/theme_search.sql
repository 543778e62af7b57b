-- Themes in force whose words match: on the shelf first, then what is used here (often and lately), then where the
-- words stand nearest to the beginning of the shortest name. The inner query ranks narrow rows, all of them.
-- scan: the shelf and what was used are small, and best holds what is shown
WITH used (id, score) AS MATERIALIZED (
	SELECT t.id, u.uses + 20.0 / (1 + max(0, :now_ms - u.used_ms) / 86400000.0)
	FROM theme_use u
	JOIN catalogue_list l ON l.list = u.list
	JOIN catalogue_theme t ON t.list = u.list AND t.version = l.current AND t.theme = u.theme),
best AS MATERIALIZED (
	SELECT t.id AS id,
		t.id IN (SELECT st.id FROM theme_open s
			JOIN catalogue_list l ON l.list = s.list
			JOIN catalogue_theme st ON st.list = s.list AND st.version = l.current AND st.theme = s.theme) AS on_shelf,
		coalesce((SELECT score FROM used WHERE used.id = t.id), 0) AS score,
		coalesce(nullif(instr(t.name, :text), 0), nullif(instr(t.initials, :text), 0), 99) * 100
			+ length(t.name) AS distance
	FROM theme_find f JOIN catalogue_theme t ON t.id = f.rowid
	WHERE theme_find MATCH :match
	ORDER BY on_shelf DESC, score DESC, distance LIMIT :most)
SELECT t.list AS list, t.version AS version, t.theme AS theme, t.name AS name, l.short AS short,
	t.departments AS departments, t.items AS items, b.on_shelf AS on_shelf, t.described AS described
FROM best b JOIN catalogue_theme t ON t.id = b.id JOIN catalogue_list l ON l.list = t.list
ORDER BY b.on_shelf DESC, b.score DESC, b.distance, l.position, t.position;
