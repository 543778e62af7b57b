-- A restored home has to compare everything with the hub anew.
UPDATE line_state SET supply_ms = 0, supply_trouble = '';
