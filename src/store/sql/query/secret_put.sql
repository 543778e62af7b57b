-- Keeps a key made at init.
INSERT INTO secret (name, value) VALUES (:name, :value);
