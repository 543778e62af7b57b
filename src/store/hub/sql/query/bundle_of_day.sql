-- The bundles a hall took in on a day.
SELECT ordinal, id, number, department, hall, window, store, theme, taken_in_ms, due, open, NULL AS bytes
	FROM bundle WHERE hall = :hall AND day = :day ORDER BY number, ordinal;
