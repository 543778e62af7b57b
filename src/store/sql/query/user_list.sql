-- All accounts.
SELECT name, display, roles, disabled FROM user_account ORDER BY name;
