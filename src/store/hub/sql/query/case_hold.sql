-- The holder works on it (held_ms) or has put it down (0).
UPDATE case_file SET clerk = :clerk, window = :window, held_ms = :held_ms, version = version + 1
	WHERE number = :number;
