-- What other stores wrote about the case.
DELETE FROM foreign_fact WHERE case_id = :case_id;
