-- A restored home has not spoken with the hub yet.
UPDATE line_state SET online = 0, last_exchange_ms = 0, updates_cursor = 0, trouble = '', forked = 0 WHERE id = 1;
