-- What one theme is made of.
SELECT b.body AS body FROM catalogue_theme t JOIN catalogue_theme_body b ON b.id = t.id
WHERE t.list = :list AND t.version = :version AND t.theme = :theme;
