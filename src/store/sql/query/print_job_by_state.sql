-- Print jobs in one open state, oldest first.
SELECT id, case_id, kind, number, copy, reason, data, printer, state, job, pages, pdf, message, created_ms, updated_ms
FROM print_job
WHERE state = :state AND state IN ('intent', 'rendered', 'submitted', 'ask', 'failed')
ORDER BY created_ms, id LIMIT :most;
