-- The print journal (FEATURES rows 28, 29; D16-D19): a paper is asked for by a row, never by a call.
-- The desk inserts `intent` in the transaction of its fact and later answers `ask`; the print worker moves
-- everything between. src/print/job.h explains the states.
CREATE TABLE print_job (
	id TEXT PRIMARY KEY CHECK (length(id) BETWEEN 4 AND 40 AND id NOT GLOB '*[^0-9A-Za-z-]*'),
	case_id TEXT,
	kind TEXT NOT NULL CHECK (kind <> '' AND kind NOT GLOB '*[^0-9a-z-]*'),
	number TEXT NOT NULL DEFAULT '',
	copy INTEGER NOT NULL DEFAULT 1 CHECK (copy >= 1),
	reason TEXT NOT NULL DEFAULT '',
	data BLOB NOT NULL,
	printer TEXT NOT NULL DEFAULT '',
	state TEXT NOT NULL DEFAULT 'intent'
		CHECK (state IN ('intent', 'rendered', 'submitted', 'ask', 'confirmed', 'failed', 'cancelled')),
	job INTEGER NOT NULL DEFAULT 0,
	pages INTEGER NOT NULL DEFAULT 0,
	pdf TEXT NOT NULL DEFAULT '',
	message TEXT NOT NULL DEFAULT '',
	actor TEXT NOT NULL DEFAULT '',
	window TEXT NOT NULL DEFAULT '',
	created_ms INTEGER NOT NULL,
	updated_ms INTEGER NOT NULL,
	-- A second copy of a number never without a reason.
	CHECK (copy = 1 OR reason <> '')
) STRICT;
-- One first original, one second copy of a receipt or a certificate, whatever two processes do.
CREATE UNIQUE INDEX print_job_copy ON print_job (kind, number, copy)
	WHERE kind IN ('receipt', 'certificate') AND number <> '';
CREATE INDEX print_job_case ON print_job (case_id, created_ms);
CREATE INDEX print_job_open ON print_job (state, created_ms)
	WHERE state IN ('intent', 'rendered', 'submitted', 'ask', 'failed');

-- What the worker last saw of each printer; the screen's status line reads it (it never asks CUPS).
CREATE TABLE printer (
	name TEXT PRIMARY KEY,
	slip TEXT NOT NULL DEFAULT '',
	ready INTEGER NOT NULL,
	sentence TEXT NOT NULL,
	seen_ms INTEGER NOT NULL
) STRICT;
