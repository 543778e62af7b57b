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

extern const struct store_shape catalogue_blob_shape; /* its column is `body` */

/* Adds the hall's own routes of a list, and where they lead, to the definitions. */
bool catalogue_take_hall_routes(
	struct store *store, const char *list, struct definitions *definitions, GError **error);

/* A definition as it stands in some version. */
struct catalogue_definition {
	const char *kind; /* service, theme */
	const char *list;
	int version; /* 0 in force */
	const char *code;
	const json_t *value; /* of a theme its guide */
};

/*
 * On what basis and on which civil date it was confirmed, new strings; both NULL when it was not,
 * or was another then.
 */
bool catalogue_confirmed(struct store *store, const struct catalogue_definition *definition,
	char **ret_basis, char **ret_on, GError **error);

/* Changes catalogue_revision; inside a store_write. */
bool catalogue_touch(struct store *store, GError **error);

/* The JSON of bytes of the store; JSON when they are damaged. */
json_t *catalogue_parse(GBytes *bytes, GError **error);

/* The JSON of the first row's column `body`; NULL without error when there is no row. */
json_t *catalogue_row_json(
	struct store *store, int statement, const struct store_value *values, GError **error);

/* A fact of the home by the bureau; takes the reference of body. Inside a store_write. */
bool catalogue_fact(struct store *store, const char *kind, const struct catalogue_act *act,
	json_t *body_take, GError **error);

/* catalogue_draft_of that must find one: NOT_FOUND. */
bool catalogue_need_draft(struct store *store, const char *list, int *ret_version,
	bool *ret_submitted, GError **error);

/* catalogue_submit of a draft whose bytes were checked in the same transaction. */
bool catalogue_submit_checked(
	struct store *store, const char *list, const struct catalogue_act *act, GError **error);

/* Gives a draft a number above what the hub has shown, if its own is not; inside a store_write. */
bool catalogue_number_draft(struct store *store, const char *list, int *version, GError **error);

/* Removes a draft with its rows; inside a store_write. */
bool catalogue_drop_draft(struct store *store, const char *list, int version, GError **error);

/* Makes a list known here: by shelf.json, else behind the others under its id. */
bool catalogue_put_list(
	struct store *store, const struct catalog_set *set, const char *list, GError **error);

/* The row of a new draft version; its author and time are act's. Inside a store_write. */
bool catalogue_put_version(struct store *store, const struct catalogue_act *act,
	const struct list *list, int version, GBytes *bytes, GError **error);

/* What a fact says of a version: list, version, digest, effective_from, author, filing. */
json_t *catalogue_version_facts(struct store *store, const char *list, int version, GError **error);

/* catalogue_import of a set to which the files have been added. */
bool catalogue_import_set(struct store *store, struct catalog_set *set,
	const struct catalogue_act *act, struct catalog_faults *faults, GStrv *ret_lists,
	GError **error);

/* Writes the rows of themes and definitions of one version of a checked set; inside a store_write.
 */
bool catalogue_put_rows(struct store *store, const struct catalog_set *set, const struct list *list,
	int version, GError **error);

/*
 * The same in transactions of their own, some themes at a time, so that nobody's saving waits for a
 * big list. The version must not be there yet; rows that an earlier try left are dropped.
 */
bool catalogue_stage_rows(struct store *store, const struct catalog_set *set,
	const struct list *list, int version, GError **error);

/*
 * The themes of `now` can be found, as its version comes into force; those of `old` (0 none) are
 * dropped unless they are many (catalogue_tidy). Inside a store_write.
 */
bool catalogue_index(struct store *store, const char *list, int old, int now, GError **error);

/*
 * Between two of many transactions: who waits to save asks for the lock every now and then, and
 * must find it free.
 */
#define CATALOGUE_PAUSE_US 30000

/* The same ahead of its date, some themes to a transaction; not inside a store_write. */
bool catalogue_index_ahead(struct store *store, const char *list, int version, GError **error);

/* Hanzi and words of a text with spaces between, as the index holds and asks for them; a new
 * string. */
char *catalogue_tokens(const char *text);

/* The MATCH expression of what a clerk typed; NULL when it holds no word. A new string. */
char *catalogue_match(const char *text);

#endif
