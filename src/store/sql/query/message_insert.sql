-- A message to the hub, frozen.
INSERT INTO outbox_message (id, bundle, kind, bytes, created_ms) VALUES (:id, :bundle, :kind, :bytes, :now_ms)
ON CONFLICT DO NOTHING;
