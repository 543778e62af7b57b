-- Items a department received and said nothing about, oldest first.
SELECT i.case_id AS case_id, i.item AS item, i.name AS name, max(b.received_ms) AS received_ms
FROM case_item AS i JOIN outbox_bundle AS b ON b.case_id = i.case_id AND b.department = i.department
WHERE i.state = 'received' AND b.received_ms > 0
	AND NOT EXISTS (SELECT 1 FROM case_timer AS t WHERE t.case_id = i.case_id AND t.item = i.item AND t.kind = 'deemed_acceptance_due')
GROUP BY i.case_id, i.item LIMIT :most;
