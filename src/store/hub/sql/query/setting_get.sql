-- One durable setting of the home.
SELECT value FROM setting WHERE key = :key;
