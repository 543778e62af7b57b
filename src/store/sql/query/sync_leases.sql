-- Taken-in cases of this home that somebody is working on now; the hub knows a window by its code.
-- scan: as many rows as cases are open on screens
SELECT case_file.number AS number,
	coalesce((SELECT code FROM hall_window WHERE name = case_lease.window), case_lease.window) AS window,
	case_lease.clerk AS clerk, case_lease.process AS process
FROM case_lease JOIN case_file ON case_file.id = case_lease.case_id
WHERE case_file.number IS NOT NULL AND case_file.holder = '';
