-- What the bureau hands out through the hub: versions of the lists, calendars, authorisations of halls.

-- A version is (list, number, SM3 of its bytes); its bytes passed the same check as in a home.
CREATE TABLE catalogue_version (
	list TEXT NOT NULL,
	version INTEGER NOT NULL CHECK (version > 0),
	digest TEXT NOT NULL,              -- sm3:…
	size INTEGER NOT NULL,
	effective_from TEXT NOT NULL,      -- civil date
	title TEXT NOT NULL,
	themes INTEGER NOT NULL,
	filing TEXT NOT NULL,              -- number of its filing (备案); '' none
	author TEXT NOT NULL,
	at_ms INTEGER NOT NULL,
	bytes BLOB NOT NULL,               -- frozen; last, so that lists of versions do not read them
	PRIMARY KEY (list, version)
) STRICT;
CREATE TRIGGER catalogue_version_stays BEFORE UPDATE ON catalogue_version
BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;
CREATE TRIGGER catalogue_version_kept BEFORE DELETE ON catalogue_version
BEGIN SELECT RAISE(ABORT, 'a published version is never deleted'); END;

-- One row a year; a corrected notice of the State Council replaces it.
CREATE TABLE calendar_year (
	year INTEGER PRIMARY KEY,
	digest TEXT NOT NULL,
	at_ms INTEGER NOT NULL,
	body BLOB NOT NULL                 -- frozen
) STRICT;

-- Which themes of a list the bureau authorises (授权) for a hall.
CREATE TABLE authorisation (
	hall TEXT NOT NULL,
	list TEXT NOT NULL,
	digest TEXT NOT NULL,
	at_ms INTEGER NOT NULL,
	body BLOB NOT NULL,                -- frozen: {"all":true} or {"themes":[…]}
	PRIMARY KEY (hall, list)
) STRICT;

-- Changes with everything above: a window that knows this number knows that nothing is new.
CREATE TABLE supply (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	stamp INTEGER NOT NULL
) STRICT;
INSERT INTO supply (id, stamp) VALUES (1, 1);
