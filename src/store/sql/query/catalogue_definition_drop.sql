-- The definitions of a draft that is replaced.
DELETE FROM catalogue_definition WHERE list = :list AND version = :version;
