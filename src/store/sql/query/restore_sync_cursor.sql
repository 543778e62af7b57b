-- The hub has no fact of a restored home's new store yet.
-- scan: one row a destination
DELETE FROM outbox_cursor;
