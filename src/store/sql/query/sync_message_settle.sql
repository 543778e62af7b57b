-- What became of a try to send a message.
UPDATE outbox_message SET state = :state, reason = :reason, attempts = :attempts, next_ms = :next_ms,
	sent_ms = CASE WHEN :state = 'sent' THEN :now_ms ELSE sent_ms END
WHERE id = :id AND state = 'waiting';
