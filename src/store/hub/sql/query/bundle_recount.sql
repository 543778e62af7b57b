-- Whether an item of the bundle is still undecided.
UPDATE bundle SET open = EXISTS (SELECT 1 FROM bundle_item WHERE bundle = :bundle
	AND state NOT IN ('decided', 'refused', 'withdrawn', 'lapsed')) WHERE id = :bundle;
