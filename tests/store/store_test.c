/* The store as its header promises it: making, opening, statements, transactions, settings, care.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <poll.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "store/hub_store.h"
#include "store/journal.h"
#include "store/store.h"
#include "support/store_home.h"

static int mode_of(const char *home, const char *name)
{
	g_autofree char *path = g_build_filename(home, name, NULL);
	struct stat status;
	return stat(path, &status) == 0 ? (int)(status.st_mode & 07777) : -1;
}

static void raw(const char *home, const char *sql)
{
	g_autofree char *path = g_build_filename(home, "yichuang.db", NULL);
	sqlite3 *db = NULL;
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	char *message = NULL;
	if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
		fail_msg("%s: %s", sql, message);
	sqlite3_close(db);
}

static void create_makes_private_files_whatever_the_umask(void **state)
{
	g_autofree char *folder = support_folder_new();
	for (int i = 0; i < 2; i++) {
		g_autofree char *name = g_strdup_printf("home%d", i);
		g_autofree char *home = g_build_filename(folder, "deep", name, NULL);
		mode_t before = umask(i == 0 ? 0 : 0777 & ~0700);
		assert_true(store_create(home, SUPPORT_NOW_MS, NULL));
		umask(before);
		g_autoptr(store) store = support_store_open(home);
		assert_true(store_set_setting(store, "a", "b", NULL));
		assert_int_equal(mode_of(home, "."), 0700);
		assert_int_equal(mode_of(home, "blobs"), 0700);
		assert_int_equal(mode_of(home, "spool"), 0700);
		static const char *const files[] = {"yichuang.db", "yichuang.db-wal",
			"yichuang.db-shm", "ballast", "store.lock"};
		for (size_t k = 0; k < G_N_ELEMENTS(files); k++)
			assert_int_equal(mode_of(home, files[k]), 0600);
	}
	support_home_free(g_steal_pointer(&folder));
}

static void create_twice_is_refused(void **state)
{
	GError *error = NULL;
	assert_false(store_create(*state, SUPPORT_NOW_MS, &error));
	support_assert_code(&error, ERR_CODE_EXISTS);
}

static void create_removes_what_a_killed_making_left(void **state)
{
	char *folder = support_folder_new();
	g_autofree char *left = g_build_filename(folder, "yichuang.db.new", NULL);
	assert_true(g_file_set_contents(left, "half", -1, NULL));
	assert_true(store_create(folder, SUPPORT_NOW_MS, NULL));
	assert_int_equal(access(left, F_OK), -1);
	support_home_free(folder);
}

static void open_missing_home_makes_nothing(void **state)
{
	char *folder = support_folder_new();
	g_autofree char *home = g_build_filename(folder, "none", NULL);
	for (int mode = STORE_MODE_WRITE; mode <= STORE_MODE_READ; mode++) {
		GError *error = NULL;
		assert_null(store_open(home, (enum store_mode)mode, &error));
		support_assert_code(&error, ERR_CODE_HOME_MISSING);
		assert_int_equal(access(home, F_OK), -1);
		assert_null(store_open(folder, (enum store_mode)mode, &error));
		support_assert_code(&error, ERR_CODE_HOME_MISSING);
	}
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	assert_null(g_dir_read_name(dir));
	support_home_free(folder);
}

static void open_newer_store_is_refused_and_unchanged(void **state)
{
	raw(*state, "PRAGMA user_version = 9000");
	GError *error = NULL;
	assert_null(store_open(*state, STORE_MODE_WRITE, &error));
	support_assert_code(&error, ERR_CODE_STORE_NEWER);
	assert_null(store_open(*state, STORE_MODE_READ, &error));
	support_assert_code(&error, ERR_CODE_STORE_NEWER);
	raw(*state, "CREATE TABLE still_writable (a)");
}

static void open_corrupt_file_is_named(void **state)
{
	g_autofree char *path = g_build_filename(*state, "yichuang.db", NULL);
	GError *error = NULL;
	char garbage[8192];
	memset(garbage, 'x', sizeof garbage);
	static const gssize sizes[] = {0, 1, 100, 8192};
	for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
		assert_true(g_file_set_contents(path, garbage, sizes[i], NULL));
		assert_null(store_open(*state, STORE_MODE_WRITE, &error));
		support_assert_code(&error, ERR_CODE_STORE_CORRUPT);
	}
}

static void open_cut_file_is_named(void **state)
{
	g_autofree char *path = g_build_filename(*state, "yichuang.db", NULL);
	assert_int_equal(truncate(path, 4096), 0);
	GError *error = NULL;
	assert_null(store_open(*state, STORE_MODE_WRITE, &error));
	support_assert_code(&error, ERR_CODE_STORE_CORRUPT);
}

static void statements_bind_by_name_and_read_back(void **state)
{
	g_autoptr(store) store = support_store_open(*state);
	g_autofree char *none = store_setting(store, "colour", "red");
	assert_string_equal(none, "red");
	assert_null(store_setting(store, "colour", NULL));
	assert_true(store_set_setting(store, "colour", "蓝'\"; --", NULL));
	assert_true(store_set_setting(store, "colour", "蓝", NULL));
	g_autofree char *blue = store_setting(store, "colour", NULL);
	assert_string_equal(blue, "蓝");
	char *text = NULL;
	assert_true(store_text(store, STATEMENT_SETTING_GET,
		STORE_VALUES(STORE_TEXT("key", "colour")), &text, NULL));
	assert_string_equal(text, "蓝");
	g_free(text);
	int64_t number = 0;
	assert_true(store_integer(store, STATEMENT_FACT_ERASED_LATER,
		STORE_VALUES(STORE_TEXT("case_id", "none"), STORE_INTEGER("seq", 0)), -7, &number,
		NULL));
	assert_int_equal(number, 0);
	assert_true(store_integer(store, STATEMENT_SETTING_GET,
		STORE_VALUES(STORE_TEXT("key", "absent")), -7, &number, NULL));
	assert_int_equal(number, -7);
	int64_t changed = -1;
	assert_true(store_run_counted(store, STATEMENT_SETTING_DELETE,
		STORE_VALUES(STORE_TEXT("key", "colour")), &changed, NULL));
	assert_int_equal(changed, 1);
}

static void unique_value_taken_is_exists(void **state)
{
	g_autoptr(store) store = support_store_open(*state);
	GError *error = NULL;
	assert_false(store_run(store, STATEMENT_SECRET_PUT,
		STORE_VALUES(STORE_TEXT("name", "identity_key"), STORE_BLOB("value", "x", 1)),
		&error));
	support_assert_code(&error, ERR_CODE_EXISTS);
}

static bool set_two(struct store *store, void *data, GError **error)
{
	bool good = store_set_setting(store, "one", "1", error) &&
		    store_set_setting(store, "two", "2", error);
	return good && (*(bool *)data || err_set(error, ERR_CODE_INVALID, NULL));
}

static bool set_nested(struct store *store, void *data, GError **error)
{
	bool good = store_set_setting(store, "outer", "1", error);
	/* An outer work that swallows the inner failure must not commit half of it. */
	(void)store_write(store, set_two, data, NULL);
	return good;
}

static void write_commits_all_or_nothing(void **state)
{
	g_autoptr(store) store = support_store_open(*state);
	bool good = false;
	GError *error = NULL;
	assert_false(store_write(store, set_two, &good, &error));
	support_assert_code(&error, ERR_CODE_INVALID);
	assert_null(store_setting(store, "one", NULL));
	assert_false(store_write(store, set_nested, &good, &error));
	support_assert_code(&error, ERR_CODE_STORE);
	assert_null(store_setting(store, "outer", NULL));
	good = true;
	assert_true(store_write(store, set_nested, &good, NULL));
	g_autofree char *two = store_setting(store, "two", NULL);
	assert_string_equal(two, "2");
}

static void data_version_tells_of_every_commit(void **state)
{
	g_autoptr(store) mine = support_store_open(*state);
	g_autoptr(store) other = support_store_open(*state);
	int64_t before = store_data_version(mine);
	assert_int_equal(store_data_version(mine), before);
	assert_true(store_set_setting(mine, "a", "1", NULL));
	int64_t after_mine = store_data_version(mine);
	assert_int_not_equal(after_mine, before);
	assert_true(store_set_setting(other, "a", "2", NULL));
	assert_int_not_equal(store_data_version(mine), after_mine);
}

static void read_mode_reads_and_cannot_write(void **state)
{
	g_autoptr(store) writer = support_store_open(*state);
	assert_true(store_set_setting(writer, "a", "1", NULL));
	g_autoptr(store) reader = store_open(*state, STORE_MODE_READ, NULL);
	assert_non_null(reader);
	g_autofree char *value = store_setting(reader, "a", NULL);
	assert_string_equal(value, "1");
	GError *error = NULL;
	assert_false(store_set_setting(reader, "a", "2", &error));
	support_assert_code(&error, ERR_CODE_STORE_READ_ONLY);
}

static void bell_is_heard(void **state)
{
	g_autoptr(store) store = support_store_open(*state);
	store_ring(store);
	int bell = store_bell_listen(*state, NULL);
	assert_true(bell >= 0);
	assert_int_equal(mode_of(*state, "bell"), 0600);
	struct pollfd wait = {.fd = bell, .events = POLLIN};
	assert_int_equal(poll(&wait, 1, 0), 0);
	for (int i = 0; i < 10000; i++)
		store_ring(store);
	assert_int_equal(poll(&wait, 1, 0), 1);
	close(bell);
	store_ring(store);
	bell = store_bell_listen(*state, NULL);
	assert_true(bell >= 0);
	close(bell);
}

static void keyed_digest_differs_from_home_to_home(void **state)
{
	char *second = support_home_new();
	g_autoptr(store) a = support_store_open(*state);
	g_autoptr(store) b = support_store_open(second);
	struct digest one = store_keyed_digest(a, "1"), again = store_keyed_digest(a, "1");
	struct digest two = store_keyed_digest(b, "1");
	assert_true(digest_equal(&one, &again));
	assert_false(digest_equal(&one, &two));
	assert_string_not_equal(store_id_text(a), store_id_text(b));
	assert_int_equal(strlen(store_id_text(a)), 32);
	store_close(g_steal_pointer(&b));
	support_home_free(second);
}

static void ballast_is_released_and_refilled(void **state)
{
	g_autofree char *path = g_build_filename(*state, "ballast", NULL);
	struct stat status;
	assert_int_equal(stat(path, &status), 0);
	assert_true((int64_t)status.st_blocks * 512 >= (int64_t)4 << 20);
	assert_true(store_release_ballast(*state));
	assert_int_equal(access(path, F_OK), -1);
	assert_false(store_release_ballast(*state));
	assert_true(store_refill_ballast(*state, NULL));
	assert_int_equal(access(path, F_OK), 0);
}

static void checkpoint_empties_a_long_wal(void **state)
{
	g_autoptr(store) store = support_store_open(*state);
	g_autofree char *wal = g_build_filename(*state, "yichuang.db-wal", NULL);
	assert_true(store_set_setting(store, "a", "1", NULL));
	assert_true(store_checkpoint(store, NULL));
	struct stat status;
	assert_int_equal(stat(wal, &status), 0);
}

static void hub_store_uses_the_same_engine(void **state)
{
	char *home = support_folder_new();
	assert_true(hub_store_create(home, SUPPORT_NOW_MS, NULL));
	GError *error = NULL;
	assert_false(hub_store_create(home, SUPPORT_NOW_MS, &error));
	support_assert_code(&error, ERR_CODE_EXISTS);
	g_autoptr(store) hub = hub_store_open(home, STORE_MODE_WRITE, &error);
	assert_non_null(hub);
	assert_true(store_set_setting(hub, "a", "1", NULL));
	char *text = NULL;
	assert_true(store_text(
		hub, HUB_STATEMENT_SETTING_GET, STORE_VALUES(STORE_TEXT("key", "a")), &text, NULL));
	assert_string_equal(text, "1");
	g_free(text);
	store_close(g_steal_pointer(&hub));
	support_home_free(home);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, support_store_set_up, support_store_tear_down)
	const struct CMUnitTest tests[] = {
		TEST(create_makes_private_files_whatever_the_umask),
		TEST(create_twice_is_refused),
		TEST(create_removes_what_a_killed_making_left),
		TEST(open_missing_home_makes_nothing),
		TEST(open_newer_store_is_refused_and_unchanged),
		TEST(open_corrupt_file_is_named),
		TEST(open_cut_file_is_named),
		TEST(statements_bind_by_name_and_read_back),
		TEST(unique_value_taken_is_exists),
		TEST(write_commits_all_or_nothing),
		TEST(data_version_tells_of_every_commit),
		TEST(read_mode_reads_and_cannot_write),
		TEST(bell_is_heard),
		TEST(keyed_digest_differs_from_home_to_home),
		TEST(ballast_is_released_and_refilled),
		TEST(checkpoint_empties_a_long_wal),
		TEST(hub_store_uses_the_same_engine),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
