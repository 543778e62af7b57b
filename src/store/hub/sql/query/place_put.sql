-- A window of a home.
INSERT INTO place (store, hall, window, name, lane) VALUES (:store, :hall, :window, :name, :lane)
	ON CONFLICT (store, hall, window) DO UPDATE SET name = excluded.name;
