-- Updates are taken in up to here; in the transaction that takes them in.
UPDATE line_state SET updates_cursor = :cursor WHERE id = 1 AND updates_cursor < :cursor;
