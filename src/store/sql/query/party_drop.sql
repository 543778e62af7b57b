-- A party removed.
DELETE FROM case_party WHERE case_id = :case_id AND ordinal = :ordinal;
