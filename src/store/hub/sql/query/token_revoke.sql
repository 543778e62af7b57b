-- Takes back the token whose digest begins so.
-- scan: one row a token, a few hundred
UPDATE token SET revoked_ms = :now_ms WHERE revoked_ms = 0 AND substr(digest, 5, length(:start)) = :start;
