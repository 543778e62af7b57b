-- Something that windows fetch has changed.
UPDATE supply SET stamp = stamp + 1 WHERE id = 1;
