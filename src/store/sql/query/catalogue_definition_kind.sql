-- All definitions of one kind.
SELECT body FROM catalogue_definition WHERE list = :list AND version = :version AND kind = :kind ORDER BY code;
