-- The case's names in the search index; optimize_case_search wipes the words themselves.
DELETE FROM case_search WHERE rowid IN (SELECT rowid FROM case_search WHERE case_id = :case_id);
