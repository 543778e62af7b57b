/* The rules of the state machine, one by one: what it sends, writes down and never does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "sync/state.h"

struct bench {
	struct sync *sync;
	struct sync_view view;
	GPtrArray *commands; /* of the last step */
	int64_t now_ms;
};

static void bench_take(struct bench *bench, GPtrArray *commands)
{
	if (bench->commands != NULL)
		g_ptr_array_unref(bench->commands);
	bench->commands = commands;
}

static void bench_load(struct bench *bench)
{
	struct sync_event event = {
		.kind = SYNC_EVENT_LOADED, .now_ms = bench->now_ms, .view = &bench->view};
	bench_take(bench, sync_step(bench->sync, &event));
}

static void bench_time(struct bench *bench, int64_t ms)
{
	bench->now_ms += ms;
	struct sync_event event = {.kind = SYNC_EVENT_TIME, .now_ms = bench->now_ms};
	bench_take(bench, sync_step(bench->sync, &event));
}

/* The n-th command of a kind, NULL none. */
static struct sync_command *nth(struct bench *bench, enum sync_command_kind kind, int n)
{
	for (guint i = 0; i < bench->commands->len; i++) {
		struct sync_command *command = bench->commands->pdata[i];
		if (command->kind == kind && n-- == 0)
			return command;
	}
	return NULL;
}

static struct sync_command *sent(struct bench *bench, enum sync_task task)
{
	struct sync_command *command = NULL;
	for (int n = 0; (command = nth(bench, SYNC_COMMAND_SEND, n)) != NULL; n++)
		if (command->task == task)
			return command;
	return NULL;
}

static void bench_answer(struct bench *bench, uint32_t request, struct sync_answer answer)
{
	answer.request = request;
	struct sync_event event = {
		.kind = SYNC_EVENT_ANSWER, .now_ms = bench->now_ms, .answer = &answer};
	bench_take(bench, sync_step(bench->sync, &event));
}

static void bench_entry(
	struct bench *bench, enum sync_task task, const char *id, const char *bundle)
{
	g_ptr_array_add(bench->view.entries, sync_entry_new(task, id, bundle, 0, 0, 0));
}

static void bench_begin(struct bench *bench)
{
	*bench = (struct bench){.now_ms = 1000000};
	bench->sync = sync_new(7, true);
	bench->view = (struct sync_view){.has_hub = true, .has_token = true, .first_seq = 1};
	bench->view.entries =
		g_ptr_array_new_with_free_func((GDestroyNotify)(void *)sync_entry_free);
}

static void bench_connect(struct bench *bench)
{
	bench_load(bench);
	struct sync_command *head = sent(bench, SYNC_TASK_HEAD);
	assert_non_null(head);
	bench_answer(bench, head->request, (struct sync_answer){.outcome = SYNC_OUTCOME_DONE});
}

static void bench_end(struct bench *bench)
{
	bench_take(bench, NULL);
	sync_free(bench->sync);
	g_ptr_array_unref(bench->view.entries);
}

static void nothing_leaves_before_the_heads_agree(void **state)
{
	struct bench bench;
	bench_begin(&bench);
	bench.view.head_seq = 3;
	bench_entry(&bench, SYNC_TASK_BUNDLE, "b1", "b1");
	bench_load(&bench);
	assert_non_null(sent(&bench, SYNC_TASK_HEAD));
	assert_null(nth(&bench, SYNC_COMMAND_SEND, 1));
	bench_answer(&bench, sent(&bench, SYNC_TASK_HEAD)->request,
		(struct sync_answer){.outcome = SYNC_OUTCOME_DONE});
	assert_non_null(sent(&bench, SYNC_TASK_BUNDLE));
	assert_non_null(sent(&bench, SYNC_TASK_JOURNAL));
	assert_non_null(sent(&bench, SYNC_TASK_UPDATES));
	assert_true(nth(&bench, SYNC_COMMAND_LINE, 0)->online);
	bench_end(&bench);
}

static void a_fork_stops_everything(void **state)
{
	struct bench bench;
	bench_begin(&bench);
	bench_entry(&bench, SYNC_TASK_BUNDLE, "b1", "b1");
	bench_load(&bench);
	bench_answer(&bench, sent(&bench, SYNC_TASK_HEAD)->request,
		(struct sync_answer){.outcome = SYNC_OUTCOME_FORK, .reason = "不一致。"});
	struct sync_command *line = nth(&bench, SYNC_COMMAND_LINE, 0);
	assert_true(line->forked);
	assert_string_equal(line->reason, "不一致。");
	assert_null(nth(&bench, SYNC_COMMAND_SEND, 0));
	bench_time(&bench, 3600000);
	assert_null(nth(&bench, SYNC_COMMAND_SEND, 0));
	assert_true(sync_is_settled(bench.sync));
	bench_end(&bench);
}

static void a_refusal_is_kept_and_never_tried_again(void **state)
{
	struct bench bench;
	bench_begin(&bench);
	bench_entry(&bench, SYNC_TASK_BUNDLE, "b1", "b1");
	bench_entry(&bench, SYNC_TASK_MESSAGE, "m1", "b1");
	bench_entry(&bench, SYNC_TASK_BUNDLE, "b2", "b2");
	bench_connect(&bench);
	bench_answer(&bench, sent(&bench, SYNC_TASK_BUNDLE)->request,
		(struct sync_answer){.outcome = SYNC_OUTCOME_REFUSED, .reason = "部门不存在。"});
	struct sync_command *settled = nth(&bench, SYNC_COMMAND_SETTLE, 0);
	assert_int_equal(settled->state, SYNC_STATE_REFUSED);
	assert_string_equal(settled->reason, "部门不存在。");
	assert_string_equal(settled->id, "b1");
	bench_time(&bench, 3600000);
	assert_null(sent(&bench, SYNC_TASK_MESSAGE));
	assert_null(sent(&bench, SYNC_TASK_BUNDLE));
	bench_end(&bench);
}

static void a_refused_image_refuses_its_bundle(void **state)
{
	struct bench bench;
	bench_begin(&bench);
	bench_entry(&bench, SYNC_TASK_BUNDLE, "b1", "b1");
	bench_entry(&bench, SYNC_TASK_BLOB, "sm3:00", "b1");
	bench_connect(&bench);
	assert_null(sent(&bench, SYNC_TASK_BUNDLE));
	bench_answer(&bench, sent(&bench, SYNC_TASK_BLOB)->request,
		(struct sync_answer){.outcome = SYNC_OUTCOME_REFUSED, .reason = "影像不符。"});
	assert_int_equal(nth(&bench, SYNC_COMMAND_SETTLE, 0)->task, SYNC_TASK_BLOB);
	assert_int_equal(nth(&bench, SYNC_COMMAND_SETTLE, 1)->task, SYNC_TASK_BUNDLE);
	assert_int_equal(nth(&bench, SYNC_COMMAND_SETTLE, 1)->state, SYNC_STATE_REFUSED);
	bench_end(&bench);
}

static void an_expired_login_waits_with_its_sentence(void **state)
{
	struct bench bench;
	bench_begin(&bench);
	bench_entry(&bench, SYNC_TASK_BUNDLE, "b1", "b1");
	bench_connect(&bench);
	bench_answer(&bench, sent(&bench, SYNC_TASK_BUNDLE)->request,
		(struct sync_answer){.outcome = SYNC_OUTCOME_AUTH, .reason = "令牌。"});
	assert_int_equal(nth(&bench, SYNC_COMMAND_SETTLE, 0)->state, SYNC_STATE_WAITING);
	assert_string_equal(nth(&bench, SYNC_COMMAND_LINE, 0)->reason, "令牌。");
	assert_false(nth(&bench, SYNC_COMMAND_LINE, 0)->online);
	/* The next try is the one small question, not every entry. */
	bench_time(&bench, 120000);
	assert_non_null(sent(&bench, SYNC_TASK_HEAD));
	assert_null(nth(&bench, SYNC_COMMAND_SEND, 1));
	bench_end(&bench);
}

static void a_bad_entry_backs_off_alone_and_longer_each_time(void **state)
{
	struct bench bench;
	int64_t last = 0;
	bench_begin(&bench);
	bench_entry(&bench, SYNC_TASK_BUNDLE, "b1", "b1");
	bench_connect(&bench);
	for (int i = 0; i < 12; i++) {
		struct sync_command *send = sent(&bench, SYNC_TASK_BUNDLE);
		assert_non_null(send);
		bench_answer(&bench, send->request,
			(struct sync_answer){.outcome = SYNC_OUTCOME_LATER, .reason = "500。"});
		struct sync_command *settled = nth(&bench, SYNC_COMMAND_SETTLE, 0);
		assert_int_equal(settled->attempts, i + 1);
		int64_t pause = settled->next_ms - bench.now_ms;
		assert_in_range(pause, MIN(SYNC_FIRST_BACKOFF_MS << i, SYNC_MOST_BACKOFF_MS) / 2,
			MIN(SYNC_FIRST_BACKOFF_MS << i, SYNC_MOST_BACKOFF_MS));
		assert_true(sync_is_online(bench.sync));
		last = pause;
		bench_time(&bench, pause - 1);
		assert_null(sent(&bench, SYNC_TASK_BUNDLE));
		bench_time(&bench, 1);
	}
	assert_true(last >= SYNC_MOST_BACKOFF_MS / 2);
	bench_end(&bench);
}

static void a_stale_answer_rewinds_once(void **state)
{
	struct bench bench;
	bench_begin(&bench);
	bench.view.head_seq = 10;
	bench.view.sent_seq = 6;
	bench_load(&bench);
	bench_answer(&bench, sent(&bench, SYNC_TASK_HEAD)->request,
		(struct sync_answer){.outcome = SYNC_OUTCOME_DONE, .seq = 6});
	bench_answer(&bench, sent(&bench, SYNC_TASK_JOURNAL)->request,
		(struct sync_answer){.outcome = SYNC_OUTCOME_STALE, .reason = "?", .seq = 2});
	assert_int_equal(nth(&bench, SYNC_COMMAND_CURSOR, 0)->seq, 2);
	assert_int_equal(sent(&bench, SYNC_TASK_JOURNAL)->seq, 2);
	/* The same place again is an answer nobody understands: back off, do not go round. */
	bench_answer(&bench, sent(&bench, SYNC_TASK_JOURNAL)->request,
		(struct sync_answer){.outcome = SYNC_OUTCOME_STALE, .reason = "?", .seq = 2});
	assert_null(sent(&bench, SYNC_TASK_JOURNAL));
	bench_end(&bench);
}

static void without_a_hub_nothing_is_sent(void **state)
{
	struct bench bench;
	bench_begin(&bench);
	bench.view.has_hub = false;
	bench.view.head_seq = 5;
	bench_entry(&bench, SYNC_TASK_BUNDLE, "b1", "b1");
	bench_load(&bench);
	assert_null(nth(&bench, SYNC_COMMAND_SEND, 0));
	assert_int_equal(sync_next_ms(bench.sync), INT64_MAX);
	assert_true(sync_is_settled(bench.sync));
	bench_end(&bench);
}

static void a_nudge_ends_every_back_off(void **state)
{
	struct bench bench;
	bench_begin(&bench);
	bench_entry(&bench, SYNC_TASK_BUNDLE, "b1", "b1");
	bench_connect(&bench);
	bench_answer(&bench, sent(&bench, SYNC_TASK_BUNDLE)->request,
		(struct sync_answer){.outcome = SYNC_OUTCOME_LATER, .reason = "500。"});
	struct sync_event event = {.kind = SYNC_EVENT_NUDGE, .now_ms = bench.now_ms};
	bench_take(&bench, sync_step(bench.sync, &event));
	assert_non_null(sent(&bench, SYNC_TASK_BUNDLE));
	assert_false(sent(&bench, SYNC_TASK_UPDATES)->patient);
	assert_non_null(nth(&bench, SYNC_COMMAND_CANCEL, 0));
	bench_end(&bench);
}

static void a_clock_set_back_strands_nothing(void **state)
{
	struct bench bench;
	bench_begin(&bench);
	bench_connect(&bench);
	g_ptr_array_add(bench.view.entries, sync_entry_new(SYNC_TASK_BUNDLE, "b1", "b1", 0, 3,
						    bench.now_ms + 400 * 86400000LL));
	bench_load(&bench);
	assert_non_null(sent(&bench, SYNC_TASK_BUNDLE));
	bench_end(&bench);
}

/* ---- what the bureau hands out ---- */

static void supply_done(struct bench *bench, const char *trouble)
{
	bench_answer(bench, sent(bench, SYNC_TASK_SUPPLY)->request,
		(struct sync_answer){.outcome = SYNC_OUTCOME_DONE, .reason = trouble});
}

static void the_supply_is_looked_at_on_connecting_and_hourly(void **state)
{
	struct bench bench;
	bench_begin(&bench);
	bench_connect(&bench);
	supply_done(&bench, NULL);
	assert_null(sent(&bench, SYNC_TASK_SUPPLY));
	bench_time(&bench, 59 * 60 * 1000);
	assert_null(sent(&bench, SYNC_TASK_SUPPLY));
	bench_time(&bench, 61 * 1000);
	assert_non_null(sent(&bench, SYNC_TASK_SUPPLY));
	bench_end(&bench);
}

static void a_clock_set_back_looks_again(void **state)
{
	struct bench bench;
	bench_begin(&bench);
	bench_connect(&bench);
	supply_done(&bench, NULL);
	bench_time(&bench, -60 * 1000);
	assert_non_null(sent(&bench, SYNC_TASK_SUPPLY));
	bench_end(&bench);
}

/* The stamp is told back, so that the hub answers at once when it has another. */
static void news_of_the_hub_is_looked_at(void **state)
{
	struct bench bench;
	bench_begin(&bench);
	bench_connect(&bench);
	uint32_t updates = sent(&bench, SYNC_TASK_UPDATES)->request;
	assert_int_equal(sent(&bench, SYNC_TASK_UPDATES)->supply, 0);
	supply_done(&bench, NULL);
	bench_answer(
		&bench, updates, (struct sync_answer){.outcome = SYNC_OUTCOME_DONE, .supply = 7});
	assert_int_equal(sent(&bench, SYNC_TASK_UPDATES)->supply, 7);
	updates = sent(&bench, SYNC_TASK_UPDATES)->request;
	uint32_t look = sent(&bench, SYNC_TASK_SUPPLY)->request;
	/* Other news while that look is under way: once more after it. */
	bench_answer(
		&bench, updates, (struct sync_answer){.outcome = SYNC_OUTCOME_DONE, .supply = 8});
	assert_null(sent(&bench, SYNC_TASK_SUPPLY));
	bench_answer(&bench, look, (struct sync_answer){.outcome = SYNC_OUTCOME_DONE});
	assert_non_null(sent(&bench, SYNC_TASK_SUPPLY));
	supply_done(&bench, NULL);
	assert_null(sent(&bench, SYNC_TASK_SUPPLY));
	bench_end(&bench);
}

/* It stands in the line's sentence, and nothing waits for it. */
static void a_refused_version_is_a_visible_trouble(void **state)
{
	struct bench bench;
	bench_begin(&bench);
	bench_entry(&bench, SYNC_TASK_BUNDLE, "b1", "b1");
	bench_connect(&bench);
	assert_non_null(sent(&bench, SYNC_TASK_BUNDLE));
	supply_done(&bench, "没有收下。");
	struct sync_command *line = nth(&bench, SYNC_COMMAND_LINE, 0);
	assert_string_equal(line->reason, "没有收下。");
	assert_true(line->online);
	assert_null(sent(&bench, SYNC_TASK_SUPPLY));
	bench_time(&bench, 3600 * 1000);
	supply_done(&bench, NULL);
	assert_string_equal(nth(&bench, SYNC_COMMAND_LINE, 0)->reason, "");
	bench_end(&bench);
}

static void a_failed_look_backs_off_alone(void **state)
{
	struct bench bench;
	bench_begin(&bench);
	bench_connect(&bench);
	bench_answer(&bench, sent(&bench, SYNC_TASK_SUPPLY)->request,
		(struct sync_answer){.outcome = SYNC_OUTCOME_LATER, .reason = "没有答完。"});
	assert_true(sync_is_online(bench.sync));
	assert_null(sent(&bench, SYNC_TASK_HEAD));
	assert_null(sent(&bench, SYNC_TASK_SUPPLY));
	bench_time(&bench, SYNC_FIRST_BACKOFF_MS);
	assert_non_null(sent(&bench, SYNC_TASK_SUPPLY));
	bench_end(&bench);
}

static void the_bureau_pushes_what_it_has_published(void **state)
{
	struct bench bench;
	bench_begin(&bench);
	bench.view.has_bureau = true;
	bench.view.supply_mark = 1;
	bench_connect(&bench);
	supply_done(&bench, NULL);
	bench_load(&bench);
	assert_null(sent(&bench, SYNC_TASK_SUPPLY));
	bench.view.supply_mark = 2;
	bench_load(&bench);
	assert_non_null(sent(&bench, SYNC_TASK_SUPPLY));
	bench_end(&bench);
}

static void a_bureau_that_is_no_window_only_supplies(void **state)
{
	struct bench bench;
	bench_begin(&bench);
	bench.view.has_token = false;
	bench.view.has_bureau = true;
	bench.view.head_seq = 9;
	bench_load(&bench);
	assert_non_null(sent(&bench, SYNC_TASK_SUPPLY));
	assert_null(nth(&bench, SYNC_COMMAND_SEND, 1));
	assert_string_equal(nth(&bench, SYNC_COMMAND_LINE, 0)->reason, "");
	bench_answer(&bench, sent(&bench, SYNC_TASK_SUPPLY)->request,
		(struct sync_answer){.outcome = SYNC_OUTCOME_UNREACHABLE, .reason = "连不上。"});
	assert_false(sync_is_online(bench.sync));
	assert_null(sent(&bench, SYNC_TASK_SUPPLY));
	bench_time(&bench, SYNC_FIRST_BACKOFF_MS);
	supply_done(&bench, NULL);
	assert_true(sync_is_online(bench.sync));
	assert_true(sync_is_settled(bench.sync));
	bench_end(&bench);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_supply_is_looked_at_on_connecting_and_hourly),
		cmocka_unit_test(a_clock_set_back_looks_again),
		cmocka_unit_test(news_of_the_hub_is_looked_at),
		cmocka_unit_test(a_refused_version_is_a_visible_trouble),
		cmocka_unit_test(a_failed_look_backs_off_alone),
		cmocka_unit_test(the_bureau_pushes_what_it_has_published),
		cmocka_unit_test(a_bureau_that_is_no_window_only_supplies),
		cmocka_unit_test(nothing_leaves_before_the_heads_agree),
		cmocka_unit_test(a_fork_stops_everything),
		cmocka_unit_test(a_refusal_is_kept_and_never_tried_again),
		cmocka_unit_test(a_refused_image_refuses_its_bundle),
		cmocka_unit_test(an_expired_login_waits_with_its_sentence),
		cmocka_unit_test(a_bad_entry_backs_off_alone_and_longer_each_time),
		cmocka_unit_test(a_stale_answer_rewinds_once),
		cmocka_unit_test(without_a_hub_nothing_is_sent),
		cmocka_unit_test(a_nudge_ends_every_back_off),
		cmocka_unit_test(a_clock_set_back_strands_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
