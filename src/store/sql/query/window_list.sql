-- The enrolled windows.
SELECT code, hall, hall_name, name FROM hall_window ORDER BY code;
