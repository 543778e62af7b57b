-- What was said of everything before.
-- scan: a few rows a list and year
SELECT kind, list, number, agreed, refused, reason FROM supply;
