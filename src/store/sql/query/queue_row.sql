-- One case as a list shows it.
SELECT id, coalesce(number, '') AS number, applicant, theme_name AS theme, state, progress, step, due, due_ms, due_unit, promise_due, holder
FROM case_file WHERE id = :id;
