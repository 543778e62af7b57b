#include "store/engine.h"

#include <errno.h>
#include <unistd.h>

/* Per connection, not kept in the file. secure_delete: what is erased leaves no text behind. */
static const char settings[] = "PRAGMA synchronous = FULL;"
			       "PRAGMA foreign_keys = ON;"
			       "PRAGMA recursive_triggers = ON;"
			       "PRAGMA secure_delete = ON;"
			       "PRAGMA cell_size_check = ON;"
			       "PRAGMA temp_store = MEMORY;";

bool engine_pragma(sqlite3 *db, const char *sql, int64_t *ret_value, GError **error)
{
	sqlite3_stmt *statement = NULL;
	int rc = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_step(statement);
	bool good = rc == SQLITE_ROW || rc == SQLITE_DONE;
	if (rc == SQLITE_ROW && ret_value != NULL)
		*ret_value = sqlite3_column_int64(statement, 0);
	if (!good)
		engine_fail(db, rc, error);
	sqlite3_finalize(statement);
	return good;
}

static bool configure(struct store *store, GError **error)
{
	sqlite3 *db = store->db;
	sqlite3_extended_result_codes(db, 1);
	sqlite3_busy_timeout(db, STORE_WAIT_MS);
	sqlite3_wal_autocheckpoint(db, STORE_MOST_WAL_PAGES);
	sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	int rc = sqlite3_exec(db, settings, NULL, NULL, NULL);
	return rc == SQLITE_OK || engine_fail(db, rc, error);
}

/*
 * On a read-only disk SQLite cannot make the WAL's shared memory; a file that nobody wrote since
 * its last checkpoint is then read as it is.
 */
static char *immutable_uri(const char *path)
{
	g_autofree char *wal = g_strconcat(path, "-wal", NULL);
	g_autofree char *home = g_path_get_dirname(path);
	if (access(home, W_OK) == 0 || access(wal, F_OK) == 0)
		return NULL;
	g_autofree char *escaped = g_uri_escape_string(path, "/", FALSE);
	return g_strconcat("file:", escaped, "?immutable=1", NULL);
}

struct store *engine_open_file(const struct store_registry *registry, const char *path,
	enum store_mode mode, GError **error)
{
	g_autoptr(store) store = g_new0(struct store, 1);
	store->registry = registry;
	store->path = g_strdup(path);
	store->lock = -1;
	store->statements = g_new0(sqlite3_stmt *, (gsize)registry->count + 1);
	int flags = SQLITE_OPEN_NOMUTEX;
	flags |= mode == STORE_MODE_WRITE ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
	g_autofree char *uri = mode == STORE_MODE_READ ? immutable_uri(path) : NULL;
	int rc = sqlite3_open_v2(
		uri ? uri : path, &store->db, flags | (uri ? SQLITE_OPEN_URI : 0), engine_vfs());
	if (rc != SQLITE_OK) {
		engine_fail(store->db, rc, error);
		return NULL;
	}
	return configure(store, error) ? g_steal_pointer(&store) : NULL;
}

static bool check_present(const char *home, const char *path, GError **error)
{
	if (access(path, F_OK) == 0)
		return true;
	if (errno == EACCES)
		return err_set(error, ERR_CODE_STORE_OPEN, NULL);
	if (g_file_test(home, G_FILE_TEST_IS_DIR))
		return err_set(error, ERR_CODE_HOME_MISSING, "目录 %s 里没有数据文件", home);
	return err_set(error, ERR_CODE_HOME_MISSING, "数据目录 %s 不存在", home);
}

static bool check_access(const char *home, const char *path, enum store_mode mode, GError **error)
{
	if (!check_present(home, path, error))
		return false;
	if (access(path, R_OK) != 0)
		return err_set(error, ERR_CODE_STORE_OPEN, NULL);
	if (mode == STORE_MODE_WRITE && (access(path, W_OK) != 0 || access(home, W_OK) != 0))
		return err_set(error, ERR_CODE_STORE_READ_ONLY, NULL);
	return true;
}

bool engine_read_version(struct store *store, int64_t *ret_version, GError **error)
{
	int64_t application = 0, version = 0;
	if (!engine_pragma(store->db, "PRAGMA application_id", &application, error) ||
		!engine_pragma(store->db, "PRAGMA user_version", &version, error))
		return false;
	if (application != STORE_APPLICATION_ID)
		return err_set(error, ERR_CODE_STORE_CORRUPT, "%s 不是本程序的数据文件，或已损坏",
			store->path);
	if (version > engine_newest(store->registry))
		return err_set(error, ERR_CODE_STORE_NEWER, NULL);
	*ret_version = version;
	return true;
}

static bool bring_up_to_date(struct store *store, enum store_mode mode, GError **error)
{
	int64_t version = 0;
	if (!engine_read_version(store, &version, error))
		return false;
	if (version == engine_newest(store->registry))
		return true;
	if (mode == STORE_MODE_READ)
		return err_set_next(error, ERR_CODE_STORE_OPEN, "数据还是旧版本",
			"请先打开一次 yichuang 完成升级");
	return engine_migrate_home(store, store->lock, error);
}

bool engine_read_identity(struct store *store, GError **error)
{
	struct identity {
		GBytes *id, *identity_key;
	} row;
	static const struct store_column columns[] = {STORE_COLUMN(BLOB, struct identity, id),
		STORE_COLUMN(BLOB, struct identity, identity_key), STORE_COLUMNS_END};
	static const struct store_shape shape = {sizeof(struct identity), columns};
	bool found = false;
	if (!store_row(store, store->registry->identity_get, STORE_NO_VALUES, &shape, &row, &found,
		    error))
		return false;
	bool good = found && row.id && row.identity_key &&
		    g_bytes_get_size(row.id) == STORE_ID_SIZE &&
		    g_bytes_get_size(row.identity_key) == DIGEST_SIZE;
	if (good) {
		memcpy(store->id, g_bytes_get_data(row.id, NULL), STORE_ID_SIZE);
		memcpy(store->identity_key, g_bytes_get_data(row.identity_key, NULL), DIGEST_SIZE);
		g_autofree char *hex = digest_hex(store->id, STORE_ID_SIZE);
		g_strlcpy(store->id_text, hex, sizeof store->id_text);
	}
	if (found)
		store_row_clear(&shape, &row);
	return good || err_set(error, ERR_CODE_STORE_CORRUPT, NULL);
}

struct store *engine_open(const struct store_registry *registry, const char *home,
	enum store_mode mode, GError **error)
{
	g_autofree char *path = g_build_filename(home, registry->file, NULL);
	if (!check_access(home, path, mode, error))
		return NULL;
	int lock = engine_lock_open(home, mode == STORE_MODE_WRITE);
	g_autoptr(store) store = NULL;
	if (!engine_lock_shared(lock))
		err_set(error, ERR_CODE_STORE_BUSY, "数据正在升级");
	else
		store = engine_open_file(registry, path, mode, error);
	if (store == NULL) {
		if (lock >= 0)
			close(lock);
		return NULL;
	}
	store->lock = lock;
	store->home = g_strdup(home);
	if (!bring_up_to_date(store, mode, error))
		return NULL;
	engine_guard(store, true);
	if (mode == STORE_MODE_WRITE)
		(void)store_keep_ballast(home);
	return engine_read_identity(store, error) ? g_steal_pointer(&store) : NULL;
}

void store_close(struct store *store)
{
	if (store == NULL)
		return;
	for (int i = 0; i < store->registry->count; i++)
		sqlite3_finalize(store->statements[i]);
	sqlite3_finalize(store->begin);
	sqlite3_finalize(store->commit);
	sqlite3_finalize(store->data_version);
	sqlite3_close(store->db);
	if (store->lock >= 0)
		close(store->lock);
	explicit_bzero(store->identity_key, sizeof store->identity_key);
	g_free(store->statements);
	g_free(store->home);
	g_free(store->path);
	g_free(store);
}

const char *store_home(const struct store *store)
{
	return store->home;
}

const uint8_t *store_id(const struct store *store)
{
	return store->id;
}

const char *store_id_text(const struct store *store)
{
	return store->id_text;
}

struct digest store_keyed_digest(const struct store *store, const char *text)
{
	return digest_keyed(store->identity_key, sizeof store->identity_key, text, strlen(text));
}
