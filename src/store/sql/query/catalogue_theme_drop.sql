-- The themes of a draft that is replaced.
DELETE FROM catalogue_theme WHERE list = :list AND version = :version;
