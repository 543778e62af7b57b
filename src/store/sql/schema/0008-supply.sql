-- What was said of versions, calendars and authorisations between this home and the hub.

CREATE TABLE supply (
	kind TEXT NOT NULL,                -- version calendar grant
	list TEXT NOT NULL,                -- '' a calendar
	number INTEGER NOT NULL,           -- version, year; 0 a grant
	agreed TEXT NOT NULL DEFAULT '',   -- digest both sides had last, '' never
	refused TEXT NOT NULL DEFAULT '',  -- digest that one side refused, '' none
	reason TEXT NOT NULL DEFAULT '',   -- the sentence of the refusal
	at_ms INTEGER NOT NULL,
	PRIMARY KEY (kind, list, number)
) STRICT, WITHOUT ROWID;

-- When everything was last compared with the hub, and what stands wrong since.
ALTER TABLE line_state ADD COLUMN supply_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE line_state ADD COLUMN supply_trouble TEXT NOT NULL DEFAULT '';

-- So that nobody reads through the bytes of a version to know about it.
CREATE INDEX catalogue_version_heads ON catalogue_version (list, version, status, effective_from, digest, author, filing);
