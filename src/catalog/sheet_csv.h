/*
 * CSV as spreadsheet programs write it, into rows of cells, and cells into CSV. The only user of
 * libcsv.
 */
#ifndef CATALOG_SHEET_CSV_H
#define CATALOG_SHEET_CSV_H

#include <stdbool.h>
#include <glib.h>
#include "base/autoptr.h"

/* Longest cell in bytes, most columns, most rows of one file. */
#define SHEET_MOST_CELL (10u << 20)
#define SHEET_MOST_WIDTH 1000
#define SHEET_MOST_ROWS 500000

struct sheet_grid_row {
	guint first; /* its first cell in `cells` */
	guint width;
	guint number; /* as a spreadsheet counts, from 1 */
};

struct sheet_grid {
	GString *text; /* all cells, each ended by a zero byte */
	GArray *cells; /* guint32: where in `text` */
	GArray *rows;  /* struct sheet_grid_row; empty ones are left out */
	bool closed;   /* the last row ended with a line feed */
};

/*
 * Reads the whole of a text without zero bytes. NULL when it is no CSV or too large: then *ret_what
 * says what is wrong and *ret_row in which row (0: not known), and *ret_mend what to do.
 */
struct sheet_grid *sheet_grid_read(const char *text, gsize size, char separator, guint *ret_row,
	char **ret_what, const char **ret_mend);
void sheet_grid_free(struct sheet_grid *grid);

/* A cell, borrowed; "" beyond the row's end. */
const char *sheet_grid_cell(
	const struct sheet_grid *grid, const struct sheet_grid_row *row, guint column);

/* Appends one cell in quotes. */
void sheet_csv_append(GString *out, const char *cell);

AUTOPTR(sheet_grid, sheet_grid_free)

#endif
