-- The bundles of the case.
DELETE FROM outbox_bundle WHERE case_id = :case_id;
