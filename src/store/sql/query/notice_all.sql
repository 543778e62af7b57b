-- The notices of a case, oldest first.
SELECT label, kind, bytes, given_ms FROM case_notice WHERE case_id = :case_id ORDER BY given_ms, label;
