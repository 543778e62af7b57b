-- Identity numbers that only this case's parties have; before the parties themselves.
DELETE FROM identity
WHERE id IN (SELECT identity FROM case_party WHERE case_id = :case_id)
	AND NOT EXISTS (SELECT 1 FROM case_party AS other
		WHERE other.identity = identity.id AND other.case_id <> :case_id);
