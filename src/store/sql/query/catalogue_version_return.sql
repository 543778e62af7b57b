-- A submitted draft comes back with the reason.
UPDATE catalogue_version SET status = 'draft', returned = :reason
WHERE list = :list AND version = :version AND status = 'submitted';
