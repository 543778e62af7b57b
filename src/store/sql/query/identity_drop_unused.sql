-- Forgets an identity number nobody refers to any more.
DELETE FROM identity WHERE id = :id
	AND NOT EXISTS (SELECT 1 FROM case_party WHERE identity = :id)
	AND NOT EXISTS (SELECT 1 FROM case_field WHERE identity = :id);
