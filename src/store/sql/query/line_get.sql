-- How the line to the hub stands.
SELECT online, last_exchange_ms, trouble, forked FROM line_state WHERE id = 1;
