/* The journal: chained, verified, anchored, erased; and nobody can alter it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <sqlite3.h>

#include "base/err.h"
#include "store/journal.h"
#include "support/store_home.h"

struct context {
	char *home;
	struct store *store;
};

static int set_up(void **state)
{
	struct context *context = g_new0(struct context, 1);
	context->home = support_home_new();
	context->store = store_open(context->home, STORE_MODE_WRITE, NULL);
	*state = context;
	return context->store == NULL;
}

static int tear_down(void **state)
{
	struct context *context = *state;
	store_close(context->store);
	support_home_free(context->home);
	g_free(context);
	return 0;
}

/* Somebody with the sqlite3 program and ill will. */
static int raw_code(struct context *context, const char *sql)
{
	g_autofree char *path = g_build_filename(context->home, "yichuang.db", NULL);
	sqlite3 *db = NULL;
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	sqlite3_exec(db, "PRAGMA recursive_triggers = ON", NULL, NULL, NULL);
	int rc = sqlite3_exec(db, sql, NULL, NULL, NULL);
	sqlite3_close(db);
	return rc;
}

static void must_append(struct context *context, const char *kind, const char *case_id,
	int64_t time_ms, const char *name)
{
	json_t *body = json_pack("{s:s}", "name", name);
	struct fact fact = {.kind = kind,
		.case_id = case_id,
		.item = -1,
		.time_ms = time_ms,
		.actor = "demo",
		.window = "01",
		.authority = AUTHORITY_WINDOW,
		.body = body};
	GError *error = NULL;
	if (!store_write(context->store, support_append, &fact, &error))
		fail_msg("%s", error->message);
	json_decref(body);
}

static void append_some(struct context *context, int count)
{
	for (int i = 0; i < count; i++)
		must_append(
			context, "taken_in", i % 2 ? "c-1" : "c-2", SUPPORT_NOW_MS + i, "演示一");
}

static struct journal_report verify(struct context *context)
{
	return support_journal_verify(context->store);
}

static void assert_clean(struct context *context, int64_t facts)
{
	struct journal_report report = verify(context);
	assert_int_equal(report.fault, JOURNAL_FAULT_NONE);
	assert_int_equal(report.facts, facts);
}

static void first_fact_tells_of_the_making(void **state)
{
	struct context *context = *state;
	g_autoptr(GPtrArray) rows = journal_after(context->store, 0, 10, NULL);
	assert_int_equal(rows->len, 1);
	struct journal_row *row = rows->pdata[0];
	assert_string_equal(row->kind, "store_created");
	assert_string_equal(row->store, store_id_text(context->store));
	assert_int_equal(row->time_ms, SUPPORT_NOW_MS);
	assert_clean(context, 1);
}

static void appended_facts_read_back_in_order(void **state)
{
	struct context *context = *state;
	append_some(context, 5);
	must_append(context, "noted", NULL, SUPPORT_NOW_MS - 86400000, "back");
	assert_clean(context, 7);
	g_autoptr(GPtrArray) rows = journal_after(context->store, 2, 3, NULL);
	assert_int_equal(rows->len, 3);
	assert_int_equal(((struct journal_row *)rows->pdata[0])->seq, 3);
	g_autoptr(GPtrArray) mine = journal_of_case(context->store, "c-1", NULL);
	assert_int_equal(mine->len, 2);
	struct journal_row *row = mine->pdata[0];
	assert_string_equal(row->authority, "window");
	assert_string_equal(row->source, "direct");
	assert_string_equal(row->actor, "demo");
	assert_string_equal(row->os_user, g_get_user_name());
	assert_int_equal(g_bytes_get_size(row->salt), 16);
	gsize size = 0;
	const char *body = g_bytes_get_data(row->body, &size);
	assert_int_equal(size, strlen("{\"name\":\"演示一\"}"));
	assert_memory_equal(body, "{\"name\":\"演示一\"}", size);
}

static void clock_set_back_keeps_order_by_seq(void **state)
{
	struct context *context = *state;
	must_append(context, "a", NULL, SUPPORT_NOW_MS + 1000, "x");
	must_append(context, "b", NULL, SUPPORT_NOW_MS - 1000, "x");
	g_autoptr(GPtrArray) rows = journal_after(context->store, 1, 10, NULL);
	assert_string_equal(((struct journal_row *)rows->pdata[1])->kind, "b");
	assert_int_equal(((struct journal_row *)rows->pdata[1])->time_ms, SUPPORT_NOW_MS - 1000);
	assert_clean(context, 3);
}

static bool append_then_fail(struct store *store, void *data, GError **error)
{
	return journal_append(store, data, NULL, error) && err_set(error, ERR_CODE_INVALID, NULL);
}

static void rolled_back_fact_leaves_no_gap(void **state)
{
	struct context *context = *state;
	struct fact fact = {.kind = "x", .item = -1, .actor = "", .window = ""};
	GError *error = NULL;
	assert_false(store_write(context->store, append_then_fail, &fact, &error));
	support_assert_code(&error, ERR_CODE_INVALID);
	append_some(context, 1);
	assert_clean(context, 2);
}

static void names_go_there_and_back(void **state)
{
	for (int i = 0; i < AUTHORITY_COUNT; i++)
		assert_int_equal(authority_from_name(authority_name((enum authority)i)), i);
	for (int i = 0; i < FACT_SOURCE_COUNT; i++)
		assert_int_equal(fact_source_from_name(fact_source_name((enum fact_source)i)), i);
	assert_int_equal(authority_from_name("king"), AUTHORITY_COUNT);
	assert_int_equal(fact_source_from_name("rumour"), FACT_SOURCE_COUNT);
}

/* What a hand with the sqlite3 program may try; the triggers of the file itself refuse. */
static void file_refuses_to_alter_the_journal(void **state)
{
	struct context *context = *state;
	append_some(context, 3);
	static const char *const tries[] = {
		"UPDATE fact SET actor = 'other' WHERE seq = 2",
		"DELETE FROM fact WHERE seq = 2",
		"DELETE FROM fact",
		"INSERT OR REPLACE INTO fact SELECT seq, 'other', case_id, item, time_ms, "
		"happened_ms, actor,"
		" os_user, window, authority, source, previous, body_digest, hash FROM fact WHERE "
		"seq = 2",
		"INSERT INTO fact SELECT seq + 10, kind, case_id, item, time_ms, happened_ms, "
		"actor,"
		" os_user, window, authority, source, previous, body_digest, hash FROM fact WHERE "
		"seq = 2",
		"UPDATE fact_body SET body = x'00' WHERE seq = 2",
		"INSERT OR REPLACE INTO fact_body VALUES (2, x'00', x'00')",
		"UPDATE store_identity SET id = zeroblob(16)",
		"DELETE FROM store_identity",
	};
	for (size_t i = 0; i < G_N_ELEMENTS(tries); i++)
		if (raw_code(context, tries[i]) != SQLITE_CONSTRAINT)
			fail_msg("not refused: %s", tries[i]);
	assert_clean(context, 4);
}

static void verify_names_the_fault(void **state)
{
	static const struct {
		const char *sql;
		enum journal_fault fault;
		int64_t seq;
	} rows[] = {
		{"DROP TRIGGER fact_no_update; UPDATE fact SET actor = 'other' WHERE seq = 3",
			JOURNAL_FAULT_CHANGED, 3},
		{"DROP TRIGGER fact_no_update; UPDATE fact SET time_ms = time_ms + 1 WHERE seq = 3",
			JOURNAL_FAULT_CHANGED, 3},
		{"DROP TRIGGER fact_no_update; UPDATE fact SET case_id = NULL WHERE seq = 3",
			JOURNAL_FAULT_CHANGED, 3},
		{"DROP TRIGGER fact_no_update; UPDATE fact SET hash = zeroblob(32) WHERE seq = 3",
			JOURNAL_FAULT_CHANGED, 3},
		{"DROP TRIGGER fact_no_delete; DELETE FROM fact_body WHERE seq = 4; DELETE FROM "
		 "fact WHERE seq = 4",
			JOURNAL_FAULT_GAP, 4},
		{"DROP TRIGGER fact_no_delete; DELETE FROM fact_body WHERE seq = 1; DELETE FROM "
		 "fact WHERE seq = 1",
			JOURNAL_FAULT_GAP, 1},
		{"DROP TRIGGER fact_no_delete; DELETE FROM fact WHERE seq = 7", JOURNAL_FAULT_GAP,
			7},
		{"DROP TRIGGER fact_body_no_update; UPDATE fact_body SET body = x'7b7d' WHERE seq "
		 "= 5",
			JOURNAL_FAULT_BODY, 5},
		{"DROP TRIGGER fact_body_no_update; UPDATE fact_body SET salt = zeroblob(16) WHERE "
		 "seq = 5",
			JOURNAL_FAULT_BODY, 5},
		{"DELETE FROM fact_body WHERE seq = 5", JOURNAL_FAULT_BODY, 5},
		{"DROP TRIGGER identity_no_update; UPDATE store_identity SET id = zeroblob(16)",
			JOURNAL_FAULT_CHANGED, 1},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		void *fresh = NULL;
		assert_int_equal(set_up(&fresh), 0);
		struct context *context = fresh;
		append_some(context, 6);
		assert_int_equal(raw_code(context, rows[i].sql), SQLITE_OK);
		struct journal_report report = verify(context);
		if (report.fault != rows[i].fault || report.seq != rows[i].seq)
			fail_msg("%s: fault %d at %" G_GINT64_FORMAT, rows[i].sql, report.fault,
				report.seq);
		if (rows[i].fault == JOURNAL_FAULT_GAP)
			assert_null(report.kind);
		else
			assert_non_null(report.kind);
		journal_report_clear(&report);
		tear_down(&fresh);
	}
}

static void anchor_is_reported_and_a_fork_refused(void **state)
{
	struct context *context = *state;
	append_some(context, 3);
	struct journal_head head;
	assert_true(journal_head(context->store, &head, NULL));
	assert_int_equal(head.seq, 4);
	assert_true(journal_anchor(context->store, head.seq, &head.hash, SUPPORT_NOW_MS, NULL));
	assert_true(journal_anchor(context->store, head.seq, &head.hash, SUPPORT_NOW_MS + 5, NULL));
	append_some(context, 2);
	struct journal_report report = verify(context);
	assert_int_equal(report.fault, JOURNAL_FAULT_NONE);
	assert_int_equal(report.anchored_seq, 4);
	assert_int_equal(report.anchored_ms, SUPPORT_NOW_MS);
	GError *error = NULL;
	assert_false(journal_anchor(context->store, 5, &head.hash, SUPPORT_NOW_MS, &error));
	support_assert_code(&error, ERR_CODE_FORK);
	assert_false(journal_anchor(context->store, 99, &head.hash, SUPPORT_NOW_MS, &error));
	support_assert_code(&error, ERR_CODE_FORK);
	assert_int_equal(verify(context).anchored_seq, 4);
}

static void cut_tail_is_found_by_the_anchor(void **state)
{
	struct context *context = *state;
	append_some(context, 3);
	struct journal_head head;
	assert_true(journal_head(context->store, &head, NULL));
	assert_true(journal_anchor(context->store, head.seq, &head.hash, SUPPORT_NOW_MS, NULL));
	assert_int_equal(raw_code(context,
				 "DROP TRIGGER fact_no_delete; DELETE FROM fact_body WHERE seq > 2;"
				 "DELETE FROM fact WHERE seq > 2"),
		SQLITE_OK);
	struct journal_report report = verify(context);
	assert_int_equal(report.fault, JOURNAL_FAULT_SHORT);
	assert_int_equal(report.seq, 4);
}

static GBytes *bytes_of_text(const json_t *object, const char *key)
{
	struct digest digest;
	assert_true(digest_from_text(json_text(object, key, ""), &digest));
	return g_bytes_new(digest.bytes, DIGEST_SIZE);
}

static void check_vector(
	const json_t *vector, const struct digest *previous, struct digest *ret_hash)
{
	uint8_t salt[16];
	assert_true(digest_unhex(json_text(vector, "salt", ""), salt, sizeof salt));
	const char *body = json_text(vector, "body", NULL);
	struct digest body_digest = journal_body_digest(salt, sizeof salt, body, strlen(body));
	struct journal_row row = {
		.store = (char *)json_text(vector, "store", NULL),
		.seq = json_integer_or(vector, "seq", 0),
		.kind = (char *)json_text(vector, "kind", NULL),
		.case_id = (char *)json_text(vector, "case_id", NULL),
		.item = json_integer_or(vector, "item", 0),
		.time_ms = json_integer_or(vector, "time_ms", 0),
		.happened_ms = json_integer_or(vector, "happened_ms", 0),
		.actor = (char *)json_text(vector, "actor", NULL),
		.os_user = (char *)json_text(vector, "os_user", NULL),
		.window = (char *)json_text(vector, "window", NULL),
		.authority = (char *)json_text(vector, "authority", NULL),
		.source = (char *)json_text(vector, "source", NULL),
		.previous = bytes_of_text(vector, "previous"),
		.body_digest = bytes_of_text(vector, "body_digest"),
	};
	assert_memory_equal(g_bytes_get_data(row.previous, NULL), previous->bytes, DIGEST_SIZE);
	assert_memory_equal(
		g_bytes_get_data(row.body_digest, NULL), body_digest.bytes, DIGEST_SIZE);
	*ret_hash = journal_hash(&row);
	g_autofree char *text = digest_dup_text(ret_hash);
	assert_string_equal(text, json_text(vector, "hash", NULL));
	g_bytes_unref(row.previous);
	g_bytes_unref(row.body_digest);
}

static void vectors_of_data_hold(void **state)
{
	GError *error = NULL;
	json_t *whole = json_read_file("data/vectors/journal.json", &error);
	if (whole == NULL)
		fail_msg("%s", error->message);
	struct digest previous = {{0}}, hash;
	size_t index;
	const json_t *vector;
	json_array_foreach(json_object_get(whole, "facts"), index, vector)
	{
		check_vector(vector, &previous, &hash);
		previous = hash;
	}
	assert_true(index >= 3);
	json_decref(whole);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(first_fact_tells_of_the_making),
		TEST(appended_facts_read_back_in_order),
		TEST(clock_set_back_keeps_order_by_seq),
		TEST(rolled_back_fact_leaves_no_gap),
		cmocka_unit_test(names_go_there_and_back),
		TEST(file_refuses_to_alter_the_journal),
		cmocka_unit_test(verify_names_the_fault),
		TEST(anchor_is_reported_and_a_fork_refused),
		TEST(cut_tail_is_found_by_the_anchor),
		cmocka_unit_test(vectors_of_data_hold),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
