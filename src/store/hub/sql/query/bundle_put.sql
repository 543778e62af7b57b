-- A bundle, frozen.
INSERT INTO bundle (id, number, department, hall, window, store, theme, taken_in_ms, day, due, token_digest, bytes, at_ms)
	VALUES (:id, :number, :department, :hall, :window, :store, :theme, :taken_in_ms, :day, :due, :token_digest,
	:bytes, :at_ms);
