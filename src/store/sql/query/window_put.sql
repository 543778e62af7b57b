-- Enrols a window, or renames it.
INSERT INTO hall_window (code, hall, hall_name, name) VALUES (:code, :hall, :hall_name, :name)
ON CONFLICT (code) DO UPDATE SET hall = :hall, hall_name = :hall_name, name = :name;
