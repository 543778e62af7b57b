-- A year's notice; a corrected one replaces it.
INSERT INTO calendar_year (year, digest, body) VALUES (:year, :digest, :body)
ON CONFLICT (year) DO UPDATE SET digest = excluded.digest, body = excluded.body;
