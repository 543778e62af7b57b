-- The hub has receipted the chain up to here.
INSERT INTO anchor (seq, hash, time_ms) SELECT :seq, :hash, :time_ms
WHERE NOT EXISTS (SELECT 1 FROM anchor WHERE seq = :seq);
