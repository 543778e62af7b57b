-- How many papers the print worker still has to see to.
SELECT count(*) FROM print_job
WHERE state IN ('intent', 'rendered', 'submitted') AND state IN ('intent', 'rendered', 'submitted', 'ask', 'failed');
