-- The frozen bytes of a bundle.
SELECT bytes FROM outbox_bundle WHERE id = :id;
