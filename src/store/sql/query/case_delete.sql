-- Discards a draft.
DELETE FROM case_file WHERE id = :id AND number IS NULL;
