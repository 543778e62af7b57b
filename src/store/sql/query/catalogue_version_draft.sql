-- The draft of a list.
SELECT max(version) FROM catalogue_version WHERE list = :list AND status = 'draft';
