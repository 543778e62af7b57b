-- A new token, only its digest.
INSERT INTO token (digest, kind, store, hall, window, department, made_ms)
	VALUES (:digest, :kind, :store, :hall, :window, :department, :made_ms);
