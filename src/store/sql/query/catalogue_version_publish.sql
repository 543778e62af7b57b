-- A draft becomes a published version that never changes.
UPDATE catalogue_version SET status = 'published', effective_from = :effective_from, filing = :filing,
	author = :author, published_ms = :published_ms
WHERE list = :list AND version = :version AND status = 'draft';
