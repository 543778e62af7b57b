-- A case held by whoever took it in.
INSERT INTO case_file (number, hall, store, window) VALUES (:number, :hall, :store, :window)
	ON CONFLICT (number) DO NOTHING;
