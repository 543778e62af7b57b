/* What changed between two versions or files of the catalogue, in sentences (R07). */
#ifndef CATALOG_DIFF_H
#define CATALOG_DIFF_H

#include "catalog/set.h"

/*
 * What b says otherwise than a: one sentence a change, naming list, theme, row, service, material …
 * and the words before and after; without a final stop. Lists, guides, definitions and routes are
 * compared by their codes, rows of a theme by their names. char *, owned by the array; empty:
 * nothing changed.
 */
GPtrArray *catalog_diff(const struct catalog_set *a, const struct catalog_set *b);

#endif
