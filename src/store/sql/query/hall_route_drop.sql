-- The version's own route holds again.
DELETE FROM hall_route WHERE list = :list AND printed = :printed AND level = :level;
