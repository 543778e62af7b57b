-- A new account.
INSERT INTO user_account (name, display, roles, password) VALUES (:name, :display, :roles, :password);
