-- A department by its code.
INSERT INTO department (code, name) VALUES (:code, :name)
	ON CONFLICT (code) DO UPDATE SET name = excluded.name WHERE excluded.name <> '';
