/* Erasing a case's personal data; the chain of hashes stays whole. */
#include "store/engine.h"
#include "store/journal.h"

#include <unistd.h>

struct erasing {
	const char *case_id;
	const char *rule;
	int64_t now_ms;
	const char *actor;
};

struct path_row {
	char *path;
};
static const struct store_column path_columns[] = {
	STORE_COLUMN(TEXT, struct path_row, path), STORE_COLUMNS_END};
static const struct store_shape path_shape = {sizeof(struct path_row), path_columns};

/* A path of the store never leads out of the home. */
static void remove_file(const char *home, const char *path)
{
	if (path == NULL || g_path_is_absolute(path) || strstr(path, "..") != NULL)
		return;
	g_autofree char *whole = g_build_filename(home, path, NULL);
	(void)unlink(whole);
}

/* Before the commit: a file gone too early is erased again with the case, one left over never. */
static bool remove_files(struct store *store, const struct store_value *values, GError **error)
{
	int first = store->registry->first;
	for (int i = first; i < first + store->registry->count; i++) {
		if (!engine_has_prefix(store, i, "files_to_erase_"))
			continue;
		g_autoptr(GPtrArray) rows = store_rows(store, i, values, &path_shape, error);
		if (rows == NULL)
			return false;
		for (guint k = 0; k < rows->len; k++)
			remove_file(store->home, ((struct path_row *)rows->pdata[k])->path);
	}
	return true;
}

static bool append_erased(struct store *store, const struct erasing *erasing, GError **error)
{
	g_autoptr(json_t) body = json_pack("{s:s}", "rule", erasing->rule);
	struct fact fact = {
		.kind = "erased",
		.case_id = erasing->case_id,
		.item = -1,
		.time_ms = erasing->now_ms,
		.actor = erasing->actor,
		.authority = AUTHORITY_LAW,
		.source = FACT_SOURCE_DIRECT,
		.body = body,
	};
	return journal_append(store, &fact, NULL, error);
}

static bool erase(struct store *store, void *data, GError **error)
{
	const struct erasing *erasing = data;
	const struct store_value *values = STORE_VALUES(STORE_TEXT("case_id", erasing->case_id));
	/* The statements come by name, not in the order of the tables' references. */
	return engine_pragma(store->db, "PRAGMA defer_foreign_keys = ON", NULL, error) &&
	       remove_files(store, values, error) &&
	       engine_run_prefix(store, "erase_", values, error) &&
	       append_erased(store, erasing, error) &&
	       engine_run_prefix(store, "optimize_", STORE_NO_VALUES, error) &&
	       store_set_setting(store, STORE_TRUNCATE_DUE, "1", error);
}

bool journal_erase_case(struct store *store, const char *case_id, const char *rule, int64_t now_ms,
	const char *actor, GError **error)
{
	struct erasing erasing = {case_id, rule, now_ms, actor};
	store->erasing = true;
	bool good = store_write(store, erase, &erasing, error);
	store->erasing = false;
	engine_forget_prefix(store, "erase_");
	if (!good)
		return false;
	engine_remove_copies(store->home, store->registry);
	/* The case is erased; what keeps the WAL from being emptied now is met again by the agent.
	 */
	(void)store_checkpoint(store, NULL);
	return true;
}
