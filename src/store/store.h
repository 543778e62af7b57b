/*
 * The store of one home: the only door to SQLite. Statements stand in sql/query, one a file, and
 * are named by enum statement; parameters are bound by name, rows are read by shape. Any process of
 * a home may open it. A handle belongs to one thread.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <glib.h>
#include "base/autoptr.h"

#include "base/digest.h"
#include "statement.h"

#define STORE_ID_SIZE 16

struct store;

enum store_mode {
	STORE_MODE_WRITE, /* migrates first when the schema is older (exclusive lock, copy kept) */
	STORE_MODE_READ,
};

/*
 * Makes HOME (0700) with an empty store (0600), its first fact, blobs/, spool/ and ballast.
 * ERR_CODE_EXISTS when there is a store already.
 */
bool store_create(const char *home, int64_t now_ms, GError **error);

/*
 * Opens HOME/yichuang.db. Errors: HOME_MISSING (never makes a file), STORE_NEWER, STORE_CORRUPT,
 * STORE_READ_ONLY (only in write mode), STORE_OPEN.
 */
struct store *store_open(const char *home, enum store_mode mode, GError **error);
void store_close(struct store *store);
AUTOPTR(store, store_close)

/* The directory it was opened in, borrowed. */
const char *store_home(const struct store *store);

/* The 128 random bits of this store, borrowed, and as 32 hex digits, borrowed. */
const uint8_t *store_id(const struct store *store);
const char *store_id_text(const struct store *store);

/* ---- statements ---- */

enum store_type {
	STORE_TYPE_END,
	STORE_TYPE_TEXT,    /* char *; NULL binds and reads NULL */
	STORE_TYPE_INTEGER, /* int64_t; NULL reads 0 */
	STORE_TYPE_BLOB,    /* GBytes * */
	STORE_TYPE_NULL,
};

struct store_value {
	enum store_type type;
	const char *name; /* of the parameter, without its colon */
	const char *text;
	int64_t integer;
	const void *data;
	size_t size;
};

/* clang-format off */
#define STORE_TEXT(n, v) {.type = STORE_TYPE_TEXT, .name = (n), .text = (v)}
#define STORE_INTEGER(n, v) {.type = STORE_TYPE_INTEGER, .name = (n), .integer = (v)}
#define STORE_BLOB(n, d, s) {.type = STORE_TYPE_BLOB, .name = (n), .data = (d), .size = (s)}
#define STORE_NULL(n) {.type = STORE_TYPE_NULL, .name = (n)}
#define STORE_VALUES(...) ((const struct store_value[]){__VA_ARGS__, {.type = STORE_TYPE_END}})
#define STORE_NO_VALUES ((const struct store_value[]){{.type = STORE_TYPE_END}})
/* clang-format on */

/* How a row becomes a struct: one entry a member, by column name. */
struct store_column {
	const char *name;
	enum store_type type;
	size_t offset;
};

struct store_shape {
	size_t size;			    /* of the struct */
	const struct store_column *columns; /* ends with STORE_TYPE_END */
};

/* A column whose name is the member's. */
/* clang-format off */
#define STORE_COLUMN(type_, struct_, member) {#member, STORE_TYPE_##type_, offsetof(struct_, member)}
#define STORE_COLUMNS_END {NULL, STORE_TYPE_END, 0}
/* clang-format on */

/*
 * Every `int statement` is an enum statement for a home's store and an enum hub_statement for the
 * hub's (hub_store.h); one of the other registry aborts.
 *
 * Runs a statement that gives no row. A parameter of the statement that values does not name, or
 * the reverse, is a programming error and aborts. Errors: STORE_FULL, STORE_READ_ONLY, STORE_BUSY,
 * EXISTS (a unique value is taken), STORE. ret_changed may be NULL: rows changed.
 */
bool store_run(
	struct store *store, int statement, const struct store_value *values, GError **error);
bool store_run_counted(struct store *store, int statement, const struct store_value *values,
	int64_t *ret_changed, GError **error);

/*
 * All rows, each a heap struct of the shape; the array frees them with their members. NULL on
 * error. A row stolen from the array is freed with store_row_free.
 */
GPtrArray *store_rows(struct store *store, int statement, const struct store_value *values,
	const struct store_shape *shape, GError **error);
void store_row_free(void *row);

/* The first row into *ret_row (caller's memory, store_row_clear it); *ret_found says if there was.
 */
bool store_row(struct store *store, int statement, const struct store_value *values,
	const struct store_shape *shape, void *ret_row, bool *ret_found, GError **error);
void store_row_clear(const struct store_shape *shape, void *row);

/*
 * The first column of the first row: an integer, a text (g_free), bytes (g_bytes_unref); fallback
 * or NULL without a row.
 */
bool store_integer(struct store *store, int statement, const struct store_value *values,
	int64_t fallback, int64_t *ret_value, GError **error);
bool store_text(struct store *store, int statement, const struct store_value *values,
	char **ret_text, GError **error);
bool store_blob(struct store *store, int statement, const struct store_value *values,
	GBytes **ret_bytes, GError **error);

/*
 * The only BEGIN IMMEDIATE … COMMIT. Runs work inside; a false from work rolls everything back. A
 * call inside another call joins the outer transaction. On a full disk the ballast is freed and the
 * work kept; without a ballast the error is STORE_FULL and nothing of work is kept.
 */
typedef bool store_work(struct store *store, void *data, GError **error);
bool store_write(struct store *store, store_work *work, void *data, GError **error);

/* Changes whenever any process committed; cheap enough to ask every frame. */
int64_t store_data_version(struct store *store);

/* Rings the bell of the home (never fails, never blocks): its listener looks at the store. */
void store_ring(struct store *store);

/*
 * Listens to the bell: a non-blocking datagram socket, readable after a ring (read it empty, then
 * look); the caller closes it. One listener a home: the holder of the agent's lock. The others ask
 * store_data_version. -1 with ERR_CODE_IO.
 */
int store_bell_listen(const char *home, GError **error);

/* ---- small durable settings of the home (table setting) ---- */

/* A new string (g_free), or a copy of fallback (may be NULL). */
char *store_setting(struct store *store, const char *key, const char *fallback);
bool store_set_setting(struct store *store, const char *key, const char *value, GError **error);

/*
 * HMAC-SM3 of a text with this home's secret key: how identity numbers are found without standing
 * in an index. A restored home keeps the key.
 */
struct digest store_keyed_digest(const struct store *store, const char *text);

/* ---- care ---- */

/*
 * Moves what the WAL holds into the file, off the path of a save: for the agent, at an idle moment.
 * Waits for nobody; what a reader still needs stays for the next time.
 */
bool store_checkpoint(struct store *store, GError **error);

/*
 * The ballast is 4 MiB kept in HOME to be freed. The first write that finds the disk full frees it
 * by itself and goes on (engine_vfs.c): from then until there is room again it is not laid, which
 * is how everybody knows. store_keep_ballast lays it when it is missing and the disk has four times
 * its size free; false while it is not laid. store_release_ballast: false when there was none.
 */
bool store_ballast_is_laid(const char *home);
bool store_keep_ballast(const char *home);
bool store_release_ballast(const char *home);
bool store_refill_ballast(const char *home, GError **error);

/* Bytes free to this account on the disk of HOME; -1 unknown. */
int64_t store_free_bytes(const char *home);

/*
 * One snapshot of the database and the images, while others work, in one new file, 0600: a tar
 * archive of yichuang.db and blobs/DIGEST. An image that is not what its digest says stays out
 * (store_images tells). Settings (config.ini) with their secrets are not in it. ERR_CODE_EXISTS,
 * IO, STORE_FULL.
 */
bool store_backup(struct store *store, const char *path, GError **error);

/* The images that materials name: how many are here and whole, how many are not, and the first of
 * those. */
struct store_images {
	int64_t whole;
	int64_t bad;
	char first_bad[2 * DIGEST_SIZE + 1]; /* hex; "" none */
};
bool store_images(struct store *store, struct store_images *ret_images, GError **error);

/*
 * Makes HOME from a backup file with a new store id; the first fact of the new store names the old
 * store, its last seq and its hash; seq goes on counting. All statements named restore_* are run
 * (what belonged to the old store only: number blocks, leases). HOME must not hold a store yet
 * (EXISTS). The images of the file come back into blobs/, each checked against its digest; one
 * wrong byte and nothing is restored (STORE_CORRUPT). A plain database, as backups once were, is
 * taken, too.
 */
bool store_restore(const char *home, const char *path, int64_t now_ms, GError **error);

#endif
