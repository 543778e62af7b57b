-- Blocks a number may come from, with the counter of the day; own numbers of the day of a restore begin at its floor.
SELECT b.first AS first, b.last AS last, max(coalesce(c.next, 0), coalesce(f.floor, 0)) AS next
FROM number_block AS b LEFT JOIN number_counter AS c ON c.hall = b.hall AND c.window = b.window AND c.day = :day
	LEFT JOIN (SELECT CAST(substr(value, 12) AS INTEGER) AS floor FROM setting
		WHERE key = 'number_floor' AND substr(value, 1, 10) = :day) AS f ON b.lessor = 'self'
WHERE b.hall = :hall AND b.window = :window AND (b.lessor <> 'self' OR :own = 1)
	AND max(b.first, coalesce(c.next, 0), coalesce(f.floor, 0)) <= b.last
ORDER BY b.first LIMIT 1;
