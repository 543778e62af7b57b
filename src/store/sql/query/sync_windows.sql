-- The windows of this home, and whether the hub has leased numbers to them.
-- scan: a home has few windows
SELECT code, hall, name, EXISTS (SELECT 1 FROM number_block
	WHERE number_block.hall = hall_window.hall AND number_block.window = hall_window.code
		AND lessor = 'hub') AS leased
FROM hall_window ORDER BY code;
