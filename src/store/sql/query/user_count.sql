-- How many accounts there are.
-- scan: a handful of rows
SELECT count(*) FROM user_account;
