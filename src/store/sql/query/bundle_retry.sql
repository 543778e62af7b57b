-- Sends a bundle again now.
UPDATE outbox_bundle SET state = 'waiting', next_ms = 0, reason = '' WHERE id = :id AND state <> 'sent';
