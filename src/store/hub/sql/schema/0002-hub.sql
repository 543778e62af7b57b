-- What the hub keeps: who may speak, every store's facts, bundles with what departments answer, and
-- the lanes from which windows fetch.

-- Bearer tokens, only as digests.
CREATE TABLE token (
	digest TEXT PRIMARY KEY,
	kind TEXT NOT NULL CHECK (kind IN ('window', 'department', 'bureau')),
	store TEXT NOT NULL DEFAULT '',
	hall TEXT NOT NULL DEFAULT '',
	window TEXT NOT NULL DEFAULT '',
	department TEXT NOT NULL DEFAULT '',
	made_ms INTEGER NOT NULL,
	revoked_ms INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX token_by_store ON token (store, hall, window) WHERE store <> '';

-- One-time enrolment codes; the store that used one may ask again (its answer was lost).
CREATE TABLE enrolment (
	digest TEXT PRIMARY KEY,
	hall TEXT NOT NULL,
	hall_name TEXT NOT NULL DEFAULT '',
	window TEXT NOT NULL,
	made_ms INTEGER NOT NULL,
	store TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

CREATE TABLE department (
	code TEXT PRIMARY KEY,
	name TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A lane is what one home fetches from, with a cursor without gaps. Named by hall/window, so that a
-- replaced machine goes on where the old one stood.
CREATE TABLE lane (
	name TEXT PRIMARY KEY,
	last INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- A window of a home; the windows of one home share its lane.
CREATE TABLE place (
	store TEXT NOT NULL,
	hall TEXT NOT NULL,
	window TEXT NOT NULL,
	name TEXT NOT NULL,
	lane TEXT NOT NULL REFERENCES lane (name),
	PRIMARY KEY (store, hall, window)
) STRICT, WITHOUT ROWID;

CREATE TABLE lane_entry (
	lane TEXT NOT NULL REFERENCES lane (name),
	cursor INTEGER NOT NULL CHECK (cursor > 0),
	kind TEXT NOT NULL CHECK (kind IN ('update', 'custody')),
	bundle TEXT NOT NULL DEFAULT '',
	number TEXT NOT NULL,
	document BLOB NOT NULL,
	PRIMARY KEY (lane, cursor)
) STRICT, WITHOUT ROWID;

CREATE TABLE number_block (
	hall TEXT NOT NULL,
	window TEXT NOT NULL,
	first INTEGER NOT NULL,
	last INTEGER NOT NULL,
	store TEXT NOT NULL,
	PRIMARY KEY (hall, window, first),
	UNIQUE (hall, window, store)
) STRICT, WITHOUT ROWID;

-- Facts of every store as they were written; `ordinal` is the order in which they arrived.
CREATE TABLE fact (
	ordinal INTEGER PRIMARY KEY,
	store TEXT NOT NULL CHECK (length(store) = 32),
	seq INTEGER NOT NULL CHECK (seq > 0),
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
	hash BLOB NOT NULL CHECK (length(hash) = 32),
	received_ms INTEGER NOT NULL,
	UNIQUE (store, seq)
) STRICT;
CREATE INDEX fact_by_case ON fact (store, case_id) WHERE case_id IS NOT NULL;

-- Apart, so that erasing leaves the chain whole.
CREATE TABLE fact_body (
	ordinal INTEGER PRIMARY KEY REFERENCES fact (ordinal),
	salt BLOB NOT NULL,
	body BLOB NOT NULL
) STRICT;

CREATE TRIGGER fact_no_update BEFORE UPDATE ON fact
	BEGIN SELECT RAISE(ABORT, 'the journal is never altered'); END;
CREATE TRIGGER fact_no_delete BEFORE DELETE ON fact
	BEGIN SELECT RAISE(ABORT, 'the journal is never altered'); END;
CREATE TRIGGER fact_body_no_update BEFORE UPDATE ON fact_body
	BEGIN SELECT RAISE(ABORT, 'the journal is never altered'); END;

-- A taken-in case: who continues it. `version` rises with every change and makes the ETag.
CREATE TABLE case_file (
	number TEXT PRIMARY KEY,
	hall TEXT NOT NULL,
	store TEXT NOT NULL,
	window TEXT NOT NULL,
	clerk TEXT NOT NULL DEFAULT '',
	held_ms INTEGER NOT NULL DEFAULT 0, -- since when it is held; 0 it is not
	version INTEGER NOT NULL DEFAULT 1
) STRICT, WITHOUT ROWID;

-- Which local cases of which stores are that case.
CREATE TABLE case_link (
	store TEXT NOT NULL,
	case_id TEXT NOT NULL,
	number TEXT NOT NULL,
	PRIMARY KEY (store, case_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_by_number ON case_link (number);

-- What the window did with an item after the department: result_in, delivered, withdrawn…
CREATE TABLE case_step (
	number TEXT NOT NULL,
	item INTEGER NOT NULL, -- -1 all of them
	kind TEXT NOT NULL,
	at_ms INTEGER NOT NULL,
	PRIMARY KEY (number, item, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE bundle (
	ordinal INTEGER PRIMARY KEY,
	id TEXT NOT NULL UNIQUE,
	number TEXT NOT NULL,
	department TEXT NOT NULL,
	hall TEXT NOT NULL,
	window TEXT NOT NULL,
	store TEXT NOT NULL,
	theme TEXT NOT NULL,
	taken_in_ms INTEGER NOT NULL,
	day TEXT NOT NULL,                 -- civil day of the intake
	due TEXT NOT NULL,                 -- nearest due date of its items, '9999' none: the work list's order
	token_digest TEXT NOT NULL DEFAULT '',
	open INTEGER NOT NULL DEFAULT 1,   -- an item of it is undecided
	bytes BLOB NOT NULL,               -- frozen
	at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX bundle_by_number ON bundle (number);
CREATE INDEX bundle_by_department ON bundle (department, due, ordinal);
CREATE INDEX bundle_open ON bundle (department, due, ordinal) WHERE open = 1;
CREATE INDEX bundle_by_day ON bundle (hall, day);
CREATE INDEX bundle_by_token ON bundle (token_digest) WHERE token_digest <> '';

CREATE TABLE bundle_item (
	bundle TEXT NOT NULL REFERENCES bundle (id),
	item INTEGER NOT NULL,
	name TEXT NOT NULL,
	service TEXT NOT NULL,
	due TEXT NOT NULL,
	state TEXT NOT NULL DEFAULT 'dispatched', -- word of enum item_state, as the department left it
	version INTEGER NOT NULL DEFAULT 0,
	outcome TEXT NOT NULL DEFAULT '',
	changed_ms INTEGER NOT NULL,
	PRIMARY KEY (bundle, item)
) STRICT, WITHOUT ROWID;

CREATE TABLE bundle_update (
	ordinal INTEGER PRIMARY KEY,
	bundle TEXT NOT NULL REFERENCES bundle (id),
	id TEXT NOT NULL,
	kind TEXT NOT NULL,
	item INTEGER NOT NULL,
	bytes BLOB NOT NULL,
	at_ms INTEGER NOT NULL,
	UNIQUE (bundle, id)
) STRICT;

CREATE TABLE bundle_message (
	ordinal INTEGER PRIMARY KEY,
	bundle TEXT NOT NULL REFERENCES bundle (id),
	id TEXT NOT NULL,
	kind TEXT NOT NULL,
	item INTEGER NOT NULL,
	bytes BLOB NOT NULL,
	at_ms INTEGER NOT NULL,
	UNIQUE (bundle, id)
) STRICT;

-- Images stand in blobs/; this says how far each has come. They come before their bundle.
CREATE TABLE blob (
	bundle TEXT NOT NULL,
	digest TEXT NOT NULL,
	store TEXT NOT NULL,
	size INTEGER NOT NULL,
	received INTEGER NOT NULL DEFAULT 0, -- equal to size: whole and its digest checked
	PRIMARY KEY (bundle, digest)
) STRICT, WITHOUT ROWID;

CREATE TABLE rating (
	token_digest TEXT PRIMARY KEY,
	grade INTEGER NOT NULL CHECK (grade BETWEEN 1 AND 5),
	comment TEXT NOT NULL DEFAULT '',
	at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
