-- Where the spine stands.
UPDATE case_file SET step = :step, updated_ms = :now_ms WHERE id = :id;
