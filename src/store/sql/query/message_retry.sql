-- Sends a message again now.
UPDATE outbox_message SET state = 'waiting', next_ms = 0, reason = '' WHERE id = :id AND state <> 'sent';
