-- A department this hall's routes may name.
INSERT INTO hall_department (code, name) VALUES (:code, :name) ON CONFLICT (code) DO NOTHING;
