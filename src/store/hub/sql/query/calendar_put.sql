-- A year's calendar; a corrected one replaces it.
INSERT INTO calendar_year (year, digest, at_ms, body) VALUES (:year, :digest, :at_ms, :body)
	ON CONFLICT (year) DO UPDATE SET digest = excluded.digest, at_ms = excluded.at_ms, body = excluded.body;
