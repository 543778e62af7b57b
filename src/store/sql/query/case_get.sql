-- One case by its local id.
SELECT serial, id, number, list, version, theme, theme_name, applicant, step, state, progress, window, clerk, holder,
	created_ms, updated_ms, taken_in_ms, intake_day, due, due_ms, due_unit, promise_due, token, token_digest,
	delivery_way, delivery_together, version_no, joint_extension
FROM case_file WHERE id = :id;
