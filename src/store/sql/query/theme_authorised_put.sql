-- The bureau's leave for a theme; '' every theme of the list.
INSERT INTO theme_authorised (list, theme) VALUES (:list, :theme) ON CONFLICT DO NOTHING;
