-- An answer taken back.
DELETE FROM case_answer WHERE case_id = :case_id AND question = :question;
