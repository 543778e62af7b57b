-- The case has its number.
UPDATE case_file SET number = :number, taken_in_ms = :taken_in_ms, intake_day = :day, token = :token,
	token_digest = :token_digest, window = :window, clerk = :clerk, step = 'intake'
WHERE id = :id AND number IS NULL;
