-- The published version of a list that is in force on a civil date.
SELECT max(version) FROM catalogue_version
WHERE list = :list AND status = 'published' AND effective_from <= :date;
