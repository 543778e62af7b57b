-- The number that changes with everything windows fetch.
SELECT stamp FROM supply WHERE id = 1;
