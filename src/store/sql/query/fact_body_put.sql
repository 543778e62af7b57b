-- The body of a fact just appended.
INSERT INTO fact_body (seq, salt, body) VALUES (:seq, :salt, :body);
