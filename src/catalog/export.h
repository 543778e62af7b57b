/*
 * Catalogue structs as JSON documents: the list export of the contract (DESIGN section 6).
 */
#ifndef CATALOG_EXPORT_H
#define CATALOG_EXPORT_H

#include "base/json.h"
#include "core/theme.h"

/* One theme, the source's own words in the contract's form; a new reference. */
json_t *export_theme(const struct theme *theme);

/* A whole list in the contract's form; a new reference. */
json_t *export_list(const struct list *list);

#endif
