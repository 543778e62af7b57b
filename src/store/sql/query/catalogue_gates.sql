-- The three gates of a theme in force, and how many items its source lists.
SELECT coalesce((SELECT t.described FROM catalogue_list l
		JOIN catalogue_theme t ON t.list = l.list AND t.version = l.current AND t.theme = :theme
		WHERE l.list = :list), -1) AS described,
	(SELECT count(*) FROM theme_authorised WHERE list = :list AND theme = :theme)
		+ (SELECT count(*) FROM theme_authorised WHERE list = :list AND theme = '') AS authorised,
	(SELECT count(*) FROM theme_shelf WHERE list = :list AND theme = :theme) AS on_shelf,
	coalesce((SELECT t.items FROM catalogue_list l
		JOIN catalogue_theme t ON t.list = l.list AND t.version = l.current AND t.theme = :theme
		WHERE l.list = :list), 0) AS items;
