-- One paper.
SELECT id, coalesce(case_id, '') AS case_id, kind, number, copy, data, state FROM print_job WHERE id = :id;
