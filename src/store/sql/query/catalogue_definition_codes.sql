-- Codes and bodies of one kind.
SELECT code, body FROM catalogue_definition
WHERE list = :list AND version = :version AND kind = :kind ORDER BY code;
