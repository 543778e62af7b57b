-- The items of a bundle.
SELECT item, name, service, due, state, version, outcome, changed_ms FROM bundle_item
	WHERE bundle = :bundle ORDER BY item;
