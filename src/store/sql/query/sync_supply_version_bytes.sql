-- The frozen bytes of a version.
SELECT bytes FROM catalogue_version WHERE list = :list AND version = :number;
