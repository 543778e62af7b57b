-- Every year's notice in order.
-- scan: a row a year
SELECT year, body FROM calendar_year ORDER BY year;
