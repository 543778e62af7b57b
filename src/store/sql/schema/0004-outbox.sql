-- What leaves the home, and what came in. The journal itself is the outbox of facts: a destination
-- has a cursor into it. Bundles and messages are frozen bytes with three end states (D7).
CREATE TABLE outbox_cursor (
	destination TEXT PRIMARY KEY,      -- 'hub'
	seq INTEGER NOT NULL,
	at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE outbox_bundle (
	id TEXT PRIMARY KEY,               -- 32 hex digits, made here
	case_id TEXT NOT NULL,
	department TEXT NOT NULL,
	bytes BLOB NOT NULL,               -- frozen JSON, never serialised again
	state TEXT NOT NULL DEFAULT 'waiting', -- waiting, sent, refused
	reason TEXT NOT NULL DEFAULT '',   -- a sentence, of a refusal or of the last failed try
	attempts INTEGER NOT NULL DEFAULT 0,
	next_ms INTEGER NOT NULL DEFAULT 0,
	received_ms INTEGER NOT NULL DEFAULT 0, -- the department confirmed it (R22)
	created_ms INTEGER NOT NULL,
	sent_ms INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX bundle_by_case ON outbox_bundle (case_id);
CREATE INDEX bundle_by_state ON outbox_bundle (state, next_ms);

CREATE TABLE outbox_message (
	id TEXT PRIMARY KEY,               -- made here; the hub keeps it for ever
	bundle TEXT NOT NULL,              -- '' for a request of the home itself
	kind TEXT NOT NULL,                -- supplement, predecessor_result, withdrawal, reminder, order, relay, custody
	bytes BLOB NOT NULL,
	state TEXT NOT NULL DEFAULT 'waiting',
	reason TEXT NOT NULL DEFAULT '',
	attempts INTEGER NOT NULL DEFAULT 0,
	next_ms INTEGER NOT NULL DEFAULT 0,
	created_ms INTEGER NOT NULL,
	sent_ms INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX message_by_state ON outbox_message (state, next_ms);
CREATE INDEX message_by_bundle ON outbox_message (bundle);

-- Images a bundle needs; sent before it (D6).
CREATE TABLE outbox_blob (
	bundle TEXT NOT NULL,
	digest TEXT NOT NULL,
	state TEXT NOT NULL DEFAULT 'waiting',
	reason TEXT NOT NULL DEFAULT '',
	attempts INTEGER NOT NULL DEFAULT 0,
	next_ms INTEGER NOT NULL DEFAULT 0,
	PRIMARY KEY (bundle, digest)
) STRICT;

-- Updates that came from the hub, once each, as the bytes they were.
CREATE TABLE inbox_update (
	id TEXT PRIMARY KEY,
	bundle TEXT NOT NULL,
	cursor INTEGER NOT NULL,
	bytes BLOB NOT NULL,
	fault TEXT NOT NULL DEFAULT '',    -- why it could not be applied: an open discrepancy
	at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX update_by_bundle ON inbox_update (bundle);
CREATE INDEX update_faulty ON inbox_update (at_ms) WHERE fault != '';

-- How the line to the hub stands; one row, written by the agent, read by every screen.
CREATE TABLE line_state (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	online INTEGER NOT NULL DEFAULT 0,
	last_exchange_ms INTEGER NOT NULL DEFAULT 0,
	updates_cursor INTEGER NOT NULL DEFAULT 0,
	trouble TEXT NOT NULL DEFAULT '',  -- a sentence, '' none
	forked INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO line_state (id) VALUES (1);
