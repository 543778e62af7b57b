/*
 * Inside the store: the engine that the home's and the hub's store share. Only src/store/ includes
 * this, and it is the one door to SQLite's own header.
 */
#ifndef STORE_ENGINE_H
#define STORE_ENGINE_H

#include <sqlite3.h>

#include "base/err.h"
#include "store/sql_text.h"
#include "store/store.h"

/* "YiCh", so that a foreign database is not taken for ours. */
#define STORE_APPLICATION_ID 0x59694368

/* Pages in the WAL after which a save itself checkpoints; the agent does it long before. */
#define STORE_MOST_WAL_PAGES 4000
#define STORE_WAIT_MS 5000

/* Which file, which schema, which statements; and the statements the engine itself needs. */
struct store_registry {
	const char *file;
	const struct sql_text *schemas; /* in order; the number before the dash is user_version */
	int schema_count;
	const struct sql_text *statements;
	int first;
	int count;
	const char *const *guarded; /* tables nobody updates or deletes from; ends with NULL */
	int setting_get, setting_put, setting_delete, identity_get, identity_put, secret_put;
};

extern const struct store_registry store_registry_home;
extern const struct store_registry store_registry_hub;

/* A setting: the WAL still holds erased text, because somebody was reading. */
#define STORE_TRUNCATE_DUE "wal_truncate_due"

struct store {
	const struct store_registry *registry;
	sqlite3 *db;
	char *home;
	char *path;
	int lock;		   /* descriptor with the shared lock, -1 none */
	sqlite3_stmt **statements; /* by statement - first, made when first used */
	sqlite3_stmt *begin, *commit, *data_version;
	uint8_t id[STORE_ID_SIZE];
	char id_text[2 * STORE_ID_SIZE + 1];
	uint8_t identity_key[DIGEST_SIZE];
	int depth;	 /* of store_write */
	bool doomed;	 /* an inner work failed: the outer one must not commit */
	bool erasing;	 /* the authorizer lets fact_body go */
	int64_t commits; /* of this handle */
};

/* ---- engine_error.c ---- */

/* Sets the error that fits SQLite's last one of this handle; always false. */
bool engine_fail(sqlite3 *db, int rc, GError **error);

/* ---- engine_vfs.c ---- */

/*
 * The name of SQLite's file layer that every store is opened with: the default one, except that a
 * write or a growth of shared memory that finds no room frees HOME/ballast and is done once more.
 * Nothing of the work above has to be run again.
 */
const char *engine_vfs(void);

/* ---- engine_open.c ---- */

/* Opens a file of a registry without a look at its version or lock; sets every pragma. */
struct store *engine_open_file(const struct store_registry *registry, const char *path,
	enum store_mode mode, GError **error);

/* The application's mark and the version of the file: STORE_CORRUPT, STORE_NEWER. */
bool engine_read_version(struct store *store, int64_t *ret_version, GError **error);

/* Opens the store of a home: migrates when it may, holds the shared lock. Errors as store_open. */
struct store *engine_open(const struct store_registry *registry, const char *home,
	enum store_mode mode, GError **error);

/* Reads id and key again (after they were made). */
bool engine_read_identity(struct store *store, GError **error);
bool engine_pragma(sqlite3 *db, const char *sql, int64_t *ret_value, GError **error);

/* ---- engine_guard.c ---- */

/* Turns the authorizer that denies update and delete of guarded tables on or off. */
void engine_guard(struct store *store, bool on);

/* ---- engine_migrate.c ---- */

/* The version of the newest schema the program knows. */
int engine_newest(const struct store_registry *registry);

/* Applies the schemas above the file's version in one transaction. */
bool engine_migrate(struct store *store, GError **error);

/* Brings a home's file to the newest schema: exclusive lock, copy, migration. lock is HOME's. */
bool engine_migrate_home(struct store *store, int lock, GError **error);

/* Removes the copies that migrations left in the home. */
void engine_remove_copies(const char *home, const struct store_registry *registry);

/* ---- engine_lock.c ---- */

/* Opens HOME/store.lock; -1 when the home is read-only. Closing it gives every lock back. */
int engine_lock_open(const char *home, bool make);
bool engine_lock_shared(int lock);
bool engine_lock_exclusive(int lock);

/* ---- engine_write.c ---- */

/* Empties the WAL; ret_done is false while others read. */
bool engine_truncate(struct store *store, bool *ret_done, GError **error);

/* ---- engine_run.c ---- */

/* Runs every statement whose name begins with the prefix, with the same values. */
bool engine_run_prefix(
	struct store *store, const char *prefix, const struct store_value *values, GError **error);

/* Forgets the prepared statements of a prefix, so that the authorizer is asked again. */
void engine_forget_prefix(struct store *store, const char *prefix);
bool engine_has_prefix(const struct store *store, int statement, const char *prefix);

/* ---- engine_backup.c ---- */

/* An empty file, 0600 whatever the umask is; an older one of that name goes. */
bool engine_make_file(const char *path, GError **error);

/* Gives the synced part its name, which must be free (EXISTS). */
bool engine_name_file(const char *part, const char *path, GError **error);

/* One snapshot of a database in a new plain file. */
bool engine_copy(sqlite3 *from, const char *path, GError **error);

/* ---- backup.c ---- */

/*
 * Takes a backup file apart into HOME: its database as `database`, its images into blobs/, each
 * checked against its digest. STORE_CORRUPT for what is no whole backup; nothing is left of it
 * then.
 */
bool backup_unpack(const char *home, const char *path, const char *database, GError **error);

/* True for a file that backup_unpack reads; a plain database (an older backup) is not one. */
bool backup_is_packed(const char *path);

/* ---- engine_create.c ---- */

/* Makes HOME with blobs/ and spool/, 0700. */
bool engine_make_folders(const char *home, GError **error);

/*
 * Makes a home with a new file, or with a copy of `from`; first is done in its first transaction.
 * The file appears whole or not at all.
 */
bool engine_create(const struct store_registry *registry, const char *home, sqlite3 *from,
	store_work *first, void *data, GError **error);

/* Inside a write: the keys and the identity of a new store; another identity of a restored one. */
bool engine_new_store(struct store *store, int64_t now_ms, GError **error);
bool engine_new_identity(struct store *store, int64_t first_seq, int64_t now_ms, GError **error);

#endif
