-- The bytes of one version.
SELECT bytes AS body FROM catalogue_version WHERE list = :list AND version = :version;
