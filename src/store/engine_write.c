/* The only BEGIN IMMEDIATE … COMMIT, and what tells that something was committed. */
#include "store/engine.h"

#include <errno.h>

static bool control(struct store *store, sqlite3_stmt **slot, const char *sql, GError **error)
{
	int rc = SQLITE_OK;
	if (*slot == NULL)
		rc = sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT, slot, NULL);
	errno = 0; /* engine_fail looks at it */
	if (rc == SQLITE_OK)
		rc = sqlite3_step(*slot);
	bool good = rc == SQLITE_DONE;
	if (!good)
		engine_fail(store->db, rc, error);
	sqlite3_reset(*slot);
	return good;
}

static bool join(struct store *store, store_work *work, void *data, GError **error)
{
	store->depth++;
	bool good = work(store, data, error);
	store->depth--;
	if (!good)
		store->doomed = true;
	return good;
}

/* SQLite itself rolls back after some failures (a full disk); then nothing may seem committed. */
static bool commit(struct store *store, bool good, GError **error)
{
	if (good && store->doomed)
		good = err_set(error, ERR_CODE_STORE, NULL);
	if (good && sqlite3_get_autocommit(store->db))
		good = err_set(error, ERR_CODE_STORE_FULL, NULL);
	if (good && control(store, &store->commit, "COMMIT", error)) {
		store->commits++;
		return true;
	}
	if (!sqlite3_get_autocommit(store->db))
		sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
	return false;
}

bool store_write(struct store *store, store_work *work, void *data, GError **error)
{
	if (store->depth > 0)
		return join(store, work, data, error);
	if (!control(store, &store->begin, "BEGIN IMMEDIATE", error))
		return false;
	store->doomed = false;
	store->depth = 1;
	bool good = work(store, data, error);
	store->depth = 0;
	return commit(store, good, error);
}

int64_t store_data_version(struct store *store)
{
	int64_t version = 0;
	if (store->data_version == NULL)
		sqlite3_prepare_v3(store->db, "PRAGMA data_version", -1, SQLITE_PREPARE_PERSISTENT,
			&store->data_version, NULL);
	if (store->data_version && sqlite3_step(store->data_version) == SQLITE_ROW)
		version = sqlite3_column_int64(store->data_version, 0);
	sqlite3_reset(store->data_version);
	/* SQLite's number knows only the others' commits. */
	return (int64_t)((uint64_t)version << 32) + store->commits;
}

bool engine_truncate(struct store *store, bool *ret_done, GError **error)
{
	sqlite3_busy_timeout(store->db, 0);
	int rc = sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	sqlite3_busy_timeout(store->db, STORE_WAIT_MS);
	if (rc != SQLITE_OK && (rc & 0xff) != SQLITE_BUSY)
		return engine_fail(store->db, rc, error);
	*ret_done = rc == SQLITE_OK;
	return true;
}

bool store_checkpoint(struct store *store, GError **error)
{
	g_autofree char *due = store_setting(store, STORE_TRUNCATE_DUE, NULL);
	int in_wal = 0, moved = 0;
	int rc = sqlite3_wal_checkpoint_v2(
		store->db, NULL, SQLITE_CHECKPOINT_PASSIVE, &in_wal, &moved);
	if (rc != SQLITE_OK && (rc & 0xff) != SQLITE_BUSY)
		return engine_fail(store->db, rc, error);
	if (due == NULL && (in_wal < STORE_MOST_WAL_PAGES || moved < in_wal))
		return true;
	bool done = false;
	if (!engine_truncate(store, &done, error))
		return false;
	return !done || due == NULL ||
	       store_run(store, store->registry->setting_delete,
		       STORE_VALUES(STORE_TEXT("key", STORE_TRUNCATE_DUE)), error);
}
