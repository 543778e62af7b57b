-- Whether the first theme of a version is indexed, so all of them.
SELECT count(*) FROM theme_find WHERE rowid = (SELECT min(id) FROM catalogue_theme WHERE list = :list AND version = :version);
