-- The years of this home's calendar.
-- scan: a row a year
SELECT year AS number, 'sm3:' || lower(hex(digest)) AS digest FROM calendar_year;
