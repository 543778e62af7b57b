-- Messages that wait, but none of a refused bundle; place is their order.
SELECT outbox_message.id AS id, outbox_message.bundle AS bundle, outbox_message.rowid AS place,
	outbox_message.kind AS kind, outbox_message.attempts AS attempts, outbox_message.next_ms AS next_ms
FROM outbox_message LEFT JOIN outbox_bundle ON outbox_bundle.id = outbox_message.bundle
WHERE outbox_message.state = 'waiting' AND coalesce(outbox_bundle.state, 'sent') <> 'refused'
ORDER BY outbox_message.created_ms;
