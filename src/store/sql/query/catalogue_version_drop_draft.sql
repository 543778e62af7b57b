-- A newer import replaces the draft of a list.
DELETE FROM catalogue_version WHERE list = :list AND version = :version AND status = 'draft';
