/*
 * The power is cut thousands of times while state and facts are written, checkpointed and erased:
 * what was acknowledged is there, state and journal agree, the chain is whole, the file is sound.
 * YICHUANG_POWER_CUTS=100000 cuts that often, with another seed each time.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <sqlite3.h>

#include "base/err.h"
#include "store/engine.h"
#include "store/journal.h"
#include "support/home.h"
#include "support/powercut.h"

#define CUTS 2500
#define CUTS_OF_ONE_HOME 25

struct outcome {
	int cuts;
	int acknowledged;
	int lost; /* rounds that lost something acknowledged */
	int half; /* state and journal differ */
	int bad;  /* a fault of the chain, or a file that is not sound */
};

struct note {
	int64_t number;
	int64_t seq;
	GRand *random;
};

static bool write_note(struct store *store, void *data, GError **error)
{
	struct note *note = data;
	g_autofree char *number = g_strdup_printf("%" G_GINT64_FORMAT, note->number);
	g_autofree char *padding = g_strnfill((gsize)g_rand_int_range(note->random, 0, 6000), 'p');
	g_autofree char *case_id = g_strdup_printf("c-%d", g_rand_int_range(note->random, 0, 5));
	g_autoptr(json_t) body = json_pack("{s:s}", "padding", padding);
	struct fact fact = {
		.kind = "noted",
		.case_id = case_id,
		.item = -1,
		.time_ms = SUPPORT_NOW_MS,
		.actor = "demo",
		.body = body,
	};
	return store_set_setting(store, "last_note", number, error) &&
	       journal_append(store, &fact, &note->seq, error);
}

static int64_t count_notes(struct store *store)
{
	g_autofree char *text = store_setting(store, "last_note", "0");
	return g_ascii_strtoll(text, NULL, 10);
}

/* Writes until the power goes; the last note acknowledged. A refusal while it is on is a fault. */
static int64_t write_until_cut(
	const char *home, const char *synchronous, GRand *random, struct outcome *outcome)
{
	g_autoptr(store) store = store_open(home, STORE_MODE_WRITE, NULL);
	int64_t acknowledged = -1;
	if (store == NULL)
		return -1;
	sqlite3_exec(store->db, synchronous, NULL, NULL, NULL);
	struct note note = {.number = count_notes(store), .random = random};
	while (!powercut_happened()) {
		note.number++;
		if (store_write(store, write_note, &note, NULL)) {
			acknowledged = note.number;
		} else if (!powercut_happened()) {
			outcome->bad++;
			break;
		}
		int dice = g_rand_int_range(random, 0, 20);
		if (dice < 3)
			store_checkpoint(store, NULL);
		else if (dice == 3)
			journal_erase_case(store, "c-1", "rule", SUPPORT_NOW_MS, "demo", NULL);
	}
	return acknowledged;
}

static bool is_sound(struct store *store)
{
	sqlite3_stmt *check = NULL;
	bool sound = sqlite3_prepare_v2(store->db, "PRAGMA integrity_check(1)", -1, &check, NULL) ==
			     SQLITE_OK &&
		     sqlite3_step(check) == SQLITE_ROW &&
		     strcmp((const char *)sqlite3_column_text(check, 0), "ok") == 0;
	sqlite3_finalize(check);
	return sound;
}

static int64_t count_facts(struct store *store)
{
	sqlite3_stmt *count = NULL;
	int64_t facts = -1;
	if (sqlite3_prepare_v2(store->db, "SELECT count(*) FROM fact WHERE kind = 'noted'", -1,
		    &count, NULL) == SQLITE_OK &&
		sqlite3_step(count) == SQLITE_ROW)
		facts = sqlite3_column_int64(count, 0);
	sqlite3_finalize(count);
	return facts;
}

/* False when the home is no longer fit for the next round. */
static bool check(const char *home, int64_t acknowledged, struct outcome *outcome)
{
	struct journal_report report = {0};
	g_autoptr(store) store = store_open(home, STORE_MODE_WRITE, NULL);
	if (store == NULL || !is_sound(store) || !journal_verify(store, &report, NULL) ||
		report.fault != JOURNAL_FAULT_NONE) {
		journal_report_clear(&report);
		outcome->bad++;
		return false;
	}
	outcome->lost += count_notes(store) < acknowledged;
	outcome->half += count_notes(store) != count_facts(store);
	return true;
}

static struct outcome cut_often(int cuts, const char *synchronous, guint32 seed)
{
	struct outcome outcome = {0};
	GRand *random = g_rand_new_with_seed(seed);
	char *home = NULL;
	while (outcome.cuts < cuts) {
		if (outcome.cuts % CUTS_OF_ONE_HOME == 0)
			g_clear_pointer(&home, support_home_free);
		if (home == NULL)
			home = support_home_new();
		powercut_arm(g_rand_int_range(random, 0, 150));
		int64_t acknowledged = write_until_cut(home, synchronous, random, &outcome);
		powercut_restore(random);
		outcome.cuts++;
		outcome.acknowledged += acknowledged > 0;
		if (!check(home, acknowledged, &outcome))
			g_clear_pointer(&home, support_home_free);
	}
	g_clear_pointer(&home, support_home_free);
	g_rand_free(random);
	return outcome;
}

static void print_outcome(const char *what, const struct outcome *o)
{
	print_message("%s: %d cuts, %d with acknowledged notes, %d lost, %d half, %d bad\n", what,
		o->cuts, o->acknowledged, o->lost, o->half, o->bad);
}

static void power_cuts_lose_nothing_acknowledged(void **state)
{
	const char *wanted = g_getenv("YICHUANG_POWER_CUTS");
	int cuts = wanted ? atoi(wanted) : CUTS;
	struct outcome outcome = cut_often(cuts, "SELECT 1", wanted ? g_random_int() : 7);
	print_outcome("as it is", &outcome);
	assert_true(outcome.acknowledged > cuts / 2);
	assert_int_equal(outcome.lost, 0);
	assert_int_equal(outcome.half, 0);
	assert_int_equal(outcome.bad, 0);
}

/* The test can fail: with less syncing the same cuts lose notes. */
static void less_syncing_is_noticed(void **state)
{
	struct outcome normal = cut_often(200, "PRAGMA synchronous = NORMAL", 8);
	print_outcome("synchronous = NORMAL", &normal);
	assert_true(normal.lost > 20);
	struct outcome off = cut_often(200, "PRAGMA synchronous = OFF", 9);
	print_outcome("synchronous = OFF", &off);
	assert_true(off.lost + off.bad > 50);
}

/* One write, sync or truncation fails; the store says so, loses nothing, and goes on. False: k was
 * too far. */
static bool fail_at(int k, int result, enum err_code wanted)
{
	GRand *random = g_rand_new_with_seed((guint32)k);
	char *home = support_home_new();
	struct store *store = store_open(home, STORE_MODE_WRITE, NULL);
	struct note note = {.number = 1, .random = random};
	GError *error = NULL;
	powercut_fail_once(k, result);
	bool first = store_write(store, write_note, &note, &error);
	if (!first && !err_is(error, wanted))
		fail_msg("at %d: %s", k, error->message);
	note.number += first;
	bool happened = powercut_happened();
	bool moved = store_checkpoint(store, NULL);
	bool erased = journal_erase_case(store, "c-1", "rule", SUPPORT_NOW_MS, "demo", NULL);
	bool reached = powercut_happened();
	powercut_fail_once(-1, result);
	/* A write that found no room was done once more with the ballast's. */
	assert_true(result == SQLITE_FULL ? first || happened : first != happened);
	assert_true(reached || (first && moved && erased));
	g_clear_error(&error);
	if (!store_write(store, write_note, &note, &error))
		fail_msg("at %d it never recovers: %s", k, error->message);
	struct outcome outcome = {0};
	store_close(store);
	assert_true(check(home, note.number, &outcome));
	assert_int_equal(outcome.lost + outcome.half + outcome.bad, 0);
	powercut_arm(-1);
	support_home_free(home);
	g_rand_free(random);
	return reached;
}

static void every_failing_write_is_survived(void **state)
{
	int k = 0;
	while (fail_at(k, SQLITE_IOERR_WRITE, ERR_CODE_STORE))
		k++;
	print_message("%d places of an I/O error\n", k);
	assert_true(k > 20);
	for (k = 0; fail_at(k, SQLITE_FULL, ERR_CODE_STORE_FULL);)
		k++;
	assert_true(k > 20);
}

/* Warnings of a dying disk are expected. */
static void say_nothing(const char *domain, GLogLevelFlags level, const char *message, void *data)
{
}

int main(void)
{
	g_log_set_handler(NULL, G_LOG_LEVEL_WARNING, say_nothing, NULL);
	powercut_install();
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(power_cuts_lose_nothing_acknowledged),
		cmocka_unit_test(every_failing_write_is_survived),
		cmocka_unit_test(less_syncing_is_noticed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
