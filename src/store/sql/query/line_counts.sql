-- What is unsent and what was refused.
SELECT (SELECT count(*) FROM outbox_bundle WHERE state = 'waiting') + (SELECT count(*) FROM outbox_message WHERE state = 'waiting') AS unsent,
	(SELECT count(*) FROM outbox_bundle WHERE state = 'refused') + (SELECT count(*) FROM outbox_message WHERE state = 'refused') AS refused,
	(SELECT count(*) FROM print_job WHERE state = 'ask' AND state IN ('intent', 'rendered', 'submitted', 'ask', 'failed')) AS papers;
