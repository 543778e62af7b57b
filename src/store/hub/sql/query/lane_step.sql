-- Takes the next cursor of a lane.
UPDATE lane SET last = last + 1 WHERE name = :name;
