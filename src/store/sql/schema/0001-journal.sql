-- The journal and what every home has.
CREATE TABLE setting (
	key TEXT PRIMARY KEY,
	value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Who this store is: one row at init, one more with every restore. Facts from first_seq on are its own.
CREATE TABLE store_identity (
	first_seq INTEGER PRIMARY KEY,
	id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
	made_ms INTEGER NOT NULL
) STRICT;

-- Keys made at init: identity_key hashes identity numbers.
CREATE TABLE secret (
	name TEXT PRIMARY KEY,
	value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- The chain. Nothing personal stands here: persons are in the body.
CREATE TABLE fact (
	seq INTEGER PRIMARY KEY CHECK (seq > 0),
	kind TEXT NOT NULL,
	case_id TEXT,
	item INTEGER NOT NULL,
	time_ms INTEGER NOT NULL,
	happened_ms INTEGER NOT NULL,
	actor TEXT NOT NULL,
	os_user TEXT NOT NULL,
	window TEXT NOT NULL,
	authority TEXT NOT NULL,
	source TEXT NOT NULL,
	previous BLOB NOT NULL CHECK (length(previous) = 32),
	body_digest BLOB NOT NULL CHECK (length(body_digest) = 32),
	hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE INDEX fact_case ON fact (case_id, seq) WHERE case_id IS NOT NULL;
CREATE INDEX fact_time ON fact (time_ms);

-- Salt and frozen bytes of a fact's body, apart so that erasing leaves the chain whole.
CREATE TABLE fact_body (
	seq INTEGER PRIMARY KEY REFERENCES fact (seq),
	salt BLOB NOT NULL,
	body BLOB NOT NULL
) STRICT;

-- Up to where the hub has receipted the chain.
CREATE TABLE anchor (
	seq INTEGER PRIMARY KEY REFERENCES fact (seq),
	hash BLOB NOT NULL,
	time_ms INTEGER NOT NULL
) STRICT;

-- With recursive_triggers on these also catch INSERT OR REPLACE, which no authorizer sees.
CREATE TRIGGER fact_no_update BEFORE UPDATE ON fact
	BEGIN SELECT RAISE(ABORT, 'the journal is never altered'); END;
CREATE TRIGGER fact_no_delete BEFORE DELETE ON fact
	BEGIN SELECT RAISE(ABORT, 'the journal is never altered'); END;
CREATE TRIGGER fact_in_order BEFORE INSERT ON fact
	WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM fact)
	BEGIN SELECT RAISE(ABORT, 'the journal has no gaps'); END;
CREATE TRIGGER fact_body_no_update BEFORE UPDATE ON fact_body
	BEGIN SELECT RAISE(ABORT, 'the journal is never altered'); END;
CREATE TRIGGER fact_body_once BEFORE INSERT ON fact_body
	WHEN EXISTS (SELECT 1 FROM fact_body WHERE seq = NEW.seq)
	BEGIN SELECT RAISE(ABORT, 'the journal is never altered'); END;
CREATE TRIGGER anchor_no_update BEFORE UPDATE ON anchor
	BEGIN SELECT RAISE(ABORT, 'the journal is never altered'); END;
CREATE TRIGGER anchor_no_delete BEFORE DELETE ON anchor
	BEGIN SELECT RAISE(ABORT, 'the journal is never altered'); END;
CREATE TRIGGER identity_no_update BEFORE UPDATE ON store_identity
	BEGIN SELECT RAISE(ABORT, 'the journal is never altered'); END;
CREATE TRIGGER identity_no_delete BEFORE DELETE ON store_identity
	BEGIN SELECT RAISE(ABORT, 'the journal is never altered'); END;
