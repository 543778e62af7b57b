-- One definition.
SELECT body FROM catalogue_definition
WHERE list = :list AND version = :version AND kind = :kind AND code = :code;
