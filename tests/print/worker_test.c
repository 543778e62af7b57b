/* The worker with the folder printer: states, copies, mistakes, kill -9. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <signal.h>
#include <sys/wait.h>

#include "print/reason.h"
#include "support/print_home.h"

#define NUMBER "0000-261120-3A0037-4"

static int setup(void **state)
{
	g_setenv("CUPS_SERVER", "/nonexistent/cups.sock", TRUE);
	*state = print_home_make();
	return 0;
}

static int teardown(void **state)
{
	print_home_drop(*state);
	g_free(*state);
	return 0;
}

static void assert_job(const char *home, const char *id, const char *state, const char *message)
{
	g_autoptr(job) job = print_home_job(home, id);
	if (strcmp(job->state, state) != 0 || strstr(job->message, message) == NULL)
		fail_msg("%s is %s: %s", id, job->state, job->message);
}

static void test_moves(void **state)
{
	static const struct {
		const char *from, *to;
		bool may;
	} rows[] = {
		{"intent", "rendered", true},
		{"intent", "failed", true},
		{"intent", "cancelled", true},
		{"intent", "submitted", false},
		{"intent", "confirmed", false},
		{"rendered", "submitted", true},
		{"rendered", "ask", false},
		{"submitted", "submitted", true},
		{"submitted", "ask", true},
		{"submitted", "rendered", false},
		{"submitted", "confirmed", false},
		{"ask", "confirmed", true},
		{"ask", "failed", true},
		{"ask", "submitted", false},
		{"confirmed", "failed", false},
		{"failed", "intent", false},
		{"nothing", "ask", false},
		{"ask", "nothing", false},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		assert_int_equal(job_state_may_move(job_state_from_name(rows[i].from),
					 job_state_from_name(rows[i].to)),
			rows[i].may);
}

static void test_reasons_are_sentences(void **state)
{
	static const struct {
		const char *reasons, *sentence;
		bool blocks;
	} rows[] = {
		{"none", "", false},
		{"media-empty-error,media-needed-error", "缺纸，请加纸", true},
		{"media-empty-warning", "缺纸，请加纸", true},
		{"media-jam", "卡纸，请取出卡住的纸", true},
		{"toner-low-report", "墨粉不足", false},
		{"marker-supply-low-warning,paused", "墨粉不足；已暂停，请在打印机上恢复", true},
		{"offline-report", "离线，请检查电源和网线", false},
		{"cups-ipp-conformance-failure-report", "", false},
		{"evil\x1b[2J\xe2\x80\xae", "evil\uFFFD[2J\uFFFD", false},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_auto(GStrv) reasons = g_strsplit(rows[i].reasons, ",", -1);
		bool blocks;
		g_autofree char *sentence = reason_sentence(reasons, &blocks);
		assert_string_equal(sentence, rows[i].sentence);
		assert_int_equal(blocks, rows[i].blocks);
	}
}

static void test_folder_printer(void **state)
{
	const char *home = *state;
	assert_true(print_home_ask(home, "P-0001", "receipt", NUMBER, 1, ""));
	assert_int_equal(print_home_run(home, NULL, "--once", NULL), 0);
	assert_job(home, "P-0001", "ask", "printed/receipt-" NUMBER "-P-0001.pdf");
	g_autofree char *text = print_home_shell(
		"stat -c %%a %s/printed; pdftotext -layout %s/printed/receipt-*.pdf - | tr -d ' '",
		home, home);
	assert_non_null(strstr(text, "700\n"));
	assert_non_null(strstr(text, NUMBER));
	assert_null(strstr(text, "补打"));
	g_autoptr(job) job = print_home_job(home, "P-0001");
	assert_string_equal(job->printer, "folder");
	assert_int_equal(job->pages, 1);
	/* Nothing is done twice. */
	assert_int_equal(print_home_run(home, NULL, "--once", NULL), 0);
	g_autofree char *count = print_home_shell("ls %s/printed | wc -l", home);
	assert_string_equal(count, "1\n");
}

static void test_copy_is_counted(void **state)
{
	const char *home = *state;
	assert_true(print_home_ask(home, "P-0001", "receipt", NUMBER, 1, ""));
	assert_false(print_home_ask(home, "P-0002", "receipt", NUMBER, 1, ""));
	assert_false(print_home_ask(home, "P-0002", "receipt", NUMBER, 2, ""));
	assert_true(print_home_ask(home, "P-0002", "receipt", NUMBER, 2, "卡纸"));
	assert_false(print_home_ask(home, "P-0003", "receipt", NUMBER, 2, "卡纸"));
	assert_int_equal(print_home_run(home, NULL, "--once", NULL), 0);
	g_autofree char *text =
		print_home_shell("pdftotext -layout %s/printed/*P-0002.pdf - | tr -d ' '", home);
	assert_non_null(strstr(text, NUMBER));
	assert_non_null(strstr(text, "补打第2份"));
	assert_non_null(strstr(text, "补打原因：卡纸"));
	/* The same paper but for the mark. */
	g_autofree char *same =
		print_home_shell("cd %s/printed; for p in 1 2; do pdftotext -layout *P-000$p.pdf - "
				 "| grep -v 补打 | sed s/P-000$p//; "
				 "done | tr -d ' \\f' | sort | uniq -c | awk '$1 %% 2 && $2 !~ "
				 "/演示不作凭证|单据号/' | wc -l",
			home);
	assert_true(atoi(same) <= 1);
}

static void test_copy_for_reading(void **state)
{
	const char *home = *state;
	assert_true(print_home_ask(home, "P-0001", "receipt", NUMBER, 1, ""));
	g_free(print_home_shell("sqlite3 %s/yichuang.db \"INSERT INTO case_file (id, number, list, "
				"version, theme, theme_name, window, "
				"clerk, created_ms, updated_ms) VALUES ('c1', '" NUMBER
				"', 'x', 1, 'x', 'x', '3A', 'x', 1, 1); "
				"UPDATE print_job SET case_id = 'c1'\"",
		home));
	g_autofree char *file = g_build_filename(home, "copy.pdf", NULL);
	assert_int_equal(
		print_home_run(home, NULL, "print", "receipt", NUMBER, "--pdf", file, NULL), 0);
	g_autofree char *text = print_home_shell("pdftotext -layout %s - | tr -d ' '", file);
	assert_non_null(strstr(text, "副本"));
	assert_non_null(strstr(text, NUMBER));
	g_autoptr(job) job = print_home_job(home, "P-0001");
	assert_string_equal(job->state, "intent");
	g_autofree char *words = NULL;
	assert_int_equal(
		print_home_run(home, &words, "print", "notice", NUMBER, "--pdf", file, NULL), 1);
	assert_non_null(strstr(words, "还没有出过这种单据"));
	assert_int_equal(print_home_run(home, NULL, "print", "receipt", NULL), 2);
}

static void test_mistake_stops_no_other(void **state)
{
	const char *home = *state;
	assert_true(print_home_ask_data(home, "P-0001", "receipt", "X", 1, "", "{\"hall\":\"x\"}"));
	assert_true(print_home_ask_data(home, "P-0002", "receipt", "Y", 1, "", "not json"));
	assert_true(print_home_ask_data(home, "P-0003", "nothing", "Z", 1, "", "{}"));
	assert_true(print_home_ask(home, "P-0004", "receipt", NUMBER, 1, ""));
	g_autofree char *words = NULL;
	assert_int_equal(print_home_run(home, &words, "--once", NULL), 1);
	assert_non_null(strstr(words, "3 份单据没有打成"));
	assert_non_null(strstr(words, "待确认"));
	assert_job(home, "P-0001", "failed", "receipt.txt 第");
	assert_job(home, "P-0002", "failed", "JSON");
	assert_job(home, "P-0003", "failed", "没有单据模板");
	assert_job(home, "P-0004", "ask", "printed/");
	/* They are told of once: a later run has nothing of its own to tell. */
	assert_int_equal(print_home_run(home, NULL, "--once", NULL), 0);
}

static void test_named_printer_is_not_replaced(void **state)
{
	const char *home = *state;
	print_home_config(home, "[printer]\nreceipt=window3\ndefault=folder\n");
	assert_true(print_home_ask(home, "P-0001", "receipt", NUMBER, 1, ""));
	assert_true(print_home_ask(home, "P-0002", "notice", "N4K7M2XQ9RT1YC", 1, ""));
	g_autofree char *words = NULL;
	assert_int_equal(print_home_run(home, &words, "--once", NULL), 1);
	assert_non_null(strstr(words, "1 份单据没有打成：打印服务没有运行，打印机 window3 用不了"));
	assert_job(home, "P-0001", "failed", "打印服务没有运行，打印机 window3 用不了");
	assert_job(home, "P-0002", "ask", "printed/notice-");
	g_autofree char *list = NULL;
	assert_int_equal(print_home_run(home, &list, "printer", "list", NULL), 0);
	assert_non_null(strstr(list, "* folder"));
}

static void test_crash_is_asked_about(void **state)
{
	const char *home = *state;
	assert_true(print_home_ask(home, "P-0001", "receipt", NUMBER, 1, ""));
	print_home_set(home, "P-0001", JOB_STATE_RENDERED);
	print_home_set(home, "P-0001", JOB_STATE_SUBMITTED);
	print_home_config(home, "[printer]\nserver=/nonexistent/cups.sock\n");
	assert_int_equal(print_home_run(home, NULL, "--once", NULL), 0);
	/* Nobody can say: it stays, with a sentence, until the server is back. */
	assert_job(home, "P-0001", "submitted", "打印服务没有回应");
}

static void test_spool_is_swept(void **state)
{
	const char *home = *state;
	assert_true(print_home_ask(home, "P-0001", "receipt", NUMBER, 1, ""));
	assert_int_equal(print_home_run(home, NULL, "--once", NULL), 0);
	print_home_set(home, "P-0001", JOB_STATE_CONFIRMED);
	g_free(print_home_shell("touch %s/spool/P-0001.pdf %s/spool/P-none.pdf.part", home, home));
	assert_int_equal(print_home_run(home, NULL, "--once", NULL), 0);
	g_autofree char *left = print_home_shell("ls %s/spool", home);
	assert_string_equal(left, "");
}

static void test_one_worker_a_home(void **state)
{
	const char *home = *state;
	GPid first = print_home_start(home, "--worker", "--idle", "30", NULL);
	g_free(print_home_shell(
		"for i in {1..200}; do [ -e %s/print.lock ] && ! flock -n %s/print.lock true && "
		"exit 0; sleep 0.02; done; exit 1",
		home, home));
	g_autofree char *words = NULL;
	assert_int_equal(print_home_run(home, &words, "--once", NULL), 1);
	assert_non_null(strstr(words, "已有一个打印程序"));
	/* It sees what is asked for while it waits. */
	assert_true(print_home_ask(home, "P-0001", "receipt", NUMBER, 1, ""));
	g_free(print_home_shell("for i in {1..200}; do ls %s/printed/*.pdf >&/dev/null && exit 0; "
				"sleep 0.05; done; exit 1",
		home));
	kill(first, SIGKILL);
	waitpid(first, NULL, 0);
}

static void test_kill_at_any_moment(void **state)
{
	const char *home = *state;
	enum { PAPERS = 12 };
	for (int i = 0; i < PAPERS; i++) {
		g_autofree char *id = g_strdup_printf("P-%04d", i);
		assert_true(print_home_ask(home, id, "delivery", id, 1, ""));
	}
	g_autoptr(GRand) random = g_rand_new_with_seed(20261120);
	for (int i = 0; i < 25; i++) {
		GPid worker = print_home_start(home, "--worker", "--idle", "5", NULL);
		g_usleep((gulong)g_rand_int_range(random, 5000, 60000));
		kill(worker, SIGKILL);
		waitpid(worker, NULL, 0);
	}
	assert_int_equal(print_home_run(home, NULL, "--once", NULL), 0);
	for (int i = 0; i < PAPERS; i++) {
		g_autofree char *id = g_strdup_printf("P-%04d", i);
		assert_job(home, id, "ask", "printed/");
	}
	g_autofree char *count = print_home_shell("cd %s/printed && ls *.pdf | wc -l && for f in "
						  "*; do pdfinfo $f >&/dev/null || exit 1; done",
		home);
	assert_int_equal(atoi(count), PAPERS);
}

static void test_home_that_is_not_there(void **state)
{
	g_autofree char *words = NULL;
	assert_int_equal(print_home_run("/nonexistent/home", &words, "--once", NULL), 1);
	assert_non_null(strstr(words, "数据目录 /nonexistent/home 不存在"));
}

int main(void)
{
#define HOME_TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_moves),
		cmocka_unit_test(test_reasons_are_sentences),
		HOME_TEST(test_folder_printer),
		HOME_TEST(test_copy_is_counted),
		HOME_TEST(test_copy_for_reading),
		HOME_TEST(test_mistake_stops_no_other),
		HOME_TEST(test_named_printer_is_not_replaced),
		HOME_TEST(test_crash_is_asked_about),
		HOME_TEST(test_spool_is_swept),
		HOME_TEST(test_one_worker_a_home),
		HOME_TEST(test_kill_at_any_moment),
		cmocka_unit_test(test_home_that_is_not_there),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
