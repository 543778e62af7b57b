-- The applicant's rating, once.
INSERT INTO rating (token_digest, grade, comment, at_ms) VALUES (:digest, :grade, :comment, :at_ms);
