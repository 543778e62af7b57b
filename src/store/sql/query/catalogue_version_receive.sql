-- A version that was published elsewhere, just stored as a draft, stands published here.
UPDATE catalogue_version SET status = 'published', origin = 'hub', effective_from = :effective_from,
	filing = :filing, author = :author, published_ms = :published_ms
WHERE list = :list AND version = :version AND status = 'draft';
