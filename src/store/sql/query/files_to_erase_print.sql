-- Pages of the case that wait in the spool.
SELECT pdf AS path FROM print_job WHERE case_id = :case_id AND pdf <> '';
