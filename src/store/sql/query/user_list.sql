-- All accounts.
-- scan: a handful of rows
SELECT name, display, roles, disabled FROM user_account ORDER BY name;
