-- An item of a bundle goes on.
UPDATE bundle_item SET state = :state, outcome = CASE :outcome WHEN '' THEN outcome ELSE :outcome END,
	version = version + 1, changed_ms = :changed_ms WHERE bundle = :bundle AND item = :item;
