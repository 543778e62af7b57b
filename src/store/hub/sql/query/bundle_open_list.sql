-- A department's open work by deadline.
SELECT ordinal, id, number, department, hall, window, store, theme, taken_in_ms, due, open, NULL AS bytes
	FROM bundle WHERE department = :department AND open = 1 AND (due, ordinal) > (:due, :ordinal)
	ORDER BY due, ordinal LIMIT :most;
