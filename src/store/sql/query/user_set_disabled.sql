-- Closes or opens an account.
UPDATE user_account SET disabled = :disabled WHERE name = :name;
