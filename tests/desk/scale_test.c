/*
 * A hundred thousand cases in the store: the home's list, counts and search stay fast, and no
 * statement of theirs walks a table. The bounds are wide, so that a busy machine does not fail
 * them; the measured times are printed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <sqlite3.h>

#include "base/clock.h"
#include "desk/queue.h"
#include "desk/script.h"
#include "support/desk_home.h"
#include "support/home.h"

#define CASES 100000
#define TIMES 41

static const char fill[] =
	"PRAGMA synchronous = OFF; BEGIN;"
	"CREATE TEMP TABLE n AS WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c "
	"WHERE"
	" i < 100000) SELECT i, printf('%02d%02d%02d', 24 + i % 2, 1 + i % 12, 1 + i % 28) AS day,"
	" CASE WHEN i % 50 = 0 THEN 'running' WHEN i % 51 = 0 THEN 'pickup' WHEN i % 500 = 1 THEN"
	" 'draft' ELSE 'archived' END AS state FROM c;"
	"INSERT INTO case_file (id, number, list, version, theme, theme_name, applicant, state, "
	"progress,"
	" window, clerk, created_ms, updated_ms, taken_in_ms, intake_day, due, due_ms, due_unit)"
	" SELECT printf('%032x', i), printf('0000-%s-3A%04d-%d', day, i % 10000, i),"
	" 'jiangmen-2020', 1, '1', '我要开便利店', '演示' || i, state, '1/3部门已受理', '3A', "
	"'yanshi', i,"
	" 1700000000000 + i, 1700000000000 + i, '2025-01-01', '', CASE state WHEN 'running' THEN"
	" 1795000000000 + i * 100000 ELSE 0 END, 'working_day' FROM n;"
	"INSERT INTO identity (id, kind, value, keyed_hash, last4) SELECT i, 'identity', "
	"printf('%018d',"
	" i), randomblob(32), printf('%04d', i % 10000) FROM n;"
	"INSERT INTO case_party (case_id, ordinal, role, name, phone, identity) SELECT "
	"printf('%032x', i),"
	" 0, 'applicant', '演示' || i, '13000000000', i FROM n;"
	"INSERT INTO case_search (rowid, case_id, names) SELECT serial, id, '演 示 ' || serial || "
	"' ys yanshi'"
	" FROM case_file;"
	"COMMIT;";

struct fixture {
	char *home;
	struct desk *desk;
};

static int set_up(void **state)
{
	struct fixture *fixture = g_new0(struct fixture, 1);
	fixture->home = support_desk_home();
	g_autofree char *path = g_build_filename(fixture->home, "yichuang.db", NULL);
	sqlite3 *db = NULL;
	char *message = NULL;
	if (sqlite3_open(path, &db) != SQLITE_OK ||
		sqlite3_exec(db, fill, NULL, NULL, &message) != SQLITE_OK)
		g_error("%s", message != NULL ? message : "open");
	sqlite3_close(db);
	fixture->desk = support_desk(fixture->home, "yanshi");
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;
	desk_close(fixture->desk);
	support_home_free(fixture->home);
	g_free(fixture);
	return 0;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return x < y ? -1 : x > y;
}

typedef void task(struct desk *desk, int round);

static double median(struct desk *desk, const char *name, task *run)
{
	double times[TIMES];
	for (int i = 0; i < TIMES; i++) {
		gint64 begin = g_get_monotonic_time();
		run(desk, i);
		times[i] = (double)(g_get_monotonic_time() - begin) / 1000.0;
	}
	qsort(times, TIMES, sizeof times[0], compare);
	print_message(
		"%-28s median %.2f ms, worst %.2f ms\n", name, times[TIMES / 2], times[TIMES - 1]);
	return times[TIMES / 2];
}

static void read_lists(struct desk *desk, int round)
{
	GPtrArray *rows =
		desk_queue(desk, (enum queue_kind)(round % QUEUE_KIND_COUNT), 0, 50, NULL);
	assert_non_null(rows);
	g_ptr_array_unref(rows);
}

static void read_counts(struct desk *desk, int round)
{
	struct queue_counts counts;
	assert_true(desk_queue_counts(desk, &counts, NULL));
	assert_true(counts.counts[QUEUE_KIND_RUNNING] >= CASES / 50);
}

static void read_status(struct desk *desk, int round)
{
	struct desk_status status;
	assert_true(desk_status_read(desk, &status, NULL));
	desk_status_clear(&status);
}

static void search(struct desk *desk, int round)
{
	static const char *const texts[] = {"演示", "ys", "yanshi", "0042", "0000-2501", "演示777",
		"000000000000000123", "张", "0000-250101-3A0001"};
	GPtrArray *rows = desk_search(desk, texts[round % G_N_ELEMENTS(texts)], 20, NULL);
	assert_non_null(rows);
	g_ptr_array_unref(rows);
}

static void take_in(struct desk *desk, int round)
{
	g_autofree char *id = NULL;
	g_autofree char *number = support_take_in(desk, "retail", &id);
	assert_non_null(number);
}

/* Only the step the clerk waits for; the drafts are made before. */
static char *drafts[TIMES];

static void make_drafts(struct desk *desk)
{
	g_autoptr(json_t) document = support_demo("retail");
	for (int i = 0; i < TIMES; i++) {
		char *number = NULL;
		assert_true(desk_intake_document(desk, document, false, &drafts[i], &number, NULL));
	}
}

static void save(struct desk *desk, int round)
{
	g_autofree char *number = NULL;
	assert_true(desk_take_in(desk, drafts[round], &number, NULL));
	g_clear_pointer(&drafts[round], g_free);
}

static bool set_one(struct store *store, void *data, GError **error)
{
	return store_set_setting(store, "bare", data, error);
}

static void save_bare(struct desk *desk, int round)
{
	g_autofree char *value = g_strdup_printf("%d", round);
	assert_true(store_write(desk_store(desk), set_one, value, NULL));
}

static void set_field(struct desk *desk, int round)
{
	static char *id;
	if (round == 0) {
		g_free(id);
		id = desk_draft_new(desk, "jiangmen-2020", "1", NULL);
	}
	g_autofree char *value = g_strdup_printf("演示%d", round);
	assert_true(desk_field_set(desk, id, "applicant.name", value, NULL));
	struct case_view *view = desk_case_view(desk, id, NULL);
	assert_non_null(view);
	case_view_free(view);
}

static void everything_stays_fast_with_many_cases(void **state)
{
	struct fixture *fixture = *state;
	assert_true(median(fixture->desk, "lists", read_lists) < 20);
	assert_true(median(fixture->desk, "counts", read_counts) < 20);
	assert_true(median(fixture->desk, "status", read_status) < 20);
	assert_true(median(fixture->desk, "search", search) < 40);
	assert_true(median(fixture->desk, "one field and the view", set_field) < 100);
	make_drafts(fixture->desk);
	assert_true(median(fixture->desk, "one bare transaction", save_bare) < 1000);
	assert_true(median(fixture->desk, "taking a case in", save) < 1000);
	assert_true(median(fixture->desk, "whole case from a document", take_in) < 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			everything_stays_fast_with_many_cases, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
