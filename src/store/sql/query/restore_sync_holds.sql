-- A restored home holds nothing at the hub.
DELETE FROM setting WHERE key = 'holds_told';
