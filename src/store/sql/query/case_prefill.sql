-- Fields of the latest earlier case of the same person.
SELECT f.field AS field, coalesce(i.value, f.value) AS value, 'case' AS source
FROM case_field AS f LEFT JOIN identity AS i ON i.id = f.identity
WHERE f.case_id = (SELECT c.id FROM case_party AS p JOIN case_file AS c ON c.id = p.case_id
	WHERE p.identity IN (SELECT identity FROM case_party WHERE case_id = :case_id AND role IN ('applicant', 'firm'))
		AND p.case_id <> :case_id AND p.role IN ('applicant', 'firm')
	ORDER BY c.updated_ms DESC LIMIT 1)
ORDER BY f.field;
