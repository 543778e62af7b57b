-- A text that changes with any year of the calendar.
-- scan: a row a year
SELECT coalesce(group_concat(year || ' ' || hex(digest)), '') FROM (SELECT year, digest FROM calendar_year ORDER BY year);
