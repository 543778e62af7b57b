-- A desk closes and lets go of everything.
-- scan: as many rows as cases are open now
DELETE FROM case_lease WHERE process = :process AND process_start = :process_start AND desk = :desk;
