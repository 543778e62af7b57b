-- Updates that could not be applied: open discrepancies.
SELECT u.id AS id, u.fault AS fault, coalesce(b.case_id, '') AS case_id, u.at_ms AS at_ms
FROM inbox_update AS u LEFT JOIN outbox_bundle AS b ON b.id = u.bundle WHERE u.fault != '' ORDER BY u.at_ms LIMIT :most;
