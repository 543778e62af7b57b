-- Another image begins.
INSERT INTO blob (bundle, digest, store, size) VALUES (:bundle, :digest, :store, :size)
	ON CONFLICT (bundle, digest) DO UPDATE SET size = excluded.size, received = 0;
