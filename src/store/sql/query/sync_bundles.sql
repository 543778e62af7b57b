-- Bundles that wait to be sent, oldest first.
SELECT id, id AS bundle, 0 AS place, '' AS kind, attempts, next_ms
FROM outbox_bundle WHERE state = 'waiting' ORDER BY created_ms;
