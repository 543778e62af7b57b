-- What a hall may take in of a list; the newest stands.
INSERT INTO authorisation (hall, list, digest, at_ms, body) VALUES (:hall, :list, :digest, :at_ms, :body)
	ON CONFLICT (hall, list) DO UPDATE SET digest = excluded.digest, at_ms = excluded.at_ms, body = excluded.body;
