-- The last fact that has a body.
SELECT max(seq) FROM fact_body;
