-- The hall takes a theme in from now on.
INSERT INTO theme_shelf (list, theme) VALUES (:list, :theme) ON CONFLICT DO NOTHING;
