-- What a window told a department, as it was sent.
INSERT INTO bundle_message (bundle, id, kind, item, bytes, at_ms)
	VALUES (:bundle, :id, :kind, :item, :bytes, :at_ms);
