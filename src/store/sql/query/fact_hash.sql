-- The hash of one fact.
SELECT hash FROM fact WHERE seq = :seq;
