/*
 * A set of catalogue files in memory: lists with their guides and the shared definitions, checked.
 * Files are added one by one, then the set is finished; faults are collected on the way. The JSON
 * each entry came from is kept, so that a version's bytes can be made of it.
 */
#ifndef CATALOG_SET_H
#define CATALOG_SET_H

#include "base/json.h"
#include "catalog/fault.h"
#include "core/theme.h"

/* Member "format" of a version's bytes. */
#define CATALOG_PACKAGE_FORMAT "yichuang-catalogue-1"

enum catalog_kind {
	CATALOG_KIND_LIST,
	CATALOG_KIND_GUIDES,
	CATALOG_KIND_SERVICE,
	CATALOG_KIND_MATERIAL,
	CATALOG_KIND_FIELD,
	CATALOG_KIND_DEPARTMENT,
	CATALOG_KIND_SHELF,
	CATALOG_KIND_COUNT,
};

/* Where an entry came from. */
struct catalog_origin {
	char *file;    /* how messages call it, clean */
	json_t *value; /* owned */
	bool fallback; /* it stood behind what was added */
	bool shared;   /* others may say the same */
};

/* How a list stands in this hall: shelf.json. */
struct catalog_shelf {
	char *list;
	char *title;   /* short: 江门 */
	bool on_shelf; /* themes with a guide go on the shelf at init */
};
void catalog_shelf_free(struct catalog_shelf *shelf);

struct catalog_set {
	GPtrArray *lists; /* struct list, in the order they were added */
	struct definitions *definitions;
	GPtrArray *shelves;			 /* struct catalog_shelf */
	GHashTable *origins[CATALOG_KIND_COUNT]; /* id or code → struct catalog_origin */
	GPtrArray *route_origins; /* struct catalog_origin, beside definitions->routes */
	GHashTable *route_keys;	  /* list, printed name, level → its origin, borrowed */
	GHashTable *whole;	  /* ids of lists told to catalog_set_own, owned */
	GPtrArray *calendars;	  /* struct catalog_origin of calendar files */
	GPtrArray *documents;	  /* struct catalog_origin of every document that is no fallback */
	int packages;		  /* lists that came with all they need */
	bool is_in_store;	  /* what the store has stands behind: no list is missing */
	bool differs; /* a fallback said otherwise than another fallback; who cares resets it */
};

/* An empty set; frees itself with all it holds. */
struct catalog_set *catalog_set_new(void);
void catalog_set_free(struct catalog_set *set);

/*
 * Adds one document; its kind is told by its members. With `fallback`, entries the set has already
 * are passed over in silence (what is in the store stands behind what is imported); without, they
 * are faults.
 */
void catalog_set_add(struct catalog_set *set, struct catalog_faults *faults, const char *file,
	const char *bytes, size_t size, bool fallback);

/* The same of a document in memory, which loses its empty members and is kept. */
void catalog_set_add_json(struct catalog_set *set, struct catalog_faults *faults, const char *file,
	json_t *document, bool fallback);

/*
 * The same of a document whose entries others may say too: what the set has already in the same
 * words is passed over in silence. So sets of spreadsheets share definitions.
 */
void catalog_set_add_shared(
	struct catalog_set *set, struct catalog_faults *faults, const char *file, json_t *document);

/* Adds every document that another set was given and no fallback, in the same way. */
void catalog_set_repeat(
	struct catalog_set *set, const struct catalog_set *other, struct catalog_faults *faults);

/*
 * The list came with all it needs, as a version's bytes do: an older version of it is not to stand
 * behind it, so that what was taken out of it is out.
 */
void catalog_set_own(struct catalog_set *set, const char *list);

/*
 * Adds a file, or every .json of a directory in order of names (of DIR/catalogue and DIR/calendars
 * where DIR has them) and its spreadsheets (sheet.h). A path that cannot be read is a fault. "-" is
 * standard input.
 */
void catalog_set_add_path(struct catalog_set *set, struct catalog_faults *faults, const char *path);

/* Joins guides to lists and checks everything that crosses files (check.h). Once, after the last
 * add. */
void catalog_set_finish(struct catalog_set *set, struct catalog_faults *faults);

/* Borrowed; NULL when the set has none. */
struct list *catalog_set_list(const struct catalog_set *set, const char *id);
const struct catalog_origin *catalog_set_origin(
	const struct catalog_set *set, enum catalog_kind kind, const char *code);

/* Theme id → its guide object, both borrowed; g_hash_table_unref. */
GHashTable *catalog_set_guides(const struct catalog_set *set, const char *list);

/* The file of an entry for messages, borrowed; "" when unknown. */
const char *catalog_set_file(
	const struct catalog_set *set, enum catalog_kind kind, const char *code);

/*
 * The bytes of a version: frozen JSON of the list, its guide, and of every definition and route
 * they need, so that a version stands alone (R02). Free with g_bytes_unref. The set must be without
 * errors.
 */
json_t *catalog_set_package_json(const struct catalog_set *set, const char *list);
GBytes *catalog_set_package(const struct catalog_set *set, const char *list);

/*
 * Reads and checks the bytes of one version as the hub and a receiving home do, alone: they must be
 * frozen, of this list, and without an error. A set with that list, or NULL with CATALOG. faults
 * (may be NULL) receives every fault and warning; `name` is how messages call the bytes.
 */
struct catalog_set *catalog_package_read(const char *name, const char *list, const void *bytes,
	size_t size, struct catalog_faults *faults, GError **error);

/* How many bases name a law and article, say general, or are left out. */
struct catalog_bases {
	int cited;
	int general;
	int silent;
};
struct catalog_bases catalog_set_bases(const struct catalog_set *set);

AUTOPTR(catalog_set, catalog_set_free)

#endif
