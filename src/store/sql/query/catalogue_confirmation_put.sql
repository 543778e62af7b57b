-- A definition was compared with the local implementation list.
INSERT INTO catalogue_confirmation (kind, list, code, digest, basis, actor, at_ms)
VALUES (:kind, :list, :code, :digest, :basis, :actor, :at_ms)
ON CONFLICT (kind, list, code) DO UPDATE SET digest = excluded.digest, basis = excluded.basis,
	actor = excluded.actor, at_ms = excluded.at_ms;
