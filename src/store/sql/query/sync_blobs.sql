-- Images that bundles still waiting need at the hub first.
SELECT outbox_blob.digest AS id, outbox_blob.bundle AS bundle, 0 AS place, '' AS kind,
	outbox_blob.attempts AS attempts, outbox_blob.next_ms AS next_ms
FROM outbox_bundle JOIN outbox_blob ON outbox_blob.bundle = outbox_bundle.id
WHERE outbox_bundle.state = 'waiting' AND outbox_blob.state <> 'sent';
