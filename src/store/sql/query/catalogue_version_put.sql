-- A new draft version of a list.
INSERT INTO catalogue_version (list, version, digest, bytes, status, title, issuer, doc_no, date, themes, items,
	effective_from, author, filing, made_ms, published_ms)
VALUES (:list, :version, :digest, :bytes, 'draft', :title, :issuer, :doc_no, :date, :themes, :items,
	'', :author, '', :made_ms, 0);
