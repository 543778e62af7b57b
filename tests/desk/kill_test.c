/*
 * kill -9 of a scripted intake at random moments: every number it acknowledged is there with its
 * bundle and receipt, each once, and the chain is whole.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/number.h"
#include "desk/queue.h"
#include "desk/script.h"
#include "support/desk_home.h"
#include "support/home.h"

#define KILLS 200

/* The child: takes in case after case and writes each number as soon as it is told. */
static void work(const char *home, int out, int round)
{
	static const char *const names[] = {"retail", "birth", "housing", "catering"};
	struct desk *desk = support_desk(home, "yanshi");
	for (int i = 0;; i++) {
		g_autoptr(json_t) document = support_demo(names[i % 4]);
		g_autofree char *key = g_strdup_printf("%d/%d", round, i);
		json_object_set_new(document, "key", json_string(key));
		char *id = NULL, *number = NULL;
		GError *error = NULL;
		if (!desk_intake_document(desk, document, true, &id, &number, &error)) {
			fprintf(stderr, "%s\n", error->message);
			_exit(2);
		}
		if (write(out, number, CASE_NUMBER_SIZE - 1) != CASE_NUMBER_SIZE - 1)
			_exit(3);
	}
}

static void read_numbers(int in, GHashTable *numbers)
{
	char text[CASE_NUMBER_SIZE] = "";
	while (read(in, text, CASE_NUMBER_SIZE - 1) == CASE_NUMBER_SIZE - 1)
		if (!g_hash_table_add(numbers, g_strdup(text)))
			fail_msg("%s was given twice", text);
}

static void kill_once(const char *home, int round, GHashTable *numbers)
{
	int ends[2];
	assert_int_equal(pipe(ends), 0);
	pid_t child = fork();
	if (child == 0) {
		close(ends[0]);
		work(home, ends[1], round);
	}
	close(ends[1]);
	g_usleep((gulong)g_random_int_range(2000, 90000));
	kill(child, SIGKILL);
	read_numbers(ends[0], numbers);
	close(ends[0]);
	int status = 0;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
}

static int64_t count(const char *home, const char *sql)
{
	int64_t value = -1;
	assert_true(support_count(home, sql, &value));
	return value;
}

static void nothing_acknowledged_is_lost(void **state)
{
	char *home = support_desk_home();
	g_autoptr(GHashTable) numbers =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (int i = 0; i < KILLS; i++)
		kill_once(home, i, numbers);
	print_message("%u numbers acknowledged\n", g_hash_table_size(numbers));
	assert_true(g_hash_table_size(numbers) > 0);
	struct desk *desk = support_desk(home, "yanshi");
	GHashTableIter iter;
	gpointer number;
	g_hash_table_iter_init(&iter, numbers);
	while (g_hash_table_iter_next(&iter, &number, NULL)) {
		g_autoptr(case_view) view = support_view(desk, number);
		assert_true(view->bundles->len > 0);
	}
	struct journal_report report;
	must(journal_verify(desk_store(desk), &report, &error));
	assert_int_equal(report.fault, JOURNAL_FAULT_NONE);
	journal_report_clear(&report);
	desk_close(desk);
	int64_t cases = count(home, "SELECT count(*) FROM case_file WHERE number IS NOT NULL");
	assert_int_equal(count(home, "SELECT count(*) FROM case_file"), cases);
	assert_int_equal(count(home, "SELECT count(*) FROM fact WHERE kind = 'taken_in'"), cases);
	assert_int_equal(
		count(home, "SELECT count(*) FROM print_job WHERE kind = 'receipt'"), cases);
	assert_int_equal(count(home, "SELECT count(*) FROM (SELECT 1 FROM outbox_bundle GROUP BY"
				     " case_id, department HAVING count(*) > 1)"),
		0);
	support_home_free(home);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_acknowledged_is_lost),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
