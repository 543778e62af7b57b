-- An account by its name.
SELECT name, display, roles, password, disabled, failures, locked_until_ms FROM user_account WHERE name = :name;
