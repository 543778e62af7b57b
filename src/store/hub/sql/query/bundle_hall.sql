-- The hall a bundle belongs to.
SELECT hall FROM bundle WHERE id = :id;
