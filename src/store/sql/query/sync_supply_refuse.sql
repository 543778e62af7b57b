-- One side has refused it.
INSERT INTO supply (kind, list, number, refused, reason, at_ms) VALUES (:kind, :list, :number, :digest, :reason, :at_ms)
	ON CONFLICT (kind, list, number) DO UPDATE SET refused = excluded.refused, reason = excluded.reason, at_ms = excluded.at_ms;
