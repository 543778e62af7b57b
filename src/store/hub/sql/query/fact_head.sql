-- The last fact of a store.
SELECT seq, hash FROM fact WHERE store = :store ORDER BY seq DESC LIMIT 1;
