-- What a fact says of a version.
SELECT lower(hex(digest)) AS digest, filing AS filing, author AS author, effective_from AS effective_from
FROM catalogue_version WHERE list = :list AND version = :version;
