/*
 * The rows behind the state machine, on a real store; and a helper of the scripts beside it:
 * courier_test make HOME      an empty home
 * courier_test feed HOME N    N facts, as a desk would append them
 * courier_test ring HOME      the bell
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/clock.h"
#include "base/err.h"
#include "store/journal.h"
#include "support/home.h"
#include "sync/outbox.h"
#include "sync/wire.h"

/* ---- helper of the scripts ---- */

static bool append_one(struct store *store, void *data, GError **error)
{
	g_autoptr(json_t) body = json_pack("{s:i}", "n", *(int *)data);
	struct fact fact = {
		.kind = "noted",
		.item = -1,
		.time_ms = clock_now_ms(&(struct clock){0}),
		.actor = "demo",
		.window = "A1",
		.authority = AUTHORITY_WINDOW,
		.source = FACT_SOURCE_DIRECT,
		.body = body,
	};
	int64_t seq = 0;
	return journal_append(store, &fact, &seq, error);
}

static bool feed(const char *home, int count, GError **error)
{
	g_autoptr(store) store = store_open(home, STORE_MODE_WRITE, error);
	bool good = store != NULL;
	for (int i = 0; good && i < count; i++)
		good = store_write(store, append_one, &i, error);
	if (good)
		store_ring(store);
	return good;
}

static int help_script(int argc, char **argv)
{
	g_autoptr(GError) error = NULL;
	bool good = strcmp(argv[1], "make") == 0
			    ? store_create(argv[2], clock_now_ms(&(struct clock){0}), &error)
			    : feed(argv[2], argc > 3 ? atoi(argv[3]) : 0, &error);
	if (!good)
		fprintf(stderr, "%s\n", error->message);
	return !good;
}

/* ---- meaning of answers ---- */

struct meaning {
	enum sync_task task;
	long status;
	bool connected;
	const char *body;
	enum sync_outcome outcome;
	const char *words; /* must stand in the sentence; NULL done */
};

static const struct meaning meanings[] = {
	{SYNC_TASK_BUNDLE, 201, true, "{}", SYNC_OUTCOME_DONE, NULL},
	{SYNC_TASK_BUNDLE, 200, true, "{\"id\":\"x\"}", SYNC_OUTCOME_DONE, NULL},
	{SYNC_TASK_BUNDLE, 201, true, "", SYNC_OUTCOME_LATER, "看不懂"},
	{SYNC_TASK_BUNDLE, 200, true, "<html>", SYNC_OUTCOME_LATER, "看不懂"},
	{SYNC_TASK_BUNDLE, 200, true, "[1]", SYNC_OUTCOME_LATER, "看不懂"},
	{SYNC_TASK_BLOB, 204, true, "", SYNC_OUTCOME_DONE, NULL},
	{SYNC_TASK_BLOB, 201, true, "", SYNC_OUTCOME_DONE, NULL},
	{SYNC_TASK_BUNDLE, 302, true, "", SYNC_OUTCOME_LATER, "看不懂"},
	{SYNC_TASK_BUNDLE, 400, true, "{\"title\":\"缺少字段\"}", SYNC_OUTCOME_REFUSED, "缺少字段"},
	{SYNC_TASK_BUNDLE, 422, true, "{\"title\":\"部门不存在。请核对。\"}", SYNC_OUTCOME_REFUSED,
		"请核对。"},
	{SYNC_TASK_BUNDLE, 422, true, "{}", SYNC_OUTCOME_REFUSED, "中心拒收"},
	{SYNC_TASK_BUNDLE, 422, true, "nginx", SYNC_OUTCOME_LATER, "看不懂"},
	{SYNC_TASK_BUNDLE, 403, true, "<html>portal", SYNC_OUTCOME_LATER, "看不懂"},
	{SYNC_TASK_BUNDLE, 409, true, "{\"title\":\"已有别的内容\"}", SYNC_OUTCOME_REFUSED,
		"已有别的内容"},
	{SYNC_TASK_JOURNAL, 409, true, "{\"code\":\"fork\"}", SYNC_OUTCOME_FORK, "不一致"},
	{SYNC_TASK_BUNDLE, 409, true, "{\"code\":\"fork\"}", SYNC_OUTCOME_FORK, "不一致"},
	{SYNC_TASK_JOURNAL, 409, true, "{\"code\":\"stale\",\"seq\":3}", SYNC_OUTCOME_STALE, ""},
	{SYNC_TASK_BUNDLE, 409, true, "{\"code\":\"stale\"}", SYNC_OUTCOME_REFUSED, "中心拒收"},
	{SYNC_TASK_CUSTODY, 423, true, "{\"title\":\"3号窗王办理中\"}", SYNC_OUTCOME_REFUSED,
		"3号窗王"},
	{SYNC_TASK_CUSTODY, 412, true, "{}", SYNC_OUTCOME_LATER, ""},
	{SYNC_TASK_BUNDLE, 401, true, "{}", SYNC_OUTCOME_AUTH, "令牌"},
	{SYNC_TASK_BUNDLE, 401, true, "", SYNC_OUTCOME_AUTH, "令牌"},
	{SYNC_TASK_BUNDLE, 408, true, "", SYNC_OUTCOME_LATER, "连不上"},
	{SYNC_TASK_BUNDLE, 425, true, "{\"code\":\"blob-missing\"}", SYNC_OUTCOME_LATER, "连不上"},
	{SYNC_TASK_BUNDLE, 429, true, "", SYNC_OUTCOME_LATER, "连不上"},
	{SYNC_TASK_BUNDLE, 500, true, "{}", SYNC_OUTCOME_LATER, "500"},
	{SYNC_TASK_BUNDLE, 503, true, "", SYNC_OUTCOME_LATER, "503"},
	{SYNC_TASK_BUNDLE, 0, true, NULL, SYNC_OUTCOME_LATER, "没有答完"},
	{SYNC_TASK_BUNDLE, 0, false, NULL, SYNC_OUTCOME_UNREACHABLE, "连不上"},
	{SYNC_TASK_HEAD, 0, true, NULL, SYNC_OUTCOME_UNREACHABLE, "连不上"},
	{SYNC_TASK_UPDATES, 0, true, NULL, SYNC_OUTCOME_UNREACHABLE, "连不上"},
};

static void every_answer_has_one_meaning_and_a_sentence(void **state)
{
	for (size_t i = 0; i < G_N_ELEMENTS(meanings); i++) {
		const struct meaning *row = &meanings[i];
		struct wire_reply reply = {row->status, row->connected, row->body,
			row->body == NULL ? 0 : strlen(row->body)};
		g_autoptr(json_t) body = NULL;
		g_autofree char *reason = NULL;
		enum sync_outcome outcome = wire_outcome(row->task, &reply, &body, &reason);
		if (outcome != row->outcome)
			fail_msg("row %zu: %d", i, (int)outcome);
		assert_int_equal(reason == NULL, row->words == NULL);
		if (reason != NULL && strstr(reason, row->words) == NULL)
			fail_msg("row %zu: %s", i, reason);
		assert_true(reason == NULL || g_str_has_suffix(reason, "。"));
	}
}

static void foreign_words_are_cleaned_and_cut(void **state)
{
	GString *text = g_string_new("{\"title\":\"\\u001b[31m\\u202e");
	for (int i = 0; i < 1000; i++)
		g_string_append(text, "长");
	g_string_append(text, "\"}");
	struct wire_reply reply = {422, true, text->str, text->len};
	g_autoptr(json_t) body = NULL;
	g_autofree char *reason = NULL;
	assert_int_equal(
		wire_outcome(SYNC_TASK_BUNDLE, &reply, &body, &reason), SYNC_OUTCOME_REFUSED);
	assert_null(strchr(reason, 0x1b));
	assert_true(g_utf8_strlen(reason, -1) < 300);
	g_string_free(text, TRUE);
}

static void updates_that_go_back_are_garbage(void **state)
{
	static const struct {
		const char *body;
		int count; /* -1 garbage */
		int64_t cursor;
	} rows[] = {
		{"{\"updates\":[],\"cursor\":7}", 0, 7},
		{"{\"updates\":[]}", -1, 0},
		{"{\"cursor\":7}", -1, 0},
		{"{\"updates\":[{\"cursor\":8,\"document\":\"{}\"},{\"cursor\":9,\"document\":\"{}"
		 "\"}],\"cursor\":9}",
			2, 9},
		{"{\"updates\":[{\"cursor\":9,\"document\":\"{}\"},{\"cursor\":8,\"document\":\"{}"
		 "\"}],\"cursor\":9}",
			-1, 0},
		{"{\"updates\":[{\"cursor\":7,\"document\":\"{}\"}],\"cursor\":9}", -1, 0},
		{"{\"updates\":[{\"cursor\":8}],\"cursor\":9}", -1, 0},
		{"{\"updates\":[3],\"cursor\":9}", -1, 0},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(json_t) body = json_read(rows[i].body, strlen(rows[i].body), "", NULL);
		int64_t cursor = 0;
		g_autoptr(GArray) updates = wire_updates(body, 7, &cursor);
		assert_int_equal(updates == NULL ? -1 : (int)updates->len, rows[i].count);
		if (updates != NULL)
			assert_int_equal(cursor, rows[i].cursor);
	}
}

static void heads_and_blocks_are_checked(void **state)
{
	struct digest hash;
	int64_t a = 0, b = 0;
	g_autoptr(json_t) empty = json_pack("{s:i, s:s}", "seq", 0, "hash", "");
	g_autoptr(json_t) bare = json_pack("{s:i, s:s}", "seq", 4, "hash", "sm3:zz");
	g_autoptr(json_t) other = json_pack("{s:i, s:s}", "seq", 0, "store", "ff");
	g_autoptr(json_t) block = json_pack("{s:i, s:i}", "first", 1, "last", 1999);
	g_autoptr(json_t) wide = json_pack("{s:i, s:i}", "first", 1, "last", 10000);
	g_autoptr(json_t) turned = json_pack("{s:i, s:i}", "first", 5, "last", 4);
	assert_true(wire_head(empty, "00", &a, &hash));
	assert_false(wire_head(bare, "00", &a, &hash));
	assert_false(wire_head(other, "00", &a, &hash));
	assert_true(wire_block(block, &a, &b));
	assert_false(wire_block(wide, &a, &b));
	assert_false(wire_block(turned, &a, &b));
}

static void facts_travel_with_every_hashed_member(void **state)
{
	char *home = support_home_new();
	GError *error = NULL;
	assert_true(feed(home, 2, &error));
	g_autoptr(store) store = store_open(home, STORE_MODE_WRITE, NULL);
	g_autoptr(GPtrArray) rows = journal_after(store, 0, 100, NULL);
	size_t size = 0;
	g_autofree char *bytes = wire_journal(store_id_text(store), rows, &size);
	g_autoptr(json_t) body = json_read(bytes, size, "", NULL);
	const json_t *facts = json_object_get(body, "facts");
	assert_int_equal(json_array_size(facts), rows->len);
	const json_t *last = json_array_get(facts, rows->len - 1);
	const struct journal_row *row = rows->pdata[rows->len - 1];
	int64_t time_ms = 0;
	assert_int_equal(json_integer_or(last, "seq", 0), row->seq);
	assert_string_equal(json_text(last, "kind", ""), "noted");
	assert_string_equal(json_text(last, "body", ""), "{\"n\":1}");
	assert_true(g_str_has_prefix(json_text(last, "hash", ""), "sm3:"));
	assert_true(json_is_null(json_object_get(last, "case")));
	g_autofree char *time = wire_time(row->time_ms);
	assert_string_equal(json_text(last, "time", ""), time);
	(void)time_ms;
	store_close(g_steal_pointer(&store));
	support_home_free(home);
}

int main(int argc, char **argv)
{
	if (argc > 2)
		return help_script(argc, argv);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_answer_has_one_meaning_and_a_sentence),
		cmocka_unit_test(foreign_words_are_cleaned_and_cut),
		cmocka_unit_test(updates_that_go_back_are_garbage),
		cmocka_unit_test(heads_and_blocks_are_checked),
		cmocka_unit_test(facts_travel_with_every_hashed_member),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
