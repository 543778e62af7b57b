-- What is computed of a case for the lists.
UPDATE case_file SET state = :state, progress = :progress, due = :due, due_ms = :due_ms, due_unit = :due_unit,
	promise_due = :promise_due, updated_ms = :now_ms, version_no = version_no + 1
WHERE id = :id;
