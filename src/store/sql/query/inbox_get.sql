-- Whether an update is known.
SELECT id FROM inbox_update WHERE id = :id;
