-- The department confirmed its bundle (R22).
UPDATE outbox_bundle SET received_ms = :received_ms WHERE id = :id AND received_ms = 0;
