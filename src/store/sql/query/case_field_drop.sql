-- A field emptied.
DELETE FROM case_field WHERE case_id = :case_id AND field = :field;
