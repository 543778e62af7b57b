-- An item as it is now.
INSERT INTO case_item (case_id, item, name, service, department, department_name, taken, state, version_no, acceptance_no,
	accepted_ms, due, due_open, due_ms, due_unit, extension, outcome, reason, relayed, result, result_label, delivered_ms)
VALUES (:case_id, :item, :name, :service, :department, :department_name, :taken, :state, :version_no, :acceptance_no,
	:accepted_ms, :due, :due_open, :due_ms, :due_unit, :extension, :outcome, :reason, :relayed, :result, :result_label, :delivered_ms)
ON CONFLICT (case_id, item) DO UPDATE SET state = :state, department = :department, department_name = :department_name,
	taken = :taken, version_no = :version_no, acceptance_no = :acceptance_no, accepted_ms = :accepted_ms, due = :due,
	due_open = :due_open, due_ms = :due_ms, due_unit = :due_unit, extension = :extension, outcome = :outcome, reason = :reason,
	relayed = :relayed, result = :result, result_label = :result_label, delivered_ms = :delivered_ms;
