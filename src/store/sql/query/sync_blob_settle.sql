-- What became of a try to send an image.
UPDATE outbox_blob SET state = :state, reason = :reason, attempts = :attempts, next_ms = :next_ms
WHERE bundle = :bundle AND digest = :id AND state <> 'sent';
