/* The store of one home: its registry, its making and its restoring. */
#include <unistd.h>

#include "core/date.h"
#include "schema.h"
#include "store/engine.h"
#include "store/journal.h"

static const char *const guarded[] = {"fact", "fact_body", "anchor", "store_identity", NULL};

const struct store_registry store_registry_home = {
	.file = "yichuang.db",
	.schemas = schema_texts,
	.schema_count = SCHEMA_COUNT,
	.statements = statement_texts,
	.first = STATEMENT_FIRST,
	.count = STATEMENT_COUNT,
	.guarded = guarded,
	.setting_get = STATEMENT_SETTING_GET,
	.setting_put = STATEMENT_SETTING_PUT,
	.setting_delete = STATEMENT_SETTING_DELETE,
	.identity_get = STATEMENT_STORE_IDENTITY_GET,
	.identity_put = STATEMENT_STORE_IDENTITY_PUT,
	.secret_put = STATEMENT_SECRET_PUT,
};

static bool append_first(
	struct store *store, const char *kind, int64_t now_ms, json_t *body, GError **error)
{
	struct fact fact = {
		.kind = kind,
		.item = -1,
		.time_ms = now_ms,
		.actor = "",
		.window = "",
		.authority = AUTHORITY_WINDOW,
		.source = FACT_SOURCE_DIRECT,
		.body = body,
	};
	int64_t seq = 0;
	return journal_append(store, &fact, &seq, error);
}

static bool first_of_new(struct store *store, void *data, GError **error)
{
	int64_t now_ms = *(const int64_t *)data;
	if (!engine_new_store(store, now_ms, error))
		return false;
	g_autoptr(json_t) body =
		json_pack("{s:s, s:s}", "store", store_id_text(store), "version", YICHUANG_VERSION);
	return append_first(store, "store_created", now_ms, body, error);
}

bool store_create(const char *home, int64_t now_ms, GError **error)
{
	return engine_create(&store_registry_home, home, NULL, first_of_new, &now_ms, error);
}

struct store *store_open(const char *home, enum store_mode mode, GError **error)
{
	return engine_open(&store_registry_home, home, mode, error);
}

/*
 * Numbers drawn here since the backup was made are not known. A number is final for its day, and no
 * window takes in more than one case in ten seconds: counted from midnight that many may be gone.
 */
static bool set_number_floor(struct store *store, int64_t now_ms, json_t *body, GError **error)
{
	char day[CIVIL_DATE_TEXT_SIZE];
	struct civil_date today = civil_date_of_ms(now_ms);
	int64_t floor = (now_ms - civil_date_start_ms(today)) / 10000 + 2;
	civil_date_to_text(today, day);
	g_autofree char *value = g_strdup_printf("%s %d", day, (int)floor);
	json_object_set_new(body, "day", json_string(day));
	json_object_set_new(body, "numbers_from", json_integer(floor));
	return store_set_setting(store, "number_floor", value, error);
}

static bool first_of_restored(struct store *store, void *data, GError **error)
{
	int64_t now_ms = *(const int64_t *)data;
	struct journal_head head = {0};
	if (!engine_read_identity(store, error) || !journal_head(store, &head, error))
		return false;
	g_autofree char *old = g_strdup(store_id_text(store));
	char hash[DIGEST_TEXT_SIZE];
	digest_to_text(&head.hash, hash);
	if (!engine_new_identity(store, head.seq + 1, now_ms, error) ||
		!engine_run_prefix(store, "restore_", STORE_NO_VALUES, error))
		return false;
	g_autoptr(json_t) body = json_pack(
		"{s:s, s:I, s:s}", "store", old, "seq", (json_int_t)head.seq, "hash", hash);
	return set_number_floor(store, now_ms, body, error) &&
	       append_first(store, "store_restored", now_ms, body, error);
}

static bool check_whole(struct store *backup, GError **error)
{
	int64_t version = 0;
	if (!engine_read_version(backup, &version, error))
		return false;
	sqlite3_stmt *check = NULL;
	bool good = sqlite3_prepare_v2(backup->db, "PRAGMA integrity_check(1)", -1, &check, NULL) ==
			    SQLITE_OK &&
		    sqlite3_step(check) == SQLITE_ROW &&
		    strcmp((const char *)sqlite3_column_text(check, 0), "ok") == 0;
	sqlite3_finalize(check);
	return good ||
	       err_set_next(error, ERR_CODE_STORE_CORRUPT, "备份文件已损坏", "请换一份备份");
}

static bool restore_database(const char *home, const char *path, int64_t now_ms, GError **error)
{
	g_autoptr(store) backup =
		engine_open_file(&store_registry_home, path, STORE_MODE_READ, error);
	return backup != NULL && check_whole(backup, error) &&
	       engine_create(
		       &store_registry_home, home, backup->db, first_of_restored, &now_ms, error);
}

bool store_restore(const char *home, const char *path, int64_t now_ms, GError **error)
{
	g_autofree char *there = g_build_filename(home, store_registry_home.file, NULL);
	g_autofree char *database = g_build_filename(home, "restore.part", NULL);
	if (!g_file_test(path, G_FILE_TEST_IS_REGULAR))
		return err_set(error, ERR_CODE_IO, "没有备份文件 %s", path);
	if (!backup_is_packed(path))
		return restore_database(home, path, now_ms, error);
	if (g_file_test(there, G_FILE_TEST_EXISTS))
		return err_set(error, ERR_CODE_EXISTS, "目录 %s 里已经有数据文件", home);
	bool good = engine_make_folders(home, error) &&
		    backup_unpack(home, path, database, error) &&
		    restore_database(home, database, now_ms, error);
	(void)unlink(database);
	return good;
}
