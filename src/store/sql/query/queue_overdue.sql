-- Cases past their due date, the worst first.
SELECT id, coalesce(number, '') AS number, applicant, theme_name AS theme, state, progress, step, due, due_ms, due_unit, promise_due, holder
FROM case_file WHERE due_ms > 0 AND due_ms < :now_ms ORDER BY due_ms LIMIT :most OFFSET :offset;
