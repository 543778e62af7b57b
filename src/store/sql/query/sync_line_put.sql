-- The agent writes down how the line stands; :contact_ms 0 is no contact.
UPDATE line_state SET online = :online, trouble = :trouble, forked = :forked,
	last_exchange_ms = max(last_exchange_ms, :contact_ms)
WHERE id = 1;
