-- Both sides have it.
INSERT INTO supply (kind, list, number, agreed, at_ms) VALUES (:kind, :list, :number, :digest, :at_ms)
	ON CONFLICT (kind, list, number) DO UPDATE SET agreed = excluded.agreed, refused = '', reason = '', at_ms = excluded.at_ms;
