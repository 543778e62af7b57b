-- What one theme is made of.
INSERT INTO catalogue_theme_body (id, body) SELECT id, :body FROM catalogue_theme
WHERE list = :list AND version = :version AND theme = :theme;
