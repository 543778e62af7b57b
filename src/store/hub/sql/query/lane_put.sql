-- A lane, if it is not there yet.
INSERT INTO lane (name) VALUES (:name) ON CONFLICT (name) DO NOTHING;
