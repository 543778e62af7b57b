-- Who works on a case here.
SELECT window, clerk, process, process_start, desk FROM case_lease WHERE case_id = :case_id;
