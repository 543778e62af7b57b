-- Whether the hall takes a theme in.
SELECT count(*) FROM theme_shelf WHERE list = :list AND theme = :theme;
