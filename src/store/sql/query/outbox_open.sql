-- What waits to be sent or was refused; the target by the name that the case knows its department by.
SELECT b.id AS id, 'bundle' AS kind, coalesce(c.number, '') AS case_number,
	coalesce((SELECT i.department_name FROM case_item AS i WHERE i.case_id = b.case_id AND i.department = b.department), b.department) AS target,
	b.state AS state, b.reason AS reason, b.attempts AS attempts, b.next_ms AS next_ms, b.created_ms AS created_ms
FROM outbox_bundle AS b LEFT JOIN case_file AS c ON c.id = b.case_id WHERE b.state IN ('waiting', 'refused')
UNION ALL SELECT m.id, m.kind, coalesce(c.number, ''),
	coalesce((SELECT i.department_name FROM case_item AS i WHERE i.case_id = b.case_id AND i.department = b.department), ''),
	m.state, m.reason, m.attempts, m.next_ms, m.created_ms
FROM outbox_message AS m LEFT JOIN outbox_bundle AS b ON b.id = m.bundle LEFT JOIN case_file AS c ON c.id = b.case_id
WHERE m.state IN ('waiting', 'refused')
ORDER BY created_ms LIMIT :most;
