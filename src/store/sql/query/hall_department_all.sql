-- Departments this hall's routes may name beside those of the versions.
-- scan: a handful
SELECT code, name FROM hall_department ORDER BY code;
