-- Who bears a token.
SELECT kind, store, hall, window, department, revoked_ms FROM token WHERE digest = :digest;
