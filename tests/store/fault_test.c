/* The store when the world is bad: full and read-only disks, other writers, kill -9, torn files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/err.h"
#include "store/journal.h"
#include "support/store_home.h"

#define KILLS 200

struct note {
	int64_t number;
	int64_t seq;
	size_t padding;
};

/* State and fact in one transaction, as the desk does it. */
static bool write_note(struct store *store, void *data, GError **error)
{
	struct note *note = data;
	g_autofree char *padding = g_strnfill(note->padding, 'p');
	g_autofree char *number = g_strdup_printf("%" G_GINT64_FORMAT, note->number);
	g_autoptr(json_t) body =
		json_pack("{s:I, s:s}", "number", (json_int_t)note->number, "padding", padding);
	struct fact fact = {
		.kind = "noted",
		.item = -1,
		.time_ms = SUPPORT_NOW_MS,
		.actor = "demo",
		.body = body,
	};
	return store_set_setting(store, "last_note", number, error) &&
	       journal_append(store, &fact, &note->seq, error);
}

static struct journal_report must_verify(struct store *store)
{
	struct journal_report report = support_journal_verify(store);
	assert_int_equal(report.fault, JOURNAL_FAULT_NONE);
	return report;
}

/* ---- full disk ---- */

/* Writes until it fails; how many were acknowledged. */
static int64_t write_until_it_fails(struct store *store, GError **error)
{
	struct note note = {.padding = 3000};
	for (int64_t written = 0;; written++) {
		note.number = written;
		if (!store_write(store, write_note, &note, error))
			return written;
	}
}

static void full_disk_loses_nothing_and_ballast_helps(void **state)
{
	char *folder = support_folder_new();
	if (mount("tmpfs", folder, "tmpfs", 0, "size=16m") != 0) {
		support_home_free(folder);
		skip();
	}
	g_autofree char *home = g_build_filename(folder, "home", NULL);
	assert_true(store_create(home, SUPPORT_NOW_MS, NULL));
	g_autoptr(store) store = support_store_open(home);
	GError *error = NULL;
	struct note note = {.padding = 3000};
	int64_t written = 0;
	/* The write that finds the disk full takes the ballast and is kept. */
	for (; store_ballast_is_laid(home); written++) {
		note.number = written;
		if (!store_write(store, write_note, &note, &error))
			fail_msg("%s", error->message);
	}
	assert_true(written > 100);
	assert_int_equal(must_verify(store).facts, written + 1);
	/* Then there is some room to end the work, then an act is refused and nothing is lost. */
	int64_t more = write_until_it_fails(store, &error);
	support_assert_code(&error, ERR_CODE_STORE_FULL);
	assert_true(more > 100);
	assert_false(store_write(store, write_note, &note, &error));
	support_assert_code(&error, ERR_CODE_STORE_FULL);
	assert_int_equal(must_verify(store).facts, written + more + 1);
	assert_false(store_keep_ballast(home));
	assert_false(store_ballast_is_laid(home));
	assert_int_equal(mount("tmpfs", folder, "tmpfs", MS_REMOUNT, "size=64m"), 0);
	assert_true(store_write(store, write_note, &note, NULL));
	assert_true(store_keep_ballast(home));
	assert_true(store_ballast_is_laid(home));
	assert_int_equal(must_verify(store).facts, written + more + 2);
	store_close(g_steal_pointer(&store));
	assert_int_equal(umount(folder), 0);
	support_home_free(folder);
}

/* One piece of work larger than what is free: it is kept whole with the ballast's room. */
static void full_disk_within_a_work_takes_the_ballast(void **state)
{
	char *folder = support_folder_new();
	if (mount("tmpfs", folder, "tmpfs", 0, "size=16m") != 0) {
		support_home_free(folder);
		skip();
	}
	assert_true(store_create(folder, SUPPORT_NOW_MS, NULL));
	g_autoptr(store) store = support_store_open(folder);
	g_autofree char *filler = g_build_filename(folder, "filler", NULL);
	int file = open(filler, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	char bytes[4096] = "";
	while (write(file, bytes, sizeof bytes) > 0)
		;
	close(file);
	struct note note = {.padding = 1 << 20};
	GError *error = NULL;
	if (!store_write(store, write_note, &note, &error))
		fail_msg("%s", error->message);
	assert_false(store_ballast_is_laid(folder));
	assert_int_equal(must_verify(store).facts, 2);
	/* Making room brings it back when the home is next opened to write. */
	assert_int_equal(unlink(filler), 0);
	assert_int_equal(mount("tmpfs", folder, "tmpfs", MS_REMOUNT, "size=64m"), 0);
	g_autoptr(store) again = support_store_open(folder);
	assert_true(store_ballast_is_laid(folder));
	store_close(g_steal_pointer(&again));
	store_close(g_steal_pointer(&store));
	assert_int_equal(umount(folder), 0);
	support_home_free(folder);
}

static void full_disk_at_making_leaves_nothing(void **state)
{
	char *folder = support_folder_new();
	if (mount("tmpfs", folder, "tmpfs", 0, "size=2m") != 0) {
		support_home_free(folder);
		skip();
	}
	g_autofree char *db = g_build_filename(folder, "yichuang.db", NULL);
	GError *error = NULL;
	assert_false(store_create(folder, SUPPORT_NOW_MS, &error));
	support_assert_code(&error, ERR_CODE_STORE_FULL);
	assert_int_equal(access(db, F_OK), -1);
	assert_int_equal(umount(folder), 0);
	support_home_free(folder);
}

/* Runs work in a child and gives its exit status; a failed assertion cannot be seen from there. */
static int in_child(int (*work)(const char *home), const char *home)
{
	pid_t child = fork();
	if (child == 0)
		_exit(work(home));
	int status = 0;
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 255;
}

static int fill_under_a_limit(const char *home)
{
	signal(SIGXFSZ, SIG_IGN);
	struct rlimit limit = {1 << 20, 1 << 20};
	if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
		return 1;
	struct store *store = store_open(home, STORE_MODE_WRITE, NULL);
	GError *error = NULL;
	int64_t written = store ? write_until_it_fails(store, &error) : -1;
	struct journal_report report = {0};
	bool good = written > 10 && err_is(error, ERR_CODE_STORE_FULL) &&
		    journal_verify(store, &report, NULL) && report.fault == JOURNAL_FAULT_NONE &&
		    report.facts == written + 1;
	store_close(store);
	return good ? 0 : 2;
}

static void limit_on_the_file_size_counts_as_full(void **state)
{
	assert_int_equal(in_child(fill_under_a_limit, *state), 0);
	g_autoptr(store) store = support_store_open(*state);
	must_verify(store);
}

/* ---- read-only ---- */

static void read_only_disk_reads_and_refuses_to_write(void **state)
{
	char *folder = support_folder_new();
	if (mount("tmpfs", folder, "tmpfs", 0, "size=16m") != 0) {
		support_home_free(folder);
		skip();
	}
	assert_true(store_create(folder, SUPPORT_NOW_MS, NULL));
	struct store *writer = support_store_open(folder);
	assert_true(store_set_setting(writer, "a", "1", NULL));
	store_close(writer);
	assert_int_equal(mount("tmpfs", folder, "tmpfs", MS_REMOUNT | MS_RDONLY, NULL), 0);
	GError *error = NULL;
	assert_null(store_open(folder, STORE_MODE_WRITE, &error));
	support_assert_code(&error, ERR_CODE_STORE_READ_ONLY);
	g_autoptr(store) reader = store_open(folder, STORE_MODE_READ, &error);
	if (reader == NULL)
		fail_msg("%s", error->message);
	g_autofree char *value = store_setting(reader, "a", NULL);
	assert_string_equal(value, "1");
	must_verify(reader);
	store_close(g_steal_pointer(&reader));
	assert_int_equal(umount(folder), 0);
	support_home_free(folder);
}

static bool become_nobody(void)
{
	if (geteuid() != 0)
		return true;
	const struct passwd *nobody = getpwnam("nobody");
	return nobody && setgid(nobody->pw_gid) == 0 && setuid(nobody->pw_uid) == 0;
}

static int open_as_nobody(const char *home)
{
	GError *error = NULL;
	if (!become_nobody() || store_open(home, STORE_MODE_WRITE, &error) != NULL)
		return 100;
	return error->code;
}

static void foreign_modes_are_named(void **state)
{
	const char *home = *state;
	g_autofree char *db = g_build_filename(home, "yichuang.db", NULL);
	assert_int_equal(chmod(db, 0444), 0);
	assert_int_equal(chmod(home, 0555), 0);
	assert_int_equal(in_child(open_as_nobody, home), ERR_CODE_STORE_READ_ONLY);
	assert_int_equal(chmod(db, 0), 0);
	assert_int_equal(in_child(open_as_nobody, home), ERR_CODE_STORE_OPEN);
	assert_int_equal(chmod(home, 0), 0);
	assert_int_equal(in_child(open_as_nobody, home), ERR_CODE_STORE_OPEN);
	assert_int_equal(chmod(home, 0700), 0);
}

/* ---- others at work ---- */

static int write_three_hundred(const char *home)
{
	g_autoptr(store) store = store_open(home, STORE_MODE_WRITE, NULL);
	struct note note = {.padding = 100};
	for (int i = 0; i < 300; i++)
		if (!store || !store_write(store, write_note, &note, NULL))
			return 1;
	return 0;
}

static void two_writers_make_one_chain(void **state)
{
	pid_t children[2];
	for (int i = 0; i < 2; i++)
		if ((children[i] = fork()) == 0)
			_exit(write_three_hundred(*state));
	for (int i = 0; i < 2; i++) {
		int status = 0;
		assert_int_equal(waitpid(children[i], &status, 0), children[i]);
		assert_int_equal(status, 0);
	}
	g_autoptr(store) store = support_store_open(*state);
	assert_int_equal(must_verify(store).facts, 601);
}

static void one_who_does_not_let_go_is_reported_busy(void **state)
{
	g_autoptr(store) store = support_store_open(*state);
	g_autofree char *path = g_build_filename(*state, "yichuang.db", NULL);
	sqlite3 *holder = NULL;
	assert_int_equal(sqlite3_open(path, &holder), SQLITE_OK);
	assert_int_equal(sqlite3_exec(holder, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
	struct note note = {.padding = 1};
	GError *error = NULL;
	assert_false(store_write(store, write_note, &note, &error));
	support_assert_code(&error, ERR_CODE_STORE_BUSY);
	sqlite3_close(holder);
	assert_true(store_write(store, write_note, &note, NULL));
}

/* ---- kill -9 ---- */

static void write_until_killed(const char *home, int64_t number, int acknowledge)
{
	g_autoptr(store) store = store_open(home, STORE_MODE_WRITE, NULL);
	for (struct note note = {.padding = 500}; store != NULL; number++) {
		note.number = number;
		if (!store_write(store, write_note, &note, NULL))
			_exit(1);
		if (write(acknowledge, &note, sizeof note) != sizeof note)
			_exit(1);
		if (number % 16 == 0)
			store_checkpoint(store, NULL);
	}
	_exit(1);
}

/* Reads acknowledgements, kills after a random one at a random moment, reads the rest. */
static struct note kill_at_random(pid_t child, int acknowledged, GRand *random)
{
	struct note note = {0}, last = {0};
	int wanted = g_rand_int_range(random, 0, 12);
	for (int i = 0; i < wanted && read(acknowledged, &note, sizeof note) == sizeof note; i++)
		last = note;
	int64_t until = g_get_monotonic_time() + g_rand_int_range(random, 0, 1500);
	while (g_get_monotonic_time() < until)
		;
	kill(child, SIGKILL);
	while (read(acknowledged, &note, sizeof note) == sizeof note)
		last = note;
	int status = 0;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	return last;
}

/* State and facts agree, nothing acknowledged is missing; the number of the last note kept. */
static int64_t check_after_kill(const char *home, const struct note *last)
{
	g_autoptr(store) store = support_store_open(home);
	struct journal_head head;
	assert_true(journal_head(store, &head, NULL));
	assert_true(head.seq >= last->seq);
	g_autofree char *text = store_setting(store, "last_note", "-1");
	int64_t number = g_ascii_strtoll(text, NULL, 10);
	assert_true(number >= last->number || last->seq == 0);
	assert_int_equal(head.seq, number + 2);
	return number;
}

static void killed_writers_lose_nothing_acknowledged(void **state)
{
	GRand *random = g_rand_new_with_seed(20260302);
	int64_t number = -1, acknowledged = 0;
	for (int i = 0; i < KILLS; i++) {
		int ends[2];
		assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
		pid_t child = fork();
		if (child == 0) {
			close(ends[0]);
			write_until_killed(*state, number + 1, ends[1]);
		}
		close(ends[1]);
		struct note last = kill_at_random(child, ends[0], random);
		close(ends[0]);
		number = check_after_kill(*state, &last);
		acknowledged = MAX(acknowledged, last.seq);
	}
	g_rand_free(random);
	g_autoptr(store) store = support_store_open(*state);
	struct journal_report report = must_verify(store);
	print_message("%d kills, %d facts\n", KILLS, (int)report.facts);
	assert_true(report.facts >= acknowledged);
	assert_true(report.facts > KILLS);
}

/* ---- torn files ---- */

static void damaged_page_is_named_not_believed(void **state)
{
	struct store *writer = support_store_open(*state);
	struct note note = {.padding = 2000};
	for (int i = 0; i < 200; i++)
		assert_true(store_write(writer, write_note, &note, NULL));
	store_close(writer);
	g_autofree char *path = g_build_filename(*state, "yichuang.db", NULL);
	int file = open(path, O_RDWR | O_CLOEXEC);
	struct stat status;
	assert_int_equal(fstat(file, &status), 0);
	char garbage[4096];
	memset(garbage, 0xa5, sizeof garbage);
	for (off_t at = status.st_size / 2 / 4096 * 4096; at < status.st_size; at += 4096)
		assert_int_equal(pwrite(file, garbage, sizeof garbage, at), sizeof garbage);
	close(file);
	GError *error = NULL;
	struct journal_report report = {0};
	g_autoptr(store) store = support_store_open(*state);
	assert_false(journal_verify(store, &report, &error));
	support_assert_code(&error, ERR_CODE_STORE_CORRUPT);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, support_store_set_up, support_store_tear_down)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(full_disk_loses_nothing_and_ballast_helps),
		cmocka_unit_test(full_disk_within_a_work_takes_the_ballast),
		cmocka_unit_test(full_disk_at_making_leaves_nothing),
		TEST(limit_on_the_file_size_counts_as_full),
		cmocka_unit_test(read_only_disk_reads_and_refuses_to_write),
		TEST(foreign_modes_are_named),
		TEST(two_writers_make_one_chain),
		TEST(one_who_does_not_let_go_is_reported_busy),
		TEST(killed_writers_lose_nothing_acknowledged),
		TEST(damaged_page_is_named_not_believed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
