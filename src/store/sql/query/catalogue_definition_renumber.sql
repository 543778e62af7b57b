-- The definitions of the draft gets another number: the hub has used its own.
UPDATE catalogue_definition SET version = :number WHERE list = :list AND version = :version;
