-- The bureau's leave is taken back.
DELETE FROM theme_authorised WHERE list = :list AND theme = :theme;
