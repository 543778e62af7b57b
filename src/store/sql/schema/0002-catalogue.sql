-- Published lists, calendars, and how themes are found. A version is (list, number, SM3 of its bytes);
-- the rows of themes and definitions are made from those bytes and say nothing of their own.

CREATE TABLE catalogue_version (
	list TEXT NOT NULL,
	version INTEGER NOT NULL,
	digest BLOB NOT NULL,              -- SM3 of bytes
	bytes BLOB NOT NULL,               -- frozen JSON: list, guide, definitions, routes
	status TEXT NOT NULL,              -- draft published
	title TEXT NOT NULL,
	issuer TEXT NOT NULL,
	doc_no TEXT NOT NULL,
	date TEXT NOT NULL,
	themes INTEGER NOT NULL,
	items INTEGER NOT NULL,
	effective_from TEXT NOT NULL,      -- civil date; '' a draft
	author TEXT NOT NULL,
	filing TEXT NOT NULL,              -- number of its filing (备案); '' none
	made_ms INTEGER NOT NULL,
	published_ms INTEGER NOT NULL,     -- 0 a draft
	PRIMARY KEY (list, version)
) STRICT;
CREATE TRIGGER catalogue_version_stays BEFORE UPDATE ON catalogue_version WHEN OLD.status = 'published'
BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END;
CREATE TRIGGER catalogue_version_kept BEFORE DELETE ON catalogue_version WHEN OLD.status = 'published'
BEGIN SELECT RAISE(ABORT, 'a published version is never deleted'); END;

-- Which version of a list is in force here, and what the hall calls it.
CREATE TABLE catalogue_list (
	list TEXT PRIMARY KEY,
	short TEXT NOT NULL,               -- 江门
	position INTEGER NOT NULL,         -- order among lists
	current INTEGER NOT NULL           -- version in force; 0 none yet
) STRICT, WITHOUT ROWID;

CREATE TABLE catalogue_theme (
	id INTEGER PRIMARY KEY,            -- rowid of theme_find
	list TEXT NOT NULL,
	version INTEGER NOT NULL,
	theme TEXT NOT NULL,               -- '企业-2'
	position INTEGER NOT NULL,
	name TEXT NOT NULL,                -- as shown
	initials TEXT NOT NULL,
	pinyin TEXT NOT NULL,
	departments TEXT NOT NULL,         -- printed names, each once, with 、 between
	items INTEGER NOT NULL,
	described INTEGER NOT NULL,        -- a guide speaks of it
	UNIQUE (list, version, theme)
) STRICT;

-- Apart, so that a search over many themes reads narrow rows.
CREATE TABLE catalogue_theme_body (
	id INTEGER PRIMARY KEY,
	body BLOB NOT NULL                 -- frozen JSON {"theme":…,"guide":…}
) STRICT;
CREATE TRIGGER catalogue_theme_gone AFTER DELETE ON catalogue_theme
BEGIN DELETE FROM catalogue_theme_body WHERE id = OLD.id; END;

CREATE TABLE catalogue_definition (
	list TEXT NOT NULL,
	version INTEGER NOT NULL,
	kind TEXT NOT NULL,                -- service material field department route
	code TEXT NOT NULL,                -- of a route its position
	body BLOB NOT NULL,                -- frozen JSON
	PRIMARY KEY (list, version, kind, code)
) STRICT, WITHOUT ROWID;

-- A theme the hall takes in (invariant 9); every other one is for reading.
CREATE TABLE theme_shelf (
	list TEXT NOT NULL,
	theme TEXT NOT NULL,
	PRIMARY KEY (list, theme)
) STRICT, WITHOUT ROWID;

CREATE TABLE theme_use (
	list TEXT NOT NULL,
	theme TEXT NOT NULL,
	uses INTEGER NOT NULL,
	used_ms INTEGER NOT NULL,
	PRIMARY KEY (list, theme)
) STRICT, WITHOUT ROWID;

-- One token a hanzi; sounds are words from every character on. Holds the versions in force.
CREATE VIRTUAL TABLE theme_find USING fts5(name, other, sound, tokenize = 'unicode61 remove_diacritics 0',
	prefix = '1 2');

CREATE TABLE calendar_year (
	year INTEGER PRIMARY KEY,
	digest BLOB NOT NULL,
	body BLOB NOT NULL                 -- frozen JSON of its file
) STRICT;
