-- The newest cursor of a lane.
SELECT last FROM lane WHERE name = :name;
