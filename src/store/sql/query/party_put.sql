-- A party of a case.
INSERT INTO case_party (case_id, ordinal, role, name, phone, identity, missing_reason)
VALUES (:case_id, :ordinal, :role, :name, :phone, :identity, :missing_reason)
ON CONFLICT (case_id, ordinal) DO UPDATE SET role = :role, name = :name, phone = :phone, identity = :identity,
	missing_reason = :missing_reason;
