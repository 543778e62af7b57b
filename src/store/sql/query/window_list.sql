-- The enrolled windows.
-- scan: a handful of rows
SELECT code, hall, hall_name, name FROM hall_window ORDER BY code;
