-- The highest number of a list's versions.
SELECT max(version) FROM catalogue_version WHERE list = :list;
