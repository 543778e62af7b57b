/*
 * A list as a set of spreadsheets (CSV files of one directory), so that a bureau edits in what it
 * has (R07): written from a version's bytes, read into a set like any file of data/README.md. What
 * is read makes the same JSON, the validator stays the only judge; its faults name file, row and
 * column.
 */
#ifndef CATALOG_SHEET_H
#define CATALOG_SHEET_H

#include "catalog/set.h"

/* Whether a directory holds a file of the set, by its name. */
bool sheet_is_set(const char *dir);

/* Whether a file has the name of a sheet of the set. */
bool sheet_is_own(const char *name);

/* The name of a file that is a spreadsheet but no JSON: .csv, .xlsx, .xls, .et, .ods. */
bool sheet_is_spreadsheet(const char *name);

/*
 * Adds the sheets of a directory to the set; shown is how messages call it. What is wrong becomes
 * faults, and nothing is added when there is any. What other sheets of the set say in the same
 * words is passed over: sets side by side share definitions.
 */
void sheet_read_set(
	struct catalog_set *set, struct catalog_faults *faults, const char *dir, const char *shown);

/*
 * Writes the sheets of a version (what catalog_set_package_json gives) into a directory that is
 * empty or not there yet. EXISTS when it holds anything, IO when it cannot be written.
 */
bool sheet_write_set(const json_t *package, const char *dir, GError **error);

#endif
