-- The names of a case for searching.
INSERT INTO case_search (rowid, case_id, names) VALUES (:serial, :case_id, :names);
