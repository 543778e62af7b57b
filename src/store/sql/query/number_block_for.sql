-- Blocks a number may come from, with the counter of the day.
SELECT b.first AS first, b.last AS last, coalesce(c.next, 0) AS next
FROM number_block AS b LEFT JOIN number_counter AS c ON c.hall = b.hall AND c.window = b.window AND c.day = :day
WHERE b.hall = :hall AND b.window = :window AND (b.lessor <> 'self' OR :own = 1)
	AND max(b.first, coalesce(c.next, 0)) <= b.last
ORDER BY b.first LIMIT 1;
