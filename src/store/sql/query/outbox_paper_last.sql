-- The latest paper of a kind of a case.
SELECT id, coalesce(case_id, '') AS case_id, kind, number, copy, data, state FROM print_job
WHERE case_id = :case_id AND kind = :kind AND (:number = '' OR number = :number) ORDER BY copy DESC, created_ms DESC LIMIT 1;
