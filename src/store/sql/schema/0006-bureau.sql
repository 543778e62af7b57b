-- Keeping the catalogue: drafts that are submitted, three gates, confirmation, the hall's own routes.

-- status is draft, submitted or published from here on. A returned draft says why.
ALTER TABLE catalogue_version ADD COLUMN origin TEXT NOT NULL DEFAULT 'local';    -- local, hub
ALTER TABLE catalogue_version ADD COLUMN submitter TEXT NOT NULL DEFAULT '';
ALTER TABLE catalogue_version ADD COLUMN submitted_ms INTEGER NOT NULL DEFAULT 0; -- 0 not submitted
ALTER TABLE catalogue_version ADD COLUMN note TEXT NOT NULL DEFAULT '';           -- of the submitter
ALTER TABLE catalogue_version ADD COLUMN returned TEXT NOT NULL DEFAULT '';       -- why it came back

-- Highest version the hub has shown of a list: our own numbers stand above it.
ALTER TABLE catalogue_list ADD COLUMN hub_last INTEGER NOT NULL DEFAULT 0;

-- The bureau's leave for this hall (the second gate); theme '' is every theme of the list.
CREATE TABLE theme_authorised (
	list TEXT NOT NULL,
	theme TEXT NOT NULL,
	PRIMARY KEY (list, theme)
) STRICT, WITHOUT ROWID;
INSERT INTO theme_authorised (list, theme) SELECT list, theme FROM theme_shelf;

-- What the hall takes in: shelved by the hall and authorised by the bureau.
CREATE VIEW theme_open AS SELECT s.list AS list, s.theme AS theme FROM theme_shelf s
WHERE EXISTS (SELECT 1 FROM theme_authorised a WHERE a.list = s.list AND a.theme = s.theme)
	OR EXISTS (SELECT 1 FROM theme_authorised a WHERE a.list = s.list AND a.theme = '');

-- A definition the hall has compared with its own implementation list; another digest is 参考 again.
CREATE TABLE catalogue_confirmation (
	kind TEXT NOT NULL,                -- service, theme
	list TEXT NOT NULL,                -- '' a service: it is shared
	code TEXT NOT NULL,
	digest BLOB NOT NULL,              -- SM3 of the frozen guide, or service with its materials and fields
	basis TEXT NOT NULL,               -- number of the implementation list …
	actor TEXT NOT NULL,
	at_ms INTEGER NOT NULL,
	PRIMARY KEY (kind, list, code)
) STRICT, WITHOUT ROWID;

-- Where a printed department leads in this hall, before the version's own routes.
CREATE TABLE hall_route (
	list TEXT NOT NULL,
	printed TEXT NOT NULL,
	level TEXT NOT NULL,               -- as printed; '' rows without one
	department TEXT NOT NULL,
	PRIMARY KEY (list, printed, level)
) STRICT, WITHOUT ROWID;

-- Departments that only this hall knows, and those its routes name.
CREATE TABLE hall_department (
	code TEXT PRIMARY KEY,
	name TEXT NOT NULL
) STRICT, WITHOUT ROWID;
