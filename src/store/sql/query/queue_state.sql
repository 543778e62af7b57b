-- Cases in one state, latest first.
SELECT id, coalesce(number, '') AS number, applicant, theme_name AS theme, state, progress, step, due, due_ms, due_unit, promise_due, holder
FROM case_file WHERE state = :state ORDER BY updated_ms DESC LIMIT :most OFFSET :offset;
