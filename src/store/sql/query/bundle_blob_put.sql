-- An image its bundle needs.
INSERT INTO outbox_blob (bundle, digest) VALUES (:bundle, :digest) ON CONFLICT DO NOTHING;
