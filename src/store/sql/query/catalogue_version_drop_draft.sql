-- A draft is replaced by a newer import, or given up.
DELETE FROM catalogue_version WHERE list = :list AND version = :version AND status != 'published';
