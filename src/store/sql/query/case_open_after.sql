-- Cases in the order they were made, for `doctor`.
SELECT serial, id FROM case_file WHERE serial > :after ORDER BY serial LIMIT :most;
