/*
 * Every statement of both registries is prepared against a fresh schema and explained: one
 * statement a file, a first line that says what for, no full scan of a table that grows. A scan
 * that is meant carries a line `-- scan: reason`.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "hub_schema.h"
#include "schema.h"
#include "store/engine.h"
#include "store/hub_store.h"
#include "support/home.h"

/* Tables that stay small: a scan costs nothing. */
static const char *const small[] = {"setting", "secret", "store_identity", "printer", "case_lease",
	"line_state", "number_block", NULL};

/* Tables that hold nothing about an applicant; every other one must be reached by an erase_
 * statement. */
static const char *const impersonal[] = {"setting", "secret", "store_identity", "fact", "anchor",
	"hall_window", "user_account", "number_block", "number_counter", "outbox_cursor",
	"line_state", "printer", "hall_route", "hall_department", "supply", NULL};

/* name may be followed by how it is scanned. */
static bool is_small(const char *name)
{
	size_t size = strcspn(name, " ");
	for (const char *const *table = small; *table != NULL; table++)
		if (strlen(*table) == size && strncmp(name, *table, size) == 0)
			return true;
	return name[0] == '(' || g_str_has_prefix(name, "CONSTANT ROW");
}

/* A line of a query plan: "SCAN fact" and its like; NULL when it is none of those. */
static const char *scanned(const char *detail)
{
	if (!g_str_has_prefix(detail, "SCAN ") || strstr(detail, "VIRTUAL TABLE INDEX") != NULL)
		return NULL;
	return is_small(detail + 5) ? NULL : detail;
}

static int explain(sqlite3 *db, const struct sql_text *text)
{
	int bad = 0;
	g_autofree char *sql = g_strconcat("EXPLAIN QUERY PLAN ", text->sql, NULL);
	sqlite3_stmt *plan = NULL;
	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &plan, NULL), SQLITE_OK);
	while (sqlite3_step(plan) == SQLITE_ROW) {
		const char *scan = scanned((const char *)sqlite3_column_text(plan, 3));
		if (scan != NULL && strstr(text->sql, "\n-- scan: ") == NULL) {
			print_error("%s: %s\n", text->name, scan);
			bad++;
		}
	}
	sqlite3_finalize(plan);
	return bad;
}

/* Nothing but white space and comments may follow the one statement. */
static bool is_empty(sqlite3 *db, const char *tail)
{
	sqlite3_stmt *second = NULL;
	bool empty = sqlite3_prepare_v2(db, tail, -1, &second, NULL) == SQLITE_OK && second == NULL;
	sqlite3_finalize(second);
	return empty;
}

static bool is_named(sqlite3_stmt *statement)
{
	for (int i = 1; i <= sqlite3_bind_parameter_count(statement); i++) {
		const char *name = sqlite3_bind_parameter_name(statement, i);
		if (name == NULL || name[0] != ':')
			return false;
	}
	return true;
}

static int check_text(sqlite3 *db, const struct sql_text *text)
{
	sqlite3_stmt *statement = NULL;
	const char *tail = NULL, *wrong = NULL;
	if (sqlite3_prepare_v2(db, text->sql, -1, &statement, &tail) != SQLITE_OK)
		wrong = sqlite3_errmsg(db);
	else if (!g_str_has_prefix(text->sql, "-- "))
		wrong = "the first line must say what for";
	else if (!is_named(statement))
		wrong = "parameters are named";
	else if (!is_empty(db, tail))
		wrong = "more than one statement";
	if (wrong != NULL)
		print_error("%s: %s\n", text->name, wrong);
	sqlite3_finalize(statement);
	return wrong != NULL ? 1 : explain(db, text);
}

static bool is_journal_guard(const struct store *store, const struct sql_text *text)
{
	return store->registry == &store_registry_home && g_str_has_prefix(text->name, "erase_");
}

static void check_registry(struct store *store)
{
	int bad = 0;
	for (int i = 0; i < store->registry->count; i++) {
		const struct sql_text *text = &store->registry->statements[i];
		store->erasing = is_journal_guard(store, text);
		bad += check_text(store->db, text);
		store->erasing = false;
	}
	assert_int_equal(bad, 0);
}

static void home_statements_are_sound(void **state)
{
	char *home = support_home_new();
	g_autoptr(store) store = store_open(home, STORE_MODE_WRITE, NULL);
	assert_non_null(store);
	check_registry(store);
	store_close(g_steal_pointer(&store));
	support_home_free(home);
}

static void hub_statements_are_sound(void **state)
{
	char *home = support_folder_new();
	assert_true(hub_store_create(home, SUPPORT_NOW_MS, NULL));
	g_autoptr(store) store = hub_store_open(home, STORE_MODE_WRITE, NULL);
	assert_non_null(store);
	check_registry(store);
	store_close(g_steal_pointer(&store));
	support_home_free(home);
}

/* The schema files carry numbers that grow, and every table is STRICT (virtual ones apart). */
static void check_schemas(const struct sql_text *schemas, int count)
{
	for (int i = 0; i < count; i++) {
		int64_t number = g_ascii_strtoll(schemas[i].name, NULL, 10);
		assert_true(number > 0);
		if (i > 0)
			assert_true(number > g_ascii_strtoll(schemas[i - 1].name, NULL, 10));
	}
}

static void schemas_are_numbered(void **state)
{
	check_schemas(schema_texts, SCHEMA_COUNT);
	check_schemas(hub_schema_texts, HUB_SCHEMA_COUNT);
}

static void every_table_is_strict(void **state)
{
	char *home = support_home_new();
	g_autoptr(store) store = store_open(home, STORE_MODE_WRITE, NULL);
	sqlite3_stmt *list = NULL;
	assert_int_equal(
		sqlite3_prepare_v2(store->db,
			"SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0 AND"
			" schema = 'main' AND name NOT LIKE 'sqlite_%'",
			-1, &list, NULL),
		SQLITE_OK);
	int loose = 0;
	while (sqlite3_step(list) == SQLITE_ROW) {
		print_error("not STRICT: %s\n", (const char *)sqlite3_column_text(list, 0));
		loose++;
	}
	sqlite3_finalize(list);
	assert_int_equal(loose, 0);
	store_close(g_steal_pointer(&store));
	support_home_free(home);
}

/* ---- nobody's data is forgotten when a case is erased ---- */

static bool erased_by_name(const char *table, const char *verb)
{
	g_autofree char *pattern = g_strdup_printf("%s %s\\b", verb, table);
	for (int i = 0; i < STATEMENT_COUNT; i++)
		if (g_str_has_prefix(statement_texts[i].name, "erase_") &&
			g_regex_match_simple(pattern, statement_texts[i].sql, 0, 0))
			return true;
	return false;
}

/* A row that goes with its parent. */
static bool erased_by_cascade(sqlite3 *db, const char *table)
{
	sqlite3_stmt *parents = NULL;
	bool erased = false;
	assert_int_equal(sqlite3_prepare_v2(db,
				 "SELECT \"table\" FROM pragma_foreign_key_list(?)"
				 " WHERE on_delete = 'CASCADE'",
				 -1, &parents, NULL),
		SQLITE_OK);
	sqlite3_bind_text(parents, 1, table, -1, SQLITE_STATIC);
	while (sqlite3_step(parents) == SQLITE_ROW)
		erased |= erased_by_name(
			(const char *)sqlite3_column_text(parents, 0), "DELETE FROM");
	sqlite3_finalize(parents);
	return erased;
}

/* Lists, themes and calendars say nothing about a person. */
static bool is_of_the_catalogue(const char *name)
{
	return g_str_has_prefix(name, "catalogue_") || g_str_has_prefix(name, "theme_") ||
	       g_str_has_prefix(name, "calendar_");
}

static void every_table_with_persons_is_erased(void **state)
{
	char *home = support_home_new();
	g_autoptr(store) store = store_open(home, STORE_MODE_WRITE, NULL);
	sqlite3_stmt *list = NULL;
	assert_int_equal(
		sqlite3_prepare_v2(store->db,
			"SELECT name FROM pragma_table_list WHERE type IN ('table', 'virtual')"
			" AND schema = 'main' AND name NOT LIKE 'sqlite_%'",
			-1, &list, NULL),
		SQLITE_OK);
	int forgotten = 0;
	while (sqlite3_step(list) == SQLITE_ROW) {
		const char *name = (const char *)sqlite3_column_text(list, 0);
		if (g_strv_contains(impersonal, name) || is_of_the_catalogue(name) ||
			erased_by_name(name, "DELETE FROM") || erased_by_name(name, "UPDATE") ||
			erased_by_cascade(store->db, name))
			continue;
		print_error("no erase_ statement for %s\n", name);
		forgotten++;
	}
	sqlite3_finalize(list);
	assert_int_equal(forgotten, 0);
	store_close(g_steal_pointer(&store));
	support_home_free(home);
}

/* The authorizer refuses what would alter the journal, even before the triggers see it. */
static void authorizer_guards_the_journal(void **state)
{
	char *home = support_home_new();
	g_autoptr(store) store = store_open(home, STORE_MODE_WRITE, NULL);
	static const char *const tries[] = {"UPDATE fact SET actor = ''", "DELETE FROM fact",
		"DELETE FROM fact_body", "UPDATE fact_body SET body = x''", "DELETE FROM anchor",
		"DROP TABLE fact", "DROP TRIGGER fact_no_update", "ALTER TABLE fact ADD COLUMN a",
		"ATTACH 'x' AS y", "DELETE FROM store_identity"};
	for (size_t i = 0; i < G_N_ELEMENTS(tries); i++) {
		sqlite3_stmt *statement = NULL;
		int rc = sqlite3_prepare_v2(store->db, tries[i], -1, &statement, NULL);
		sqlite3_finalize(statement);
		if (rc != SQLITE_AUTH)
			fail_msg("not refused: %s", tries[i]);
	}
	store_close(g_steal_pointer(&store));
	support_home_free(home);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(home_statements_are_sound),
		cmocka_unit_test(hub_statements_are_sound),
		cmocka_unit_test(schemas_are_numbered),
		cmocka_unit_test(every_table_is_strict),
		cmocka_unit_test(every_table_with_persons_is_erased),
		cmocka_unit_test(authorizer_guards_the_journal),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
