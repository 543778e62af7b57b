-- The years there are.
-- scan: a row a year
SELECT year, digest, at_ms FROM calendar_year ORDER BY year;
