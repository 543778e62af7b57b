-- Identity numbers that only this case has; before the parties and fields themselves.
DELETE FROM identity
WHERE (id IN (SELECT identity FROM case_party WHERE case_id = :case_id) OR id IN (SELECT identity FROM case_field WHERE case_id = :case_id))
	AND NOT EXISTS (SELECT 1 FROM case_party AS other WHERE other.identity = identity.id AND other.case_id <> :case_id)
	AND NOT EXISTS (SELECT 1 FROM case_field AS other WHERE other.identity = identity.id AND other.case_id <> :case_id);
