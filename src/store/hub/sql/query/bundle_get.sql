-- One bundle.
SELECT ordinal, id, number, department, hall, window, store, theme, taken_in_ms, due, open, bytes
	FROM bundle WHERE id = :id;
