-- Forgets the names of a case.
DELETE FROM case_search WHERE rowid = :serial;
