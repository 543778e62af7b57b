-- What was printed of the case.
DELETE FROM print_job WHERE case_id = :case_id;
