/*
 * What stands in one cell and what it means in JSON: one row of a table a kind of cell, both
 * directions beside each other.
 */
#ifndef CATALOG_SHEET_CELL_H
#define CATALOG_SHEET_CELL_H

#include "base/json.h"
#include "catalog/sheet_table.h"

/* What is wrong with a cell: both owned or NULL. */
struct cell_problem {
	char *what;
	char *mend;
};

/*
 * The words of a cell for what the object says, "" when it says nothing; a new string. For kinds
 * that stand in the object itself, not CELL_LABEL, CELL_OWNER, CELL_SHOWN.
 */
char *cell_write(const struct sheet_column *column, const json_t *object);

/*
 * Sets what a cell that is not empty says in the object; false with the problem when it cannot be
 * read. Not for the kinds above nor CELL_ROWS, which need the other rows.
 */
bool cell_read(const struct sheet_column *column, const char *text, json_t *object,
	struct cell_problem *ret_problem);

/* The words by which other sheets call a theme of that id (企业-2, 6、7), and the id of such words
 * as people write them; new strings. */
char *cell_theme_words(const char *id);
char *cell_theme_id(const char *text);

/* A code or name as it is compared: no spaces around, in its case; a new string. */
char *cell_plain(enum cell_kind kind, const char *text);

#endif
