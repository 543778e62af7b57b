/* Shared by the files of the catalogue in the store; not for others. */
#ifndef CATALOG_CATALOGUE_ROWS_H
#define CATALOG_CATALOGUE_ROWS_H

#include "catalog/catalogue.h"
#include "catalog/set.h"

extern const struct store_shape catalogue_hit_shape;

/* A row of one blob. */
struct catalogue_blob {
	GBytes *body;
};

/* catalogue_import of a set to which the files have been added. */
bool catalogue_import_set(struct store *store, struct catalog_set *set,
	const struct catalogue_act *act, struct catalog_faults *faults, GStrv *ret_lists,
	GError **error);

/* Writes the rows of themes and definitions of one version of a checked set; inside a store_write.
 */
bool catalogue_put_rows(struct store *store, const struct catalog_set *set, const struct list *list,
	int version, GError **error);

/* Themes of `old` are no longer found, those of `now` are; 0 none. Inside a store_write. */
bool catalogue_reindex(struct store *store, const char *list, int old, int now, GError **error);

/* Hanzi and words of a text with spaces between, as the index holds and asks for them; a new
 * string. */
char *catalogue_tokens(const char *text);

/* The MATCH expression of what a clerk typed; NULL when it holds no word. A new string. */
char *catalogue_match(const char *text);

#endif
