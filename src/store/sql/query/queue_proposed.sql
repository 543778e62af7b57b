-- Cases of which a timer proposed that a silent department's item counts as accepted, nobody answered yet.
SELECT id, coalesce(number, '') AS number, applicant, theme_name AS theme, state, progress, step, due, due_ms, due_unit, promise_due, holder
FROM case_file WHERE id IN (SELECT i.case_id FROM case_item AS i JOIN case_timer AS t ON t.case_id = i.case_id AND t.item = i.item
	WHERE i.state = 'received' AND t.kind = 'deemed_acceptance_due')
ORDER BY taken_in_ms LIMIT :most OFFSET :offset;
