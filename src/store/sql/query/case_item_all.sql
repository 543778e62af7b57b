-- The items of a case.
SELECT item, name, service, department, department_name, taken, state, version_no, acceptance_no, accepted_ms, due, due_open,
	due_ms, due_unit, extension, outcome, reason, relayed, result, result_label, delivered_ms
FROM case_item WHERE case_id = :case_id ORDER BY item;
