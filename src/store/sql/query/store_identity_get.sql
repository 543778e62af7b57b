-- Who the store is now, and its key for identity numbers.
SELECT id, (SELECT value FROM secret WHERE name = 'identity_key') AS identity_key
FROM store_identity ORDER BY first_seq DESC LIMIT 1;
