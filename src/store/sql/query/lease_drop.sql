-- A case is let go.
DELETE FROM case_lease WHERE case_id = :case_id AND process = :process AND process_start = :process_start AND desk = :desk;
