/* The first row of a sheet: which column of the file holds which column of the table. */
#ifndef CATALOG_SHEET_HEADING_H
#define CATALOG_SHEET_HEADING_H

#include "catalog/sheet_book.h"
#include "catalog/sheet_csv.h"

/*
 * Fills book->at by the headings, in whatever order they stand. A column that is needed and not
 * there is a fault, another missing or unknown one a warning. False after a fault.
 */
bool sheet_heading_read(struct sheet_book *book, enum sheet_id id, const struct sheet_grid *grid,
	struct catalog_faults *faults);

#endif
