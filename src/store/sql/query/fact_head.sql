-- The last fact of the chain.
SELECT seq, hash FROM fact ORDER BY seq DESC LIMIT 1;
