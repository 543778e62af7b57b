-- The draft gets another number: the hub has used its own.
UPDATE catalogue_version SET version = :number WHERE list = :list AND version = :version AND status != 'published';
