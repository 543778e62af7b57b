-- What a department did, as it was sent.
INSERT INTO bundle_update (bundle, id, kind, item, bytes, at_ms)
	VALUES (:bundle, :id, :kind, :item, :bytes, :at_ms);
