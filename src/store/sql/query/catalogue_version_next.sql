-- The number of the next version of a list: above its own and above what the hub has shown.
SELECT max(coalesce((SELECT max(version) FROM catalogue_version WHERE list = :list), 0),
	coalesce((SELECT hub_last FROM catalogue_list WHERE list = :list), 0)) + 1;
