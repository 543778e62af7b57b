/*
 * A CSV file as a spreadsheet program leaves it, whatever its encoding and separator, as rows.
 */
#ifndef CATALOG_SHEET_FILE_H
#define CATALOG_SHEET_FILE_H

#include "catalog/fault.h"
#include "catalog/sheet_csv.h"

/* Largest file in bytes. */
#define SHEET_MOST_BYTES (200u << 20)

/*
 * The rows of a file; shown is how messages call it. Other encodings than UTF-8 and other
 * separators than the comma are read and warned of. NULL after a fault.
 */
struct sheet_grid *sheet_file_read(
	const char *path, const char *shown, struct catalog_faults *faults);

/*
 * The cell with an apostrophe before it where a spreadsheet would run it as a formula or, of a
 * text, make a number or a date of it; a new string.
 */
char *sheet_file_guard(const char *cell, bool is_text);

/* The cell without the apostrophe of sheet_file_guard or of a spreadsheet, borrowed. */
const char *sheet_file_unguard(const char *cell);

#endif
