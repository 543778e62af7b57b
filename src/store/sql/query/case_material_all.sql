-- The materials of a case.
SELECT material, status, how, originals, copies, label, note, promise_due, certificate_no, digest, at_ms, by
FROM case_material WHERE case_id = :case_id ORDER BY material;
