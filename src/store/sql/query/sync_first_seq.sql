-- From which fact on the journal is this store's own.
-- scan: one row a restore
SELECT first_seq FROM store_identity ORDER BY first_seq DESC LIMIT 1;
