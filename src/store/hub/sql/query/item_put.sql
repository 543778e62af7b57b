-- An item of a bundle.
INSERT INTO bundle_item (bundle, item, name, service, due, changed_ms)
	VALUES (:bundle, :item, :name, :service, :due, :changed_ms);
