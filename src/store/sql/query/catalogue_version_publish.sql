-- A submitted draft becomes a published version that never changes. Texts left '' stay as they were submitted.
UPDATE catalogue_version SET status = 'published', effective_from = :effective_from,
	filing = coalesce(nullif(:filing, ''), filing), author = coalesce(nullif(:author, ''), author),
	published_ms = :published_ms
WHERE list = :list AND version = :version AND status = 'submitted';
