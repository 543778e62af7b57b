-- Another password; unlocks.
UPDATE user_account SET password = :password, failures = 0, locked_until_ms = 0 WHERE name = :name;
