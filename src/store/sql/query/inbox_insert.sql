-- An update as it came.
INSERT INTO inbox_update (id, bundle, cursor, bytes, fault, at_ms) VALUES (:id, :bundle, :cursor, :bytes, :fault, :at_ms)
ON CONFLICT DO NOTHING;
