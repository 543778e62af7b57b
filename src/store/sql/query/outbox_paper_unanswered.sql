-- Papers of a case that nobody has seen come out.
SELECT count(*) FROM print_job WHERE case_id = :case_id AND state IN ('intent', 'rendered', 'submitted', 'ask');
