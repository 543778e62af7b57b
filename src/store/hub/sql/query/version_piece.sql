-- A piece of a version's bytes, with the size of the whole and its digest.
SELECT size, digest, substr(bytes, :offset + 1, :most) AS piece
	FROM catalogue_version WHERE list = :list AND version = :version;
