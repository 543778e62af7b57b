-- Keeps an update that nobody could read: an open discrepancy.
INSERT INTO inbox_update (id, bundle, cursor, bytes, fault, at_ms)
VALUES (:id, '', :cursor, :bytes, :fault, :at_ms) ON CONFLICT (id) DO NOTHING;
