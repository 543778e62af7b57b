-- The themes of the draft gets another number: the hub has used its own.
UPDATE catalogue_theme SET version = :number WHERE list = :list AND version = :version;
