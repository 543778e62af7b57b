-- What is known of every version but its bytes.
-- scan: a few rows a list and year
SELECT list, version, digest, size, effective_from, title, themes, filing, author, at_ms
	FROM catalogue_version ORDER BY list, version;
