-- The bureau's leave for a whole list is taken back.
DELETE FROM theme_authorised WHERE list = :list;
