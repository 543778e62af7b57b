-- Keeps the body of a fact of a store.
INSERT INTO fact_body (ordinal, salt, body)
	SELECT ordinal, :salt, :body FROM fact WHERE store = :store AND seq = :seq;
