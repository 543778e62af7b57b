-- How much the hub refused and nobody has mended yet, and the reason of one.
SELECT (SELECT count(*) FROM outbox_bundle WHERE state = 'refused')
		+ (SELECT count(*) FROM outbox_message WHERE state = 'refused') AS count,
	coalesce((SELECT reason FROM outbox_bundle WHERE state = 'refused' LIMIT 1),
		(SELECT reason FROM outbox_message WHERE state = 'refused' LIMIT 1), '') AS reason;
