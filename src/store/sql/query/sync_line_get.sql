-- How the line to the hub stands.
SELECT updates_cursor, forked FROM line_state WHERE id = 1;
