-- The digest of one version, to see whether an import changes anything.
SELECT lower(hex(digest)) FROM catalogue_version WHERE list = :list AND version = :version;
