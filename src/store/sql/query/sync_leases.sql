-- Taken-in cases of this home that somebody is working on now.
-- scan: as many rows as cases are open on screens
SELECT case_file.number AS number, case_lease.window AS window, case_lease.clerk AS clerk,
	case_lease.process AS process
FROM case_lease JOIN case_file ON case_file.id = case_lease.case_id
WHERE case_file.number IS NOT NULL AND case_file.holder = '';
