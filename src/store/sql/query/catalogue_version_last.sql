-- Highest version number of a list, drafts included.
SELECT max(version) FROM catalogue_version WHERE list = :list;
