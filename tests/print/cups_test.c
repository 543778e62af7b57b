/* The worker with a real cupsd and a real IPP printer (tests/support/cups-lab). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <signal.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "support/print_home.h"

#define NUMBER "0000-261120-3A0037-4"
#define LAB "tests/support/cups-lab"

struct world {
	char *home, *lab;
};

static int setup(void **state)
{
	struct world *world = g_new0(struct world, 1);
	world->home = print_home_make();
	world->lab = g_dir_make_tmp("cups-XXXXXX", NULL);
	g_autofree char *server = print_home_shell(LAB " up %s", world->lab);
	g_setenv("CUPS_SERVER", g_strstrip(server), TRUE);
	*state = world;
	return 0;
}

static int teardown(void **state)
{
	struct world *world = *state;
	g_free(print_home_shell(LAB " down %s; rm -rf %s", world->lab, world->lab));
	print_home_drop(world->home);
	g_free(world->home);
	g_free(world->lab);
	g_free(world);
	return 0;
}

static void run(const struct world *world, const char *idle)
{
	g_autofree char *words = NULL;
	if (print_home_run(world->home, &words, "--worker", "--idle", idle, NULL) != 0)
		fail_msg("%s", words);
}

static void assert_job(
	const struct world *world, const char *id, const char *state, const char *message)
{
	g_autoptr(job) job = print_home_job(world->home, id);
	if (strcmp(job->state, state) != 0 || strstr(job->message, message) == NULL)
		fail_msg("%s is %s: %s", id, job->state, job->message);
}

/* Waits for a message of a row; fails after ten seconds. */
static void await_message(const struct world *world, const char *id, const char *message)
{
	for (int64_t until = clock_monotonic_ms() + 10000; clock_monotonic_ms() < until;
		g_usleep(50000)) {
		g_autoptr(job) job = print_home_job(world->home, id);
		if (strstr(job->message, message) != NULL)
			return;
	}
	assert_job(world, id, "any", message);
}

/* Lets a worker run until a row waits for the clerk. */
static void run_until_asked(const struct world *world, const char *id)
{
	GPid worker = print_home_start(world->home, "--worker", "--idle", "30", NULL);
	for (int64_t until = clock_monotonic_ms() + 20000; clock_monotonic_ms() < until;
		g_usleep(50000)) {
		g_autoptr(job) job = print_home_job(world->home, id);
		if (strcmp(job->state, "ask") == 0)
			break;
	}
	kill(worker, SIGKILL);
	waitpid(worker, NULL, 0);
}

static int papers_of(const struct world *world, const char *id)
{
	g_autofree char *low = g_ascii_strdown(id, -1);
	g_autofree char *count = print_home_shell(
		"ls %s/printed | grep -c -- '-%s\\.pdf$' || true", world->lab, low);
	return atoi(count);
}

static void test_receipt_prints(void **state)
{
	const struct world *world = *state;
	assert_true(print_home_ask(world->home, "P-0001", "receipt", NUMBER, 1, ""));
	run_until_asked(world, "P-0001");
	assert_job(world, "P-0001", "ask", "单据出来了吗");
	g_autoptr(job) job = print_home_job(world->home, "P-0001");
	assert_string_equal(job->printer, "hall");
	assert_true(job->job > 0);
	assert_int_equal(papers_of(world, "P-0001"), 1);
	g_autofree char *codes =
		print_home_shell("cd %s && pdftoppm -r 200 -png printed/*.pdf page && "
				 "zbarimg -q --raw page*.png 2>/dev/null | sort",
			world->lab);
	assert_string_equal(
		codes, NUMBER "\nhttps://hub.example.invalid/t/6f1c9a0b2e4d4c8f9d7a1b3c5e7f9012\n");
	/* The reprint carries the same number, and says what it is. */
	print_home_set(world->home, "P-0001", JOB_STATE_FAILED);
	assert_true(print_home_ask(world->home, "P-0002", "receipt", NUMBER, 2, "卡纸"));
	run_until_asked(world, "P-0002");
	g_autofree char *text = print_home_shell(
		"pdftotext -layout %s/printed/*p-0002.pdf - | tr -d ' '", world->lab);
	assert_non_null(strstr(text, NUMBER));
	assert_non_null(strstr(text, "补打第2份"));
}

static void test_trouble_is_a_sentence(void **state)
{
	const struct world *world = *state;
	g_free(print_home_shell(LAB " empty %s on", world->lab));
	assert_true(print_home_ask(world->home, "P-0001", "receipt", NUMBER, 1, ""));
	GPid worker = print_home_start(world->home, "--worker", "--idle", "20", NULL);
	await_message(world, "P-0001", "缺纸，请加纸");
	assert_job(world, "P-0001", "submitted", "缺纸");
	g_autofree char *list = NULL;
	print_home_run(world->home, &list, "printer", "list", "--json", NULL);
	assert_non_null(strstr(list, "缺纸，请加纸"));
	g_free(print_home_shell(LAB " empty %s off", world->lab));
	await_message(world, "P-0001", "单据出来了吗");
	assert_job(world, "P-0001", "ask", "");
	g_free(print_home_shell(LAB " pause %s on", world->lab));
	assert_true(print_home_ask(world->home, "P-0002", "notice", "N4K7M2XQ9RT1YC", 1, ""));
	await_message(world, "P-0002", "已暂停");
	g_free(print_home_shell(LAB " pause %s off", world->lab));
	await_message(world, "P-0002", "单据出来了吗");
	kill(worker, SIGKILL);
	waitpid(worker, NULL, 0);
}

static void test_missing_printer(void **state)
{
	const struct world *world = *state;
	print_home_config(world->home, "[printer]\nreceipt=nowhere\n");
	assert_true(print_home_ask(world->home, "P-0001", "receipt", NUMBER, 1, ""));
	run(world, "0");
	assert_job(world, "P-0001", "failed", "没有名为 nowhere 的打印机");
	g_free(print_home_shell("cupsreject hall"));
	assert_true(print_home_ask(world->home, "P-0002", "notice", "N4K7M2XQ9RT1YC", 1, ""));
	print_home_config(world->home, "[printer]\ndefault=hall\n");
	run(world, "0");
	assert_job(world, "P-0002", "failed", "不接收任务");
	assert_int_equal(papers_of(world, "P-0002"), 0);
}

/* What the clerk gives up is taken back from the printer. */
static void test_given_up(void **state)
{
	const struct world *world = *state;
	g_free(print_home_shell(LAB " pause %s on", world->lab));
	assert_true(print_home_ask(world->home, "P-0001", "receipt", NUMBER, 1, ""));
	run(world, "1");
	print_home_set(world->home, "P-0001", JOB_STATE_CANCELLED);
	run(world, "0");
	g_autofree char *left = print_home_shell(
		"lpstat -o; " LAB
		" pause %s off; ls %s/spool/P-0001.pdf 2>&1 | grep -c 'P-0001.pdf$' || true",
		world->lab, world->home);
	assert_string_equal(left, "0\n");
}

/* cupsd dies with the paper in its queue, keeps it or loses it: found again, or the clerk is asked.
 */
static void test_cupsd_is_killed(void **state)
{
	const struct world *world = *state;
	g_free(print_home_shell(LAB " pause %s on", world->lab));
	assert_true(print_home_ask(world->home, "P-0001", "receipt", NUMBER, 1, ""));
	run(world, "1");
	assert_job(world, "P-0001", "submitted", "");
	g_free(print_home_shell(LAB " cupsd-kill %s", world->lab));
	run(world, "0");
	assert_job(world, "P-0001", "submitted", "打印服务没有回应");
	g_free(print_home_shell(
		LAB " cupsd-start %s; " LAB " pause %s off", world->lab, world->lab));
	run_until_asked(world, "P-0001");
	assert_job(world, "P-0001", "ask", "单据出来了吗");
	g_free(print_home_shell(LAB " pause %s on", world->lab));
	assert_true(print_home_ask(world->home, "P-0002", "notice", "N4K7M2XQ9RT1YC", 1, ""));
	run(world, "1");
	g_free(print_home_shell(LAB
		" cupsd-kill %s; rm -f %s/cache/job.cache* %s/spool/[cd]0*; " LAB " cupsd-start %s",
		world->lab, world->lab, world->lab, world->lab));
	run(world, "1");
	assert_job(world, "P-0002", "ask", "可能已打印，请看纸");
}

/* The worker died between creating the job and sending its paper. */
static void test_half_handed_over(void **state)
{
	const struct world *world = *state;
	assert_true(print_home_ask(world->home, "P-0001", "receipt", NUMBER, 1, ""));
	g_free(print_home_shell(LAB " pause %s on", world->lab));
	run(world, "1");
	/* The same as it would stand then: no number in the row, a held job of that name. */
	g_free(print_home_shell(
		"cancel -a hall; sqlite3 %s/yichuang.db 'UPDATE print_job SET job = 0'; "
		"lp -d hall -t P-0001 -H hold tests/print/data/receipt.json",
		world->home));
	run(world, "1");
	assert_job(world, "P-0001", "ask", "可能已打印");
	g_autofree char *left = print_home_shell(LAB " pause %s off; lpstat -o", world->lab);
	assert_string_equal(left, "");
}

/* The worker is killed anywhere: every paper ends with a question, none is printed twice. */
static void test_worker_is_killed(void **state)
{
	const struct world *world = *state;
	enum { PAPERS = 6 };
	for (int i = 0; i < PAPERS; i++) {
		g_autofree char *id = g_strdup_printf("P-%04d", i);
		assert_true(print_home_ask(world->home, id, "delivery", id, 1, ""));
	}
	g_autoptr(GRand) random = g_rand_new_with_seed(20261121);
	for (int i = 0; i < 25; i++) {
		GPid worker = print_home_start(world->home, "--worker", "--idle", "5", NULL);
		g_usleep((gulong)g_rand_int_range(random, 5000, 90000));
		kill(worker, SIGKILL);
		waitpid(worker, NULL, 0);
	}
	for (int i = 0; i < PAPERS; i++) {
		g_autofree char *id = g_strdup_printf("P-%04d", i);
		run_until_asked(world, id);
	}
	for (int i = 0; i < PAPERS; i++) {
		g_autofree char *id = g_strdup_printf("P-%04d", i);
		g_autoptr(job) job = print_home_job(world->home, id);
		assert_string_equal(job->state, "ask");
		int papers = papers_of(world, id);
		assert_true(papers <= 1);
		/* A paper that is not there is one that was asked about. */
		assert_true(papers == 1 || strstr(job->message, "可能已打印") != NULL);
	}
}

int main(void)
{
#define WORLD_TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = {
		WORLD_TEST(test_receipt_prints),
		WORLD_TEST(test_trouble_is_a_sentence),
		WORLD_TEST(test_missing_printer),
		WORLD_TEST(test_given_up),
		WORLD_TEST(test_cupsd_is_killed),
		WORLD_TEST(test_half_handed_over),
		WORLD_TEST(test_worker_is_killed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
