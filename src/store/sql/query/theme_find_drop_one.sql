-- A theme is no longer found.
DELETE FROM theme_find WHERE rowid = :id;
