-- Images waiting to be sent with the case's bundles; before the bundles.
DELETE FROM outbox_blob WHERE bundle IN (SELECT id FROM outbox_bundle WHERE case_id = :case_id);
