-- A case and who continues it.
SELECT number, hall, store, window, clerk, held_ms, version FROM case_file WHERE number = :number;
