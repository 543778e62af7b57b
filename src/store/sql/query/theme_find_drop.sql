-- The themes of a version are no longer found.
DELETE FROM theme_find WHERE rowid IN (SELECT id FROM catalogue_theme WHERE list = :list AND version = :version);
