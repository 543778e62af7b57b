-- Keeps a version of a list; it never changes.
INSERT INTO catalogue_version (list, version, digest, size, effective_from, title, themes, filing, author, at_ms, bytes)
	VALUES (:list, :version, :digest, :size, :effective_from, :title, :themes, :filing, :author, :at_ms, :bytes);
