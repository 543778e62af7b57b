-- What is unsent, what was refused, what asks for an answer, what waits for a route.
SELECT (SELECT count(*) FROM outbox_bundle WHERE state = 'waiting') + (SELECT count(*) FROM outbox_message WHERE state = 'waiting') AS unsent,
	(SELECT count(*) FROM outbox_bundle WHERE state = 'refused') + (SELECT count(*) FROM outbox_message WHERE state = 'refused') AS refused,
	(SELECT count(*) FROM print_job WHERE state = 'ask' AND state IN ('intent', 'rendered', 'submitted', 'ask', 'failed')) AS papers,
	(SELECT count(*) FROM case_item i JOIN case_file f ON f.id = i.case_id
		WHERE i.state = 'taken_in' AND i.department = '' AND i.taken = 1 AND f.holder = '') AS unrouted;
