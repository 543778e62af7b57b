-- The hall no longer takes a theme in.
DELETE FROM theme_shelf WHERE list = :list AND theme = :theme;
