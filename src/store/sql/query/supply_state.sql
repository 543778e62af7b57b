-- When everything was last compared with the hub, what stands wrong, and since when the newest version is in force.
-- scan: a few rows a list and year, of an index that holds all of it
SELECT supply_ms, supply_trouble, (SELECT coalesce(max(effective_from), '') FROM catalogue_version
	WHERE status = 'published' AND effective_from <= :today) AS newest FROM line_state WHERE id = 1;
