-- One print job.
SELECT id, case_id, kind, number, copy, reason, data, printer, state, job, pages, pdf, message, created_ms, updated_ms
FROM print_job WHERE id = :id;
