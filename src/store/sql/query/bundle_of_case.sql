-- The bundles of a case.
SELECT id, case_id, department, state, reason, received_ms, bytes FROM outbox_bundle WHERE case_id = :case_id ORDER BY created_ms, id;
