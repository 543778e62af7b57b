-- Another home continues the case.
UPDATE case_file SET store = :store, window = :window, clerk = :clerk, held_ms = :held_ms, version = version + 1
	WHERE number = :number;
