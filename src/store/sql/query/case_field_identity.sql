-- The identity number a field or nothing refers to.
SELECT coalesce(identity, 0) FROM case_field WHERE case_id = :case_id AND field = :field;
