-- The latest paper of a kind of a case, by the case's number or local id.
SELECT id, case_id, kind, number, copy, reason, data, printer, state, job, pages, pdf, message, created_ms, updated_ms
FROM print_job
WHERE case_id = (SELECT id FROM case_file WHERE number = :case OR id = :case) AND kind = :kind
ORDER BY copy DESC, created_ms DESC LIMIT 1;
