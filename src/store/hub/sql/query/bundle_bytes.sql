-- The frozen bytes of a bundle.
SELECT bytes FROM bundle WHERE id = :id;
