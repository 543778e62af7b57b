-- An answer of the questionnaire.
INSERT INTO case_answer (case_id, question, option) VALUES (:case_id, :question, :option)
ON CONFLICT (case_id, question) DO UPDATE SET option = :option;
