-- What departments wrote about the case's bundles; before the bundles.
-- scan: the table has no index by bundle, and a case is erased once
DELETE FROM inbox_update WHERE bundle IN (SELECT id FROM outbox_bundle WHERE case_id = :case_id);
