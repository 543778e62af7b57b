-- Forgets one durable setting of the home.
DELETE FROM setting WHERE key = :key;
