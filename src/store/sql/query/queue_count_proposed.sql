-- How many cases wait for a supervisor to confirm deemed acceptance.
SELECT count(DISTINCT i.case_id) FROM case_item AS i JOIN case_timer AS t ON t.case_id = i.case_id AND t.item = i.item
WHERE i.state = 'received' AND t.kind = 'deemed_acceptance_due';
