-- The last fact of the chain.
-- scan: only the last row
SELECT seq, hash FROM fact ORDER BY seq DESC LIMIT 1;
