-- The draft of a list, submitted or not.
SELECT max(version) FROM catalogue_version WHERE list = :list AND status != 'published';
