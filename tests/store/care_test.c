/* Backup, restore, migration, erasing: what is done to a store once in a while, with others at
 * work. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/date.h"

#include <ftw.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/err.h"
#include "schema.h"
#include "store/journal.h"
#include "support/store_home.h"

static void must_append(struct store *store, const char *case_id, const char *name)
{
	json_t *body = json_pack("{s:s}", "name", name);
	struct fact fact = {
		.kind = "taken_in",
		.case_id = case_id,
		.item = -1,
		.time_ms = SUPPORT_NOW_MS,
		.actor = "demo",
		.body = body,
	};
	GError *error = NULL;
	if (!store_write(store, support_append, &fact, &error))
		fail_msg("%s", error->message);
	json_decref(body);
}

/* ---- backup and restore ---- */

static void backup_is_one_private_file_that_restores(void **state)
{
	g_autoptr(store) store = support_store_open(*state);
	for (int i = 0; i < 10; i++)
		must_append(store, "c-1", "演示一");
	struct journal_head old;
	assert_true(journal_head(store, &old, NULL));
	char *folder = support_folder_new();
	g_autofree char *path = g_build_filename(folder, "copy.backup", NULL);
	mode_t before = umask(0);
	assert_true(store_backup(store, path, NULL));
	umask(before);
	struct stat status;
	assert_int_equal(stat(path, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	GError *error = NULL;
	assert_false(store_backup(store, path, &error));
	support_assert_code(&error, ERR_CODE_EXISTS);
	must_append(store, "c-1", "later");

	g_autofree char *second = g_build_filename(folder, "home2", NULL);
	if (!store_restore(second, path, SUPPORT_NOW_MS + 9, &error))
		fail_msg("%s", error->message);
	g_autoptr(store) restored = support_store_open(second);
	assert_string_not_equal(store_id_text(restored), store_id_text(store));
	g_autoptr(GPtrArray) rows = journal_after(restored, old.seq - 1, 10, NULL);
	assert_int_equal(rows->len, 2);
	struct journal_row *last = rows->pdata[0], *first = rows->pdata[1];
	assert_string_equal(last->store, store_id_text(store));
	assert_string_equal(first->store, store_id_text(restored));
	assert_string_equal(first->kind, "store_restored");
	g_autofree char *hash = digest_dup_text(&old.hash);
	struct civil_date day = civil_date_of_ms(SUPPORT_NOW_MS + 9);
	g_autofree char *today = civil_date_dup_text(day);
	g_autofree char *wanted = g_strdup_printf(
		"{\"day\":\"%s\",\"hash\":\"%s\",\"numbers_from\":%d,\"seq\":%d,\"store\":\"%s\"}",
		today, hash, (int)((SUPPORT_NOW_MS + 9 - civil_date_start_ms(day)) / 10000) + 2,
		(int)old.seq, store_id_text(store));
	assert_int_equal(g_bytes_get_size(first->body), strlen(wanted));
	assert_memory_equal(g_bytes_get_data(first->body, NULL), wanted, strlen(wanted));
	assert_int_equal(support_journal_verify(restored).fault, JOURNAL_FAULT_NONE);
	struct digest mine = store_keyed_digest(store, "x"),
		      theirs = store_keyed_digest(restored, "x");
	assert_true(digest_equal(&mine, &theirs));
	assert_false(store_restore(second, path, SUPPORT_NOW_MS, &error));
	support_assert_code(&error, ERR_CODE_EXISTS);
	store_close(g_steal_pointer(&restored));
	support_home_free(folder);
}

static char *image(const char *home, const char *bytes)
{
	struct digest digest = digest_of(bytes, strlen(bytes));
	g_autofree char *hex = digest_hex(digest.bytes, DIGEST_SIZE);
	char *path = g_build_filename(home, "blobs", hex, NULL);
	assert_true(g_file_set_contents(path, bytes, -1, NULL));
	return path;
}

static void backup_holds_the_images_and_restore_checks_them(void **state)
{
	g_autoptr(store) store = support_store_open(*state);
	g_autofree char *good = image(*state, "an image"), *bad = image(*state, "a rotten image");
	assert_true(g_file_set_contents(bad, "changed", -1, NULL));
	char *folder = support_folder_new();
	g_autofree char *path = g_build_filename(folder, "copy.backup", NULL);
	g_autofree char *home = g_build_filename(folder, "home", NULL);
	g_autofree char *db = g_build_filename(home, "yichuang.db", NULL);
	g_autofree char *name = g_path_get_basename(good), *bad_name = g_path_get_basename(bad);
	g_autofree char *there = g_build_filename(home, "blobs", name, NULL);
	g_autofree char *not_there = g_build_filename(home, "blobs", bad_name, NULL);
	GError *error = NULL;
	if (!store_backup(store, path, &error) ||
		!store_restore(home, path, SUPPORT_NOW_MS, &error))
		fail_msg("%s", error->message);
	g_autofree char *bytes = NULL, *left = NULL;
	assert_true(g_file_get_contents(there, &bytes, NULL, NULL));
	assert_string_equal(bytes, "an image");
	assert_int_equal(access(not_there, F_OK), -1);
	/* One byte of the image changed in the file: nothing is restored. */
	gsize size = 0;
	g_autofree char *whole = NULL;
	assert_true(g_file_get_contents(path, &whole, &size, NULL));
	char *at = memmem(whole, size, "an image", 8);
	assert_non_null(at);
	at[0] = 'A';
	assert_true(g_file_set_contents(path, whole, (gssize)size, NULL));
	g_autofree char *other = g_build_filename(folder, "other", NULL);
	g_autofree char *other_image = g_build_filename(other, "blobs", name, NULL);
	g_autofree char *other_db = g_build_filename(other, "yichuang.db", NULL);
	assert_false(store_restore(other, path, SUPPORT_NOW_MS, &error));
	support_assert_code(&error, ERR_CODE_STORE_CORRUPT);
	assert_int_equal(access(other_image, F_OK), -1);
	assert_int_equal(access(other_db, F_OK), -1);
	/* Cut off anywhere. */
	at[0] = 'a';
	for (gsize cut = size - 512; cut > 2048; cut -= MIN(cut, 40000)) {
		assert_true(
			g_file_set_contents(path, whole, (gssize)(cut / 512 * 512 - 512), NULL));
		assert_false(store_restore(other, path, SUPPORT_NOW_MS, &error));
		support_assert_code(&error, ERR_CODE_STORE_CORRUPT);
		assert_int_equal(access(other_db, F_OK), -1);
	}
	/* A plain database, as backups were before. */
	g_autofree char *plain = g_build_filename(folder, "plain.db", NULL);
	g_autofree char *sql = g_strdup_printf("VACUUM INTO '%s'", plain);
	g_autofree char *source = g_build_filename(*state, "yichuang.db", NULL);
	const char *argv[] = {"sqlite3", source, sql, NULL};
	assert_true(g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
		NULL, NULL, NULL));
	if (!store_restore(other, plain, SUPPORT_NOW_MS, &error))
		fail_msg("%s", error->message);
	support_home_free(folder);
}

static void restore_refuses_what_is_no_backup(void **state)
{
	char *folder = support_folder_new();
	g_autofree char *home = g_build_filename(folder, "home", NULL);
	g_autofree char *path = g_build_filename(folder, "file", NULL);
	g_autofree char *db = g_build_filename(home, "yichuang.db", NULL);
	GError *error = NULL;
	assert_false(store_restore(home, path, SUPPORT_NOW_MS, &error));
	support_assert_code(&error, ERR_CODE_IO);
	assert_true(g_file_set_contents(path, "this is no database at all", -1, NULL));
	assert_false(store_restore(home, path, SUPPORT_NOW_MS, &error));
	support_assert_code(&error, ERR_CODE_STORE_CORRUPT);
	assert_int_equal(access(db, F_OK), -1);

	g_autoptr(store) store = support_store_open(*state);
	for (int i = 0; i < 200; i++)
		must_append(store, "c-1", "演示一");
	assert_int_equal(g_unlink(path), 0);
	assert_true(store_backup(store, path, NULL));
	struct stat status;
	assert_int_equal(stat(path, &status), 0);
	assert_int_equal(truncate(path, status.st_size / 2 / 4096 * 4096), 0);
	assert_false(store_restore(home, path, SUPPORT_NOW_MS, &error));
	support_assert_code(&error, ERR_CODE_STORE_CORRUPT);
	assert_int_equal(access(db, F_OK), -1);
	support_home_free(folder);
}

/* A child appends until it is killed; backups meanwhile are whole and verify. */
static void backup_while_others_write_is_whole(void **state)
{
	const char *home = *state;
	pid_t child = fork();
	if (child == 0) {
		struct store *store = store_open(home, STORE_MODE_WRITE, NULL);
		for (;;)
			must_append(store, "c-1", "演示一");
	}
	char *folder = support_folder_new();
	g_autoptr(store) store = support_store_open(home);
	int64_t seen = 0;
	for (int i = 0; i < 10; i++) {
		struct journal_head head;
		do
			assert_true(journal_head(store, &head, NULL));
		while (head.seq <= seen + 20);
		seen = head.seq;
		g_autofree char *name = g_strdup_printf("copy%d", i);
		g_autofree char *path = g_build_filename(folder, name, NULL);
		g_autofree char *other = g_strconcat(path, ".home", NULL);
		GError *error = NULL;
		if (!store_backup(store, path, &error) ||
			!store_restore(other, path, SUPPORT_NOW_MS, &error))
			fail_msg("%s", error->message);
		g_autoptr(store) restored = support_store_open(other);
		struct journal_report report = support_journal_verify(restored);
		assert_int_equal(report.fault, JOURNAL_FAULT_NONE);
		assert_true(report.facts > head.seq);
	}
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	support_home_free(folder);
}

/* ---- migration ---- */

/* A home as the first version left it: only the first schema. */
static void make_old(const char *home)
{
	g_autofree char *path = g_build_filename(home, "yichuang.db", NULL);
	assert_int_equal(g_unlink(path), 0);
	sqlite3 *db = NULL;
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	static const char rest[] = "PRAGMA application_id = 0x59694368; PRAGMA user_version = 1;"
				   "INSERT INTO store_identity VALUES (1, zeroblob(16), 0);"
				   "INSERT INTO secret VALUES ('identity_key', zeroblob(32));"
				   "INSERT INTO setting VALUES ('kept', 'yes');"
				   "PRAGMA journal_mode = WAL;";
	assert_int_equal(sqlite3_exec(db, schema_texts[0].sql, NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, rest, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static char *copy_in(const char *home)
{
	g_autoptr(GDir) folder = g_dir_open(home, 0, NULL);
	for (const char *name; (name = g_dir_read_name(folder)) != NULL;)
		if (g_str_has_prefix(name, "yichuang.db.before-"))
			return g_build_filename(home, name, NULL);
	return NULL;
}

static void migration_copies_first_and_keeps_what_was(void **state)
{
	const char *home = *state;
	make_old(home);
	GError *error = NULL;
	assert_null(store_open(home, STORE_MODE_READ, &error));
	support_assert_code(&error, ERR_CODE_STORE_OPEN);
	assert_null(copy_in(home));
	g_autoptr(store) store = support_store_open(home);
	g_autofree char *kept = store_setting(store, "kept", NULL);
	assert_string_equal(kept, "yes");
	must_append(store, "c-1", "演示一");
	g_autofree char *copy = copy_in(home);
	assert_non_null(copy);
	struct stat status;
	assert_int_equal(stat(copy, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	g_autoptr(store) again = support_store_open(home);
	assert_non_null(again);
}

static void migration_refuses_while_others_run(void **state)
{
	const char *home = *state;
	g_autoptr(store) running = support_store_open(home);
	assert_non_null(running);
	/* The running one still has the old file open; a newer program starts. */
	make_old(home);
	GError *error = NULL;
	assert_null(store_open(home, STORE_MODE_WRITE, &error));
	/* The program in the background is named, since nobody sees it. */
	g_autofree char *lock = g_build_filename(home, "agent.lock", NULL);
	g_autofree char *process = g_strdup_printf("%d\n", (int)getpid());
	g_autofree char *named = g_strdup_printf("kill %d", (int)getpid());
	assert_null(strstr(error->message, named));
	support_assert_code(&error, ERR_CODE_STORE_BUSY);
	assert_true(g_file_set_contents(lock, process, -1, NULL));
	assert_null(store_open(home, STORE_MODE_WRITE, &error));
	assert_non_null(strstr(error->message, named));
	support_assert_code(&error, ERR_CODE_STORE_BUSY);
	assert_null(copy_in(home));
	store_close(g_steal_pointer(&running));
	g_autoptr(store) store = support_store_open(home);
	assert_non_null(store);
}

static void migration_that_fails_changes_nothing(void **state)
{
	const char *home = *state;
	make_old(home);
	g_autofree char *path = g_build_filename(home, "yichuang.db", NULL);
	sqlite3 *db = NULL;
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	/* A table of the last schema that makes one stands already: it cannot be made. */
	const char *sql = NULL;
	for (int i = SCHEMA_COUNT - 1; sql == NULL; i--)
		sql = strstr(schema_texts[i].sql, "CREATE TABLE ");
	g_autofree char *name = g_strndup(sql + 13, strcspn(sql + 13, " ("));
	g_autofree char *block = g_strdup_printf("CREATE TABLE %s (a)", name);
	assert_int_equal(sqlite3_exec(db, block, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
	GError *error = NULL;
	assert_null(store_open(home, STORE_MODE_WRITE, &error));
	support_assert_code(&error, ERR_CODE_STORE);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	sqlite3_stmt *version = NULL;
	assert_int_equal(sqlite3_prepare_v2(db,
				 "SELECT user_version, (SELECT count(*) FROM sqlite_schema"
				 " WHERE name = 'case_file') FROM pragma_user_version",
				 -1, &version, NULL),
		SQLITE_OK);
	assert_int_equal(sqlite3_step(version), SQLITE_ROW);
	assert_int_equal(sqlite3_column_int(version, 0), 1);
	assert_int_equal(sqlite3_column_int(version, 1), 0);
	sqlite3_finalize(version);
	sqlite3_close(db);
}

/* ---- erasing ---- */

static const char *needle;
static int found;

static int look(const char *path, const struct stat *status, int type, struct FTW *walk)
{
	g_autofree char *bytes = NULL;
	gsize size = 0;
	if (type == FTW_F && g_file_get_contents(path, &bytes, &size, NULL) &&
		memmem(bytes, size, needle, strlen(needle)) != NULL) {
		print_message("in %s\n", path);
		found++;
	}
	return 0;
}

/* In how many files of the home a text stands. */
static int files_with(const char *home, const char *text)
{
	needle = text;
	found = 0;
	assert_int_equal(nftw(home, look, 16, FTW_PHYS), 0);
	return found;
}

static void erased_name_is_nowhere_in_the_home(void **state)
{
	const char *home = *state;
	g_autoptr(store) store = support_store_open(home);
	/* Enough around it that pages split, fill and are checkpointed. */
	for (int i = 0; i < 3000; i++) {
		g_autofree char *id = g_strdup_printf("c-%d", i % 100);
		g_autofree char *name = g_strdup_printf("演示甲%d", i);
		must_append(store, id, i % 100 == 7 ? "欧阳不存在" : name);
		if (i % 500 == 0)
			assert_true(store_checkpoint(store, NULL));
	}
	g_autofree char *before = g_build_filename(home, "yichuang.db.before-0001", NULL);
	assert_true(store_backup(store, before, NULL));
	assert_true(files_with(home, "欧阳不存在") >= 2);
	GError *error = NULL;
	if (!journal_erase_case(store, "c-7", "演示规则", SUPPORT_NOW_MS, "demo", &error))
		fail_msg("%s", error->message);
	assert_int_equal(files_with(home, "欧阳不存在"), 0);
	assert_true(files_with(home, "演示甲2999") > 0);
	struct journal_report report = support_journal_verify(store);
	assert_int_equal(report.fault, JOURNAL_FAULT_NONE);
	assert_int_equal(report.erased, 30);
	g_autoptr(GPtrArray) rows = journal_of_case(store, "c-7", NULL);
	assert_int_equal(rows->len, 31);
	struct journal_row *erased = rows->pdata[30];
	assert_null(((struct journal_row *)rows->pdata[0])->body);
	assert_string_equal(erased->kind, "erased");
	assert_string_equal(erased->authority, "law");
	assert_memory_equal(g_bytes_get_data(erased->body, NULL), "{\"rule\":\"演示规则\"}",
		strlen("{\"rule\":\"演示规则\"}"));
	assert_true(journal_erase_case(store, "c-7", "again", SUPPORT_NOW_MS, "demo", NULL));
	assert_int_equal(support_journal_verify(store).fault, JOURNAL_FAULT_NONE);
}

/* A row about a person in every table that may hold one, as the desk, the agent and the printer
 * write. */
static const char person_rows[] =
	"INSERT INTO identity VALUES (1, 'identity', '欧阳不存在', x'01', '0011'),"
	" (2, 'identity', '演示二', x'02', '0012');"
	"INSERT INTO case_file (id, list, version, theme, theme_name, applicant, window, clerk,"
	" created_ms, updated_ms) VALUES ('c-1', 'l', 1, 't', 't', '欧阳不存在', '01', 'demo', 1, "
	"1),"
	" ('c-2', 'l', 1, 't', 't', '演示二', '01', 'demo', 1, 1);"
	"INSERT INTO case_party (case_id, ordinal, role, name, phone, identity)"
	" VALUES ('c-1', 0, 'applicant', '欧阳不存在', '欧阳不存在', 1),"
	" ('c-1', 1, 'agent', '演示二', '', 2), ('c-2', 0, 'applicant', '演示二', '', 2);"
	"INSERT INTO case_answer VALUES ('c-1', '欧阳不存在', 'a');"
	"INSERT INTO case_field (case_id, field, value) VALUES ('c-1', 'applicant.name', "
	"'欧阳不存在');"
	"INSERT INTO case_material (case_id, material, status, note, digest, at_ms, by)"
	" VALUES ('c-1', 'm', 'ok', '欧阳不存在', 'sm3:aa', 1, 'demo'),"
	" ('c-1', 'n', 'ok', '', 'sm3:bb', 1, 'demo'), ('c-2', 'n', 'ok', '', 'sm3:bb', 1, 'demo');"
	"INSERT INTO case_item (case_id, item, name, service, department, department_name, reason, "
	"result)"
	" VALUES ('c-1', 0, 'i', 's', 'd', 'd', '欧阳不存在', CAST('欧阳不存在' AS BLOB));"
	"INSERT INTO case_notice VALUES ('N1', 'c-1', 'notice', CAST('欧阳不存在' AS BLOB), 1);"
	"INSERT INTO case_lease VALUES ('c-1', '01', 'demo', 1, 1, 1, 1);"
	"INSERT INTO case_search (case_id, names) VALUES ('c-1', '欧阳不存在 ouyang'), ('c-2', "
	"'演示二');"
	"INSERT INTO outbox_bundle (id, case_id, department, bytes, created_ms)"
	" VALUES ('b-1', 'c-1', 'd', CAST('欧阳不存在' AS BLOB), 1);"
	"INSERT INTO outbox_message (id, bundle, kind, bytes, created_ms)"
	" VALUES ('m-1', 'b-1', 'relay', CAST('欧阳不存在' AS BLOB), 1);"
	"INSERT INTO outbox_blob (bundle, digest) VALUES ('b-1', 'sm3:aa');"
	"INSERT INTO inbox_update (id, bundle, cursor, bytes, at_ms)"
	" VALUES ('u-1', 'b-1', 1, CAST('欧阳不存在' AS BLOB), 1);"
	"INSERT INTO print_job (id, case_id, kind, data, pdf, created_ms, updated_ms)"
	" VALUES ('job1', 'c-1', 'receipt', CAST('欧阳不存在' AS BLOB), 'spool/job1.pdf', 1, 1);";

static void put_file(const char *home, const char *name, const char *text)
{
	g_autofree char *path = g_build_filename(home, name, NULL);
	assert_true(g_file_set_contents(path, text, -1, NULL));
}

static int count_of(const char *home, const char *sql)
{
	g_autofree char *path = g_build_filename(home, "yichuang.db", NULL);
	sqlite3 *db = NULL;
	sqlite3_stmt *statement = NULL;
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
	int count = sqlite3_column_int(statement, 0);
	sqlite3_finalize(statement);
	sqlite3_close(db);
	return count;
}

static void erasing_reaches_every_table_and_file_and_no_other_case(void **state)
{
	const char *home = *state;
	g_autofree char *path = g_build_filename(home, "yichuang.db", NULL);
	sqlite3 *db = NULL;
	char *message = NULL;
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	if (sqlite3_exec(db, person_rows, NULL, NULL, &message) != SQLITE_OK)
		fail_msg("%s", message);
	sqlite3_close(db);
	put_file(home, "spool/job1.pdf", "欧阳不存在");
	put_file(home, "blobs/aa", "欧阳不存在");
	put_file(home, "blobs/bb", "演示二的图");
	g_autoptr(store) store = support_store_open(home);
	must_append(store, "c-1", "欧阳不存在");
	GError *error = NULL;
	if (!journal_erase_case(store, "c-1", "rule", SUPPORT_NOW_MS, "demo", &error))
		fail_msg("%s", error->message);
	assert_int_equal(files_with(home, "欧阳不存在"), 0);
	assert_int_equal(files_with(home, "ouyang"), 0);
	assert_int_equal(files_with(home, "演示二的图"), 1);
	assert_int_equal(count_of(home, "SELECT count(*) FROM case_party"), 1);
	assert_int_equal(count_of(home, "SELECT id FROM identity"), 2);
	assert_int_equal(
		count_of(home, "SELECT count(*) FROM case_search WHERE case_search MATCH '演示二'"),
		1);
	assert_int_equal(support_journal_verify(store).fault, JOURNAL_FAULT_NONE);
}

/* Somebody reads while a case is erased: the WAL is emptied at the next checkpoint instead. */
static void erasing_under_a_reader_is_finished_later(void **state)
{
	const char *home = *state;
	g_autoptr(store) store = support_store_open(home);
	must_append(store, "c-1", "欧阳不存在");
	g_autofree char *path = g_build_filename(home, "yichuang.db", NULL);
	sqlite3 *reader = NULL;
	assert_int_equal(sqlite3_open(path, &reader), SQLITE_OK);
	assert_int_equal(sqlite3_exec(reader, "BEGIN; SELECT count(*) FROM fact", NULL, NULL, NULL),
		SQLITE_OK);
	assert_true(journal_erase_case(store, "c-1", "rule", SUPPORT_NOW_MS, "demo", NULL));
	assert_true(files_with(home, "欧阳不存在") > 0);
	sqlite3_close(reader);
	assert_true(store_checkpoint(store, NULL));
	assert_int_equal(files_with(home, "欧阳不存在"), 0);
	g_autofree char *due = store_setting(store, "wal_truncate_due", NULL);
	assert_null(due);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, support_store_set_up, support_store_tear_down)
	const struct CMUnitTest tests[] = {
		TEST(backup_is_one_private_file_that_restores),
		TEST(backup_holds_the_images_and_restore_checks_them),
		TEST(restore_refuses_what_is_no_backup),
		TEST(backup_while_others_write_is_whole),
		TEST(migration_copies_first_and_keeps_what_was),
		TEST(migration_refuses_while_others_run),
		TEST(migration_that_fails_changes_nothing),
		TEST(erased_name_is_nowhere_in_the_home),
		TEST(erasing_reaches_every_table_and_file_and_no_other_case),
		TEST(erasing_under_a_reader_is_finished_later),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
