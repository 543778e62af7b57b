-- What the window wrote about the case's bundles; before the bundles.
DELETE FROM outbox_message WHERE bundle IN (SELECT id FROM outbox_bundle WHERE case_id = :case_id);
