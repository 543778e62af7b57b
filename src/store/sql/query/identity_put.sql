-- Keeps an identity number.
INSERT INTO identity (kind, value, keyed_hash, last4) VALUES (:kind, :value, :hash, :last4) RETURNING id;
