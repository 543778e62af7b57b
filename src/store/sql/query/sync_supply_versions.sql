-- The versions this home has published or received.
-- scan: a few rows a list and year, of an index that holds all of it
SELECT list, version AS number, 'sm3:' || lower(hex(digest)) AS digest, effective_from, filing, author
	FROM catalogue_version WHERE status = 'published';
