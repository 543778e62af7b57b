-- The hash of one fact.
SELECT hash FROM fact WHERE store = :store AND seq = :seq;
