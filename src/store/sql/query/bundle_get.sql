-- One bundle.
SELECT id, case_id, department, state, reason, received_ms, bytes FROM outbox_bundle WHERE id = :id;
