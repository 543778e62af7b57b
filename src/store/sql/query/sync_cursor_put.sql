-- A destination has receipted the journal up to here.
INSERT INTO outbox_cursor (destination, seq, at_ms) VALUES (:destination, :seq, :at_ms)
ON CONFLICT (destination) DO UPDATE SET seq = :seq, at_ms = :at_ms;
