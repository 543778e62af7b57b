-- The case with its parties, answers, fields, materials, items and notices (they cascade).
DELETE FROM case_file WHERE id = :case_id;
