-- Cases and what hangs on them. Drafts are rows here and no facts; from taken_in on every change is
-- made together with its fact. Times are UTC milliseconds, civil dates 'YYYY-MM-DD'.

CREATE TABLE hall_window (
	code TEXT PRIMARY KEY,             -- two characters of GB 32100's alphabet
	hall TEXT NOT NULL,                -- four digits; 0000 demo and practice
	hall_name TEXT NOT NULL,
	name TEXT NOT NULL                 -- 3号窗
) STRICT;

CREATE TABLE user_account (
	name TEXT PRIMARY KEY,
	display TEXT NOT NULL,
	roles TEXT NOT NULL,               -- words of enum desk_role, separated by spaces
	password TEXT NOT NULL,            -- yescrypt, crypt(5)
	disabled INTEGER NOT NULL DEFAULT 0,
	failures INTEGER NOT NULL DEFAULT 0,
	locked_until_ms INTEGER NOT NULL DEFAULT 0
) STRICT;

-- A range of numbers that belongs to this store; a counter a day.
CREATE TABLE number_block (
	hall TEXT NOT NULL,
	window TEXT NOT NULL,
	first INTEGER NOT NULL,
	last INTEGER NOT NULL,
	lessor TEXT NOT NULL,              -- 'self' or the hub
	PRIMARY KEY (hall, window, first)
) STRICT;
CREATE TABLE number_counter (
	hall TEXT NOT NULL,
	window TEXT NOT NULL,
	day TEXT NOT NULL,
	next INTEGER NOT NULL,
	PRIMARY KEY (hall, window, day)
) STRICT;

-- Identity numbers stand here and nowhere else.
CREATE TABLE identity (
	id INTEGER PRIMARY KEY,
	kind TEXT NOT NULL,                -- word of enum document_kind
	value TEXT NOT NULL,
	keyed_hash BLOB NOT NULL,          -- HMAC-SM3 with the store's key, for looking up
	last4 TEXT NOT NULL,
	UNIQUE (kind, keyed_hash)
) STRICT;
CREATE INDEX identity_last4 ON identity (last4);
CREATE INDEX identity_hash ON identity (keyed_hash);

CREATE TABLE case_file (
	serial INTEGER PRIMARY KEY,        -- rowid of its entry in case_search
	id TEXT NOT NULL UNIQUE,           -- 32 hex digits, local, from the first moment
	number TEXT UNIQUE,                -- drawn in taken_in, final
	list TEXT NOT NULL,
	version INTEGER NOT NULL,          -- of the list: a case stays on it (R02)
	theme TEXT NOT NULL,               -- id of the theme in its list
	theme_name TEXT NOT NULL,
	applicant TEXT NOT NULL DEFAULT '',-- name shown in lists
	step TEXT NOT NULL DEFAULT 'guide',-- where the spine stands: guide notice form material check intake
	state TEXT NOT NULL DEFAULT 'draft', -- cached word of enum case_state; `doctor` recomputes it
	progress TEXT NOT NULL DEFAULT '', -- cached words of core's case_progress
	window TEXT NOT NULL,
	clerk TEXT NOT NULL,
	holder TEXT NOT NULL DEFAULT '',   -- '' this home; else the window that took it over
	created_ms INTEGER NOT NULL,
	updated_ms INTEGER NOT NULL,
	taken_in_ms INTEGER NOT NULL DEFAULT 0,
	intake_day TEXT NOT NULL DEFAULT '', -- of a draft the day it was made
	due TEXT NOT NULL DEFAULT '',      -- nearest open due date, '' none
	due_ms INTEGER NOT NULL DEFAULT 0, -- its last millisecond in time, 0 none
	due_unit TEXT NOT NULL DEFAULT '',
	promise_due TEXT NOT NULL DEFAULT '', -- nearest promise (容缺) not kept yet, '' none
	token TEXT NOT NULL DEFAULT '',    -- of the applicant's page, until its receipt is confirmed
	token_digest TEXT NOT NULL DEFAULT '',
	delivery_way TEXT NOT NULL DEFAULT 'window', -- window post electronic self
	delivery_together INTEGER NOT NULL DEFAULT 1,
	version_no INTEGER NOT NULL DEFAULT 0 -- rises with every change; a stale writer is refused
) STRICT;
CREATE INDEX case_by_day ON case_file (intake_day, updated_ms);
CREATE INDEX case_by_state ON case_file (state, updated_ms);
CREATE INDEX case_by_due ON case_file (due_ms) WHERE due_ms > 0;
CREATE INDEX case_by_promise ON case_file (promise_due) WHERE promise_due != '';
CREATE INDEX case_by_intake ON case_file (taken_in_ms) WHERE taken_in_ms > 0;

CREATE TABLE case_party (
	case_id TEXT NOT NULL REFERENCES case_file (id) ON DELETE CASCADE,
	ordinal INTEGER NOT NULL,
	role TEXT NOT NULL,                -- word of enum party_role
	name TEXT NOT NULL,
	phone TEXT NOT NULL DEFAULT '',
	identity INTEGER REFERENCES identity (id),
	missing_reason TEXT NOT NULL DEFAULT '', -- why there is no number
	PRIMARY KEY (case_id, ordinal)
) STRICT;
CREATE INDEX party_by_identity ON case_party (identity);

CREATE TABLE case_answer (
	case_id TEXT NOT NULL REFERENCES case_file (id) ON DELETE CASCADE,
	question TEXT NOT NULL,
	option TEXT NOT NULL,
	PRIMARY KEY (case_id, question)
) STRICT;

-- Items of a draft that the applicant does not take (R11).
CREATE TABLE case_left_item (
	case_id TEXT NOT NULL REFERENCES case_file (id) ON DELETE CASCADE,
	item INTEGER NOT NULL,
	PRIMARY KEY (case_id, item)
) STRICT;

-- A field whose value is an identity number has it in table identity and '' here.
CREATE TABLE case_field (
	case_id TEXT NOT NULL REFERENCES case_file (id) ON DELETE CASCADE,
	field TEXT NOT NULL,
	value TEXT NOT NULL,
	source TEXT NOT NULL DEFAULT 'typed', -- typed, case (an earlier one), document
	identity INTEGER REFERENCES identity (id),
	PRIMARY KEY (case_id, field)
) STRICT;
CREATE INDEX field_by_identity ON case_field (identity) WHERE identity IS NOT NULL;

CREATE TABLE case_material (
	case_id TEXT NOT NULL REFERENCES case_file (id) ON DELETE CASCADE,
	material TEXT NOT NULL,
	status TEXT NOT NULL,              -- word of enum material_status
	how TEXT NOT NULL DEFAULT '',      -- paper, scan, certificate, reuse, promise, declaration
	originals INTEGER NOT NULL DEFAULT 0,
	copies INTEGER NOT NULL DEFAULT 0,
	label TEXT NOT NULL DEFAULT '',    -- M label of the paper
	note TEXT NOT NULL DEFAULT '',     -- what does not fit
	promise_due TEXT NOT NULL DEFAULT '',
	certificate_no TEXT NOT NULL DEFAULT '',
	digest TEXT NOT NULL DEFAULT '',   -- of the image in blobs/
	at_ms INTEGER NOT NULL,
	by TEXT NOT NULL,
	PRIMARY KEY (case_id, material)
) STRICT;
CREATE INDEX material_by_label ON case_material (label) WHERE label != '';

CREATE TABLE case_item (
	case_id TEXT NOT NULL REFERENCES case_file (id) ON DELETE CASCADE,
	item INTEGER NOT NULL,             -- index in the theme
	name TEXT NOT NULL,
	service TEXT NOT NULL,
	department TEXT NOT NULL,          -- code; '' not routed, waits visibly
	department_name TEXT NOT NULL,
	taken INTEGER NOT NULL DEFAULT 1,  -- 0: the applicant does not take it
	state TEXT NOT NULL DEFAULT 'draft', -- word of enum item_state
	version_no INTEGER NOT NULL DEFAULT 0, -- acts carry the version they expect
	acceptance_no TEXT NOT NULL DEFAULT '', -- the department's own number
	accepted_ms INTEGER NOT NULL DEFAULT 0,
	suspended_ms INTEGER NOT NULL DEFAULT 0,
	due TEXT NOT NULL DEFAULT '',
	due_open TEXT NOT NULL DEFAULT '', -- “N working days from D, date open”
	due_ms INTEGER NOT NULL DEFAULT 0,
	due_unit TEXT NOT NULL DEFAULT '',
	extension INTEGER NOT NULL DEFAULT 0, -- approved, in the limit's unit
	outcome TEXT NOT NULL DEFAULT '',  -- granted, denied, refused
	reason TEXT NOT NULL DEFAULT '',
	relayed INTEGER NOT NULL DEFAULT 0, -- 转录: typed in by the window
	result BLOB,                       -- frozen JSON of the department's result
	result_label TEXT NOT NULL DEFAULT '',
	delivered_ms INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (case_id, item)
) STRICT;
CREATE INDEX item_by_state ON case_item (state);
CREATE INDEX item_by_label ON case_item (result_label) WHERE result_label != '';

-- Intervals that do not count (D21).
CREATE TABLE case_pause (
	case_id TEXT NOT NULL REFERENCES case_file (id) ON DELETE CASCADE,
	item INTEGER NOT NULL,
	from_ms INTEGER NOT NULL,
	to_ms INTEGER NOT NULL DEFAULT 0,  -- 0 not resumed yet
	exclusion TEXT NOT NULL,           -- word of enum limit_exclusion
	PRIMARY KEY (case_id, item, from_ms)
) STRICT;

CREATE TABLE case_notice (
	label TEXT PRIMARY KEY,            -- N label
	case_id TEXT NOT NULL REFERENCES case_file (id) ON DELETE CASCADE,
	kind TEXT NOT NULL,                -- notice, correction
	bytes BLOB NOT NULL,               -- frozen: what was missing, by which version (row 4)
	given_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX notice_by_case ON case_notice (case_id);

-- Who works on a case in this home now.
CREATE TABLE case_lease (
	case_id TEXT PRIMARY KEY,
	window TEXT NOT NULL,
	clerk TEXT NOT NULL,
	process INTEGER NOT NULL,
	process_start INTEGER NOT NULL,
	desk INTEGER NOT NULL,             -- which open desk of that process
	since_ms INTEGER NOT NULL
) STRICT;

-- Search: names with one token a hanzi, readings, numbers by prefix.
CREATE VIRTUAL TABLE case_search USING fts5 (
	case_id UNINDEXED, names, tokenize = 'unicode61'
);

-- Facts that other stores wrote about a case this home took over: for its timeline, never for the chain.
CREATE TABLE foreign_fact (
	store TEXT NOT NULL,
	seq INTEGER NOT NULL,
	case_id TEXT NOT NULL,
	kind TEXT NOT NULL,
	item INTEGER NOT NULL,
	time_ms INTEGER NOT NULL,
	happened_ms INTEGER NOT NULL,
	actor TEXT NOT NULL,
	window TEXT NOT NULL,
	authority TEXT NOT NULL,
	source TEXT NOT NULL,
	body BLOB,                         -- NULL erased
	PRIMARY KEY (store, seq)
) STRICT;
CREATE INDEX foreign_by_case ON foreign_fact (case_id, time_ms);

-- Timers that have fired: once for a case, item, kind and due day.
CREATE TABLE case_timer (
	case_id TEXT NOT NULL REFERENCES case_file (id) ON DELETE CASCADE,
	item INTEGER NOT NULL,
	kind TEXT NOT NULL,
	day TEXT NOT NULL,
	PRIMARY KEY (case_id, item, kind, day)
) STRICT;
