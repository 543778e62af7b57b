-- Papers the clerk has to answer for, or that wait.
SELECT j.id AS id, j.kind AS kind, coalesce(j.case_id, '') AS case_id, coalesce(c.number, '') AS case_number, j.state AS state, j.printer AS printer,
	j.message AS message, j.copy AS copy, j.created_ms AS created_ms
FROM print_job AS j LEFT JOIN case_file AS c ON c.id = j.case_id
WHERE j.state IN ('intent', 'rendered', 'submitted', 'ask', 'failed') ORDER BY j.created_ms DESC LIMIT :most;
