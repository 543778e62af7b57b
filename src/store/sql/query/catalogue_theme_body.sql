-- What one theme is made of.
SELECT body FROM catalogue_theme WHERE list = :list AND version = :version AND theme = :theme;
