-- All tokens for the administrator.
-- scan: one row a token, a few hundred
SELECT digest, kind, store, hall, window, department, made_ms, revoked_ms FROM token ORDER BY made_ms;
