-- Where a version stands: draft, submitted, published.
SELECT status FROM catalogue_version WHERE list = :list AND version = :version;
