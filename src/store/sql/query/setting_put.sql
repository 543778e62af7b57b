-- Sets one durable setting of the home.
INSERT INTO setting (key, value) VALUES (:key, :value)
	ON CONFLICT (key) DO UPDATE SET value = excluded.value;
