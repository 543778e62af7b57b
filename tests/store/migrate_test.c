/* Homes made by an earlier schema: what they had means the same afterwards. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "catalog/catalogue.h"
#include "schema.h"
#include "support/home.h"

/* A home as the schemas up to `last` left it, with the rows of sql. */
static char *old_home(int last, const char *sql)
{
	char *home = support_home_new();
	g_autofree char *path = g_build_filename(home, "yichuang.db", NULL);
	g_autofree char *stamp =
		g_strdup_printf("PRAGMA application_id = 0x59694368; PRAGMA user_version = %d;"
				"INSERT INTO store_identity VALUES (1, zeroblob(16), 0);"
				"INSERT INTO secret VALUES ('identity_key', zeroblob(32));"
				"PRAGMA journal_mode = WAL;",
			last);
	sqlite3 *db = NULL;
	assert_int_equal(g_unlink(path), 0);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	for (int i = 0; i < last; i++)
		assert_int_equal(
			sqlite3_exec(db, schema_texts[i].sql, NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, stamp, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
	return home;
}

/* Before 0006: a list in force with a shelved and an unshelved theme, and a newer draft. */
static const char before_bureau[] =
	"INSERT INTO catalogue_list VALUES ('small-2026', '小', 1, 1);"
	"INSERT INTO catalogue_version VALUES ('small-2026', 1, zeroblob(32), x'7b7d', 'published',"
	" '小清单', '某局', '', '', 2, 2, '2026-01-01', '甲', '1号', 1, 1);"
	"INSERT INTO catalogue_version VALUES ('small-2026', 2, zeroblob(32), x'7b7d', 'draft',"
	" '小清单', '某局', '', '', 2, 2, '', '甲', '', 2, 0);"
	"INSERT INTO catalogue_theme VALUES (1, 'small-2026', 1, '1', 1, '开店', 'kd', 'kaidian',"
	" '登记处', 1, 1), (2, 'small-2026', 1, '2', 2, '关店', 'gd', 'guandian', '登记处', 1, 1);"
	"INSERT INTO theme_shelf VALUES ('small-2026', '1');";

static void shelf_is_authorised_and_versions_are_local(void **state)
{
	(void)state;
	char *home = old_home(5, before_bureau);
	GError *error = NULL;
	g_autoptr(store) store = store_open(home, STORE_MODE_WRITE, &error);
	if (store == NULL)
		fail_msg("%s", error->message);
	struct theme_gates first, second;
	assert_true(catalogue_gates(store, "small-2026", "1", &first, NULL));
	assert_true(first.published && first.authorised && first.on_shelf);
	assert_true(catalogue_gates(store, "small-2026", "2", &second, NULL));
	assert_true(second.published && !second.authorised && !second.on_shelf);
	g_autoptr(GPtrArray) themes = catalogue_themes(store, "small-2026", 0, NULL);
	assert_true(((struct theme_hit *)themes->pdata[0])->on_shelf);
	assert_false(((struct theme_hit *)themes->pdata[1])->on_shelf);
	g_autoptr(GPtrArray) versions = catalogue_versions(store, NULL);
	const struct catalogue_version *published = versions->pdata[0], *draft = versions->pdata[1];
	assert_string_equal(published->origin, "local");
	assert_string_equal(published->filing, "1号");
	assert_string_equal(published->submitter, "");
	assert_true(published->in_force);
	assert_string_equal(draft->status, "draft");
	assert_string_equal(draft->returned, "");
	const struct catalogue_act act = {"", "", "", SUPPORT_NOW_MS};
	assert_true(catalogue_discard(store, "small-2026", &act, NULL));
	store_close(g_steal_pointer(&store));
	support_home_free(home);
}

/* Every branch of the version loop: a home of any schema opens and is of the newest then. */
static void home_of_every_schema_opens(void **state)
{
	(void)state;
	for (int last = 1; last < SCHEMA_COUNT; last++) {
		char *home = old_home(last, "");
		GError *error = NULL;
		g_autoptr(store) store = store_open(home, STORE_MODE_WRITE, &error);
		if (store == NULL)
			fail_msg("%d: %s", last, error->message);
		g_autoptr(GPtrArray) versions = catalogue_versions(store, NULL);
		assert_int_equal(versions->len, 0);
		store_close(g_steal_pointer(&store));
		support_home_free(home);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shelf_is_authorised_and_versions_are_local),
		cmocka_unit_test(home_of_every_schema_opens),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
