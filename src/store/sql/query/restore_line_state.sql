-- A restored home has not spoken to the hub under its new id.
UPDATE line_state SET online = 0, forked = 0, trouble = '';
