-- Cases by words of a name, latest first.
SELECT case_id AS id FROM case_search WHERE case_search MATCH :words ORDER BY rowid DESC LIMIT :most;
