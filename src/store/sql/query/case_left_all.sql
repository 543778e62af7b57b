-- Items the applicant does not take.
SELECT item FROM case_left_item WHERE case_id = :case_id ORDER BY item;
