-- The identity numbers that fields of a case refer to.
SELECT identity AS item FROM case_field WHERE case_id = :case_id AND identity IS NOT NULL;
