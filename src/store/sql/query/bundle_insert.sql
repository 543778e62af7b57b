-- A bundle for a department, frozen.
INSERT INTO outbox_bundle (id, case_id, department, bytes, state, created_ms, sent_ms)
VALUES (:id, :case_id, :department, :bytes, :state, :now_ms, :sent_ms) ON CONFLICT DO NOTHING;
