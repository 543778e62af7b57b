#include "store/engine.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

static int number_of(const struct sql_text *schema)
{
	return (int)g_ascii_strtoll(schema->name, NULL, 10);
}

int engine_newest(const struct store_registry *registry)
{
	return registry->schema_count > 0
		       ? number_of(&registry->schemas[registry->schema_count - 1])
		       : 0;
}

static bool apply(struct store *store, void *data, GError **error)
{
	int64_t version = 0;
	if (!engine_pragma(store->db, "PRAGMA user_version", &version, error))
		return false;
	for (int i = 0; i < store->registry->schema_count; i++) {
		const struct sql_text *schema = &store->registry->schemas[i];
		if (number_of(schema) <= version)
			continue;
		int rc = sqlite3_exec(store->db, schema->sql, NULL, NULL, NULL);
		if (rc != SQLITE_OK) {
			g_warning("%s: %s", schema->name, sqlite3_errmsg(store->db));
			return engine_fail(store->db, rc, error);
		}
	}
	g_autofree char *stamp =
		g_strdup_printf("PRAGMA application_id = %d; PRAGMA user_version = %d",
			STORE_APPLICATION_ID, engine_newest(store->registry));
	int rc = sqlite3_exec(store->db, stamp, NULL, NULL, NULL);
	return rc == SQLITE_OK || engine_fail(store->db, rc, error);
}

bool engine_migrate(struct store *store, GError **error)
{
	return store_write(store, apply, NULL, error);
}

void engine_remove_copies(const char *home, const struct store_registry *registry)
{
	g_autofree char *prefix = g_strconcat(registry->file, ".before-", NULL);
	g_autoptr(GDir) folder = g_dir_open(home, 0, NULL);
	for (const char *name; folder && (name = g_dir_read_name(folder)) != NULL;) {
		g_autofree char *path = g_build_filename(home, name, NULL);
		if (g_str_has_prefix(name, prefix))
			(void)unlink(path);
	}
}

static bool copy_first(struct store *store, GError **error)
{
	int64_t version = 0;
	if (!engine_pragma(store->db, "PRAGMA user_version", &version, error))
		return false;
	engine_remove_copies(store->home, store->registry);
	g_autofree char *copy =
		g_strdup_printf("%s.before-%04d", store->path, engine_newest(store->registry));
	return engine_copy(store->db, copy, error);
}

/* Windows are seen; the program in the background is not, so it is named: its lock holds its id. */
static char *who_to_close(const char *home)
{
	g_autofree char *path = g_build_filename(home, "agent.lock", NULL);
	g_autofree char *text = NULL;
	int process = g_file_get_contents(path, &text, NULL, NULL) ? atoi(text) : 0;
	if (process <= 0 || (kill(process, 0) != 0 && errno == ESRCH))
		return g_strdup("请关闭其他窗口和后台程序后再打开");
	return g_strdup_printf(
		"请关闭其他窗口，结束后台程序（kill %d，停下时不丢东西），再打开", process);
}

bool engine_migrate_home(struct store *store, int lock, GError **error)
{
	if (!engine_lock_exclusive(lock)) {
		g_autofree char *next = who_to_close(store->home);
		return err_set_next(
			error, ERR_CODE_STORE_BUSY, "数据要升级，但还有别的程序开着", next);
	}
	bool good = copy_first(store, error) && engine_migrate(store, error);
	return engine_lock_shared(lock) && good;
}
