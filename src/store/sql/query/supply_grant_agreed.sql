-- What this home and the hub last agreed of a list's authorisation; no row: the hub has none.
SELECT agreed FROM supply WHERE kind = 'grant' AND list = :list AND number = 0;
