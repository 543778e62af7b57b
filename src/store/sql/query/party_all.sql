-- The parties of a case with their numbers.
SELECT p.ordinal AS ordinal, p.role AS role, p.name AS name, p.phone AS phone, coalesce(p.identity, 0) AS identity,
	coalesce(i.kind, 'none') AS document, coalesce(i.value, '') AS number, p.missing_reason AS missing_reason
FROM case_party AS p LEFT JOIN identity AS i ON i.id = p.identity WHERE p.case_id = :case_id ORDER BY p.ordinal;
