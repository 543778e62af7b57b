-- Counts failed logins and locks.
UPDATE user_account SET failures = :failures, locked_until_ms = :until_ms WHERE name = :name;
