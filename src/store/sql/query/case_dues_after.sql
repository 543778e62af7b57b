-- Cases with a running limit behind a serial, in order: their due dates are counted anew.
SELECT c.serial AS serial, c.id AS id FROM case_file c
WHERE c.serial > :after AND EXISTS (SELECT 1 FROM case_item i WHERE i.case_id = c.id AND i.taken = 1
	AND i.accepted_ms > 0 AND i.state IN ('accepted', 'suspended', 'waiting'))
ORDER BY c.serial LIMIT :most;
