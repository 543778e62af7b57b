-- The name shown in lists.
UPDATE case_file SET applicant = :applicant WHERE id = :id;
