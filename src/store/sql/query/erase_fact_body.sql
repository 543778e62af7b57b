-- The bodies of a case's facts; what tells of an earlier erasing stays.
DELETE FROM fact_body
WHERE seq IN (SELECT seq FROM fact WHERE case_id = :case_id AND kind <> 'erased');
