-- Cases with departments, those due first.
SELECT id, coalesce(number, '') AS number, applicant, theme_name AS theme, state, progress, step, due, due_ms, due_unit, promise_due, holder
FROM case_file WHERE state IN ('taken_in', 'running') ORDER BY updated_ms DESC LIMIT :most OFFSET :offset;
