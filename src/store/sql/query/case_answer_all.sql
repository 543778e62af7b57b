-- The answers of a case.
SELECT question, option FROM case_answer WHERE case_id = :case_id ORDER BY question;
