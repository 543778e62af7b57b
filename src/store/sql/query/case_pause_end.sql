-- Time counts again.
UPDATE case_pause SET to_ms = :to_ms WHERE case_id = :case_id AND item = :item AND to_ms = 0;
