-- The same person handed this material in before (R13): the number of that case.
SELECT c.number FROM case_party AS p JOIN case_file AS c ON c.id = p.case_id
	JOIN case_material AS m ON m.case_id = c.id
WHERE p.identity IN (SELECT identity FROM case_party WHERE case_id = :case_id)
	AND p.case_id <> :case_id AND c.number IS NOT NULL AND m.material = :material AND m.status IN ('received', 'reused')
ORDER BY c.taken_in_ms DESC LIMIT 1;
