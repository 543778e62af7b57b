-- What a field of the form says.
INSERT INTO case_field (case_id, field, value, source, identity) VALUES (:case_id, :field, :value, :source, :identity)
ON CONFLICT (case_id, field) DO UPDATE SET value = :value, source = :source, identity = :identity;
