-- A notice as it was given.
INSERT INTO case_notice (label, case_id, kind, bytes, given_ms) VALUES (:label, :case_id, :kind, :bytes, :given_ms);
