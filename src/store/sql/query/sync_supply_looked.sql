-- Everything was compared with the hub; what stands wrong.
UPDATE line_state SET supply_ms = :at_ms, supply_trouble = :trouble WHERE id = 1;
