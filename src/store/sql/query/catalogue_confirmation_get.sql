-- What a definition was confirmed as, by whom and when.
SELECT lower(hex(digest)) AS digest, basis, at_ms FROM catalogue_confirmation
WHERE kind = :kind AND list = :list AND code = :code;
