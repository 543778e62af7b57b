-- Who worked on the case.
DELETE FROM case_lease WHERE case_id = :case_id;
