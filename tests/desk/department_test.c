/* What departments do: in order, out of order, typed in by the window, and what it leaves at the
 * window. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "desk/queue.h"
#include "desk/timer.h"
#include "support/desk_home.h"
#include "support/home.h"

struct taken {
	struct desk *desk;
	char *id;
	char *number;
	const struct case_bundle *bundle; /* the first item's */
	int item;
	struct case_view *view;
};

static struct taken take(struct desk *desk, const char *name)
{
	struct taken taken = {.desk = desk};
	taken.number = support_take_in(desk, name, &taken.id);
	taken.view = support_view(desk, taken.id);
	const struct case_item *item = NULL;
	for (guint i = 0; item == NULL; i++) {
		const struct case_item *at = taken.view->items->pdata[i];
		item = at->taken && *at->department != '\0' ? at : NULL;
	}
	taken.item = item->item;
	for (guint i = 0; i < taken.view->bundles->len; i++) {
		const struct case_bundle *bundle = taken.view->bundles->pdata[i];
		if (strcmp(bundle->department, item->department) == 0)
			taken.bundle = bundle;
	}
	return taken;
}

static void drop(struct taken *taken)
{
	case_view_free(taken->view);
	g_free(taken->id);
	g_free(taken->number);
}

/* The item now; the view is owned by the caller's variable. */
static const struct case_item *look(struct taken *taken)
{
	char *bundle = g_strdup(taken->bundle->id);
	case_view_free(taken->view);
	taken->view = support_view(taken->desk, taken->id);
	for (guint i = 0; i < taken->view->bundles->len; i++) {
		const struct case_bundle *at = taken->view->bundles->pdata[i];
		if (strcmp(at->id, bundle) == 0)
			taken->bundle = at;
	}
	g_free(bundle);
	for (guint i = 0; i < taken->view->items->len; i++) {
		const struct case_item *item = taken->view->items->pdata[i];
		if (item->item == taken->item)
			return item;
	}
	return NULL;
}

static void update(struct taken *taken, const char *kind, const char *extra)
{
	g_autofree char *bundle = g_strdup(taken->bundle->id);
	support_update(taken->desk, bundle, kind, taken->item, extra);
}

static int64_t faults(struct support_fixture *fixture)
{
	int64_t count = 0;
	assert_true(support_count(
		fixture->home, "SELECT count(*) FROM inbox_update WHERE fault <> ''", &count));
	return count;
}

static void an_item_goes_through_pause_extension_and_correction(void **state)
{
	struct support_fixture *fixture = *state;
	struct taken taken = take(fixture->desk, "retail");
	update(&taken, "received", "");
	assert_int_equal(look(&taken)->state, ITEM_STATE_RECEIVED);
	assert_true(taken.bundle->received_ms > 0);
	update(&taken, "correction", "\"sentences\":[\"补平面图\"]");
	assert_int_equal(look(&taken)->state, ITEM_STATE_CORRECTING);
	assert_string_equal(look(&taken)->reason, "补平面图");
	must(desk_supplement(fixture->desk, taken.id, taken.item, "补交了平面图", &error));
	assert_int_equal(look(&taken)->state, ITEM_STATE_RECEIVED);
	update(&taken, "accepted", "\"number\":\"受字1号\"");
	assert_string_equal(look(&taken)->acceptance_no, "受字1号");
	assert_string_not_equal(look(&taken)->due, "");
	g_autofree char *due = g_strdup(look(&taken)->due);
	update(&taken, "extended", "\"days\":5,\"reason\":\"情况复杂\"");
	assert_true(strcmp(look(&taken)->due, due) > 0);
	update(&taken, "suspended", "\"reason\":\"鉴定\",\"exclusion\":\"appraisal\"");
	assert_string_equal(look(&taken)->due_words, "中止中");
	update(&taken, "resumed", "");
	update(&taken, "decided", "\"outcome\":\"granted\"");
	assert_string_equal(look(&taken)->outcome, "granted");
	assert_string_equal(look(&taken)->due, "");
	assert_int_equal(faults(fixture), 0);
	drop(&taken);
}

static void a_move_out_of_order_is_an_open_discrepancy(void **state)
{
	struct support_fixture *fixture = *state;
	struct taken taken = take(fixture->desk, "retail");
	update(&taken, "decided", "\"outcome\":\"granted\"");
	assert_int_equal(look(&taken)->state, ITEM_STATE_DISPATCHED);
	assert_int_equal(faults(fixture), 1);
	update(&taken, "no_such_kind", "");
	assert_int_equal(faults(fixture), 2);
	support_update(fixture->desk, "00000000000000000000000000000000", "received", -1, "");
	assert_int_equal(faults(fixture), 3);
	GError *error = NULL;
	assert_false(desk_update_apply(fixture->desk, 9, "garbage", 7, &error));
	assert_true(err_is(error, ERR_CODE_JSON));
	g_clear_error(&error);
	drop(&taken);
}

static struct relay_input relayed(const char *kind, int item, const char *outcome)
{
	return (struct relay_input){.kind = kind,
		.item = item,
		.source = FACT_SOURCE_PAPER,
		.reference = "受字9号",
		.outcome = outcome,
		.reason = ""};
}

static void the_departments_own_word_replaces_a_relayed_one(void **state)
{
	struct support_fixture *fixture = *state;
	struct taken taken = take(fixture->desk, "retail");
	struct relay_input input = relayed("received", taken.item, NULL);
	must(desk_relay(fixture->desk, taken.id, &input, &error));
	input = relayed("accepted", taken.item, NULL);
	must(desk_relay(fixture->desk, taken.id, &input, &error));
	assert_true(look(&taken)->relayed);
	input = relayed("decided", taken.item, "granted");
	must(desk_relay(fixture->desk, taken.id, &input, &error));
	g_autoptr(GPtrArray) events = desk_case_timeline(fixture->desk, taken.id, NULL);
	const struct case_event *last = events->pdata[events->len - 1];
	assert_true(last->relayed);
	assert_non_null(strstr(last->sentence, "转录"));
	update(&taken, "received", "");
	update(&taken, "accepted", "\"number\":\"受字10号\"");
	update(&taken, "decided", "\"outcome\":\"granted\"");
	assert_false(look(&taken)->relayed);
	assert_int_equal(faults(fixture), 0);
	drop(&taken);
}

static void another_decision_than_the_relayed_one_stays_open(void **state)
{
	struct support_fixture *fixture = *state;
	struct taken taken = take(fixture->desk, "retail");
	static const char *const kinds[] = {"received", "accepted", "decided"};
	for (int i = 0; i < 3; i++) {
		struct relay_input input = relayed(kinds[i], taken.item, "granted");
		must(desk_relay(fixture->desk, taken.id, &input, &error));
	}
	update(&taken, "decided", "\"outcome\":\"denied\",\"reason\":\"不符\"");
	assert_string_equal(look(&taken)->outcome, "granted");
	assert_true(look(&taken)->relayed);
	assert_int_equal(faults(fixture), 1);
	drop(&taken);
}

static void a_relay_needs_its_source(void **state)
{
	struct support_fixture *fixture = *state;
	struct taken taken = take(fixture->desk, "retail");
	struct relay_input input = relayed("received", taken.item, NULL);
	input.source = FACT_SOURCE_DIRECT;
	must_fail(desk_relay(fixture->desk, taken.id, &input, &error), ERR_CODE_INVALID);
	input = relayed("received", taken.item, NULL);
	input.reference = "";
	must_fail(desk_relay(fixture->desk, taken.id, &input, &error), ERR_CODE_INCOMPLETE);
	input = relayed("delivered", taken.item, NULL);
	must_fail(desk_relay(fixture->desk, taken.id, &input, &error), ERR_CODE_INVALID);
	input = relayed("refused", taken.item, NULL);
	must_fail(desk_relay(fixture->desk, taken.id, &input, &error), ERR_CODE_INCOMPLETE);
	input = relayed("decided", taken.item, "granted");
	must_fail(desk_relay(fixture->desk, taken.id, &input, &error), ERR_CODE_MOVE);
	input = relayed("received", 99, NULL);
	must_fail(desk_relay(fixture->desk, taken.id, &input, &error), ERR_CODE_NOT_FOUND);
	drop(&taken);
}

static void issue_and_delivery_wait_for_their_time(void **state)
{
	struct support_fixture *fixture = *state;
	struct desk *desk = fixture->desk;
	struct taken taken = take(desk, "retail");
	struct delivery_input input = {.way = "window", .receiver = "演示九", .signed_for = true};
	must_fail(desk_issue(desk, taken.id, taken.item, NULL, NULL, &error), ERR_CODE_MOVE);
	must_fail(desk_result_confirm(desk, taken.id, taken.item, &error), ERR_CODE_MOVE);
	must_fail(desk_deliver(desk, taken.id, -1, &input, &error), ERR_CODE_MOVE);
	must_fail(desk_archive(desk, taken.id, &error), ERR_CODE_INCOMPLETE);
	update(&taken, "received", "");
	update(&taken, "accepted", "");
	update(&taken, "decided", "\"outcome\":\"granted\"");
	/* Decided, but the department has sent nothing that could be printed, or not all of it. */
	must_fail(desk_issue(desk, taken.id, taken.item, NULL, NULL, &error), ERR_CODE_MOVE);
	update(&taken, "result", "\"result\":{\"title\":\"营业执照\",\"number\":\"Y-1\"}");
	must_fail(desk_issue(desk, taken.id, taken.item, NULL, NULL, &error), ERR_CODE_MOVE);
	update(&taken, "result",
		"\"result\":{\"title\":\"营业执照\",\"number\":\"Y-1\",\"holder\":\"演示商行\","
		"\"issuer\":\"演示局\",\"issued\":\"2026-11-20\"}");
	must(desk_issue(desk, taken.id, taken.item, NULL, NULL, &error));
	must_fail(desk_issue(desk, taken.id, taken.item, NULL, NULL, &error), ERR_CODE_INCOMPLETE);
	must(desk_issue(desk, taken.id, taken.item, "卡纸", NULL, &error));
	must(desk_result_confirm(desk, taken.id, taken.item, &error));
	/* Everything together, as the applicant chose: the others are still open. */
	must_fail(desk_deliver(desk, taken.id, -1, &input, &error), ERR_CODE_MOVE);
	must(desk_delivery_choose(desk, taken.id, "window", false, &error));
	input.signed_for = false;
	must_fail(desk_deliver(desk, taken.id, -1, &input, &error), ERR_CODE_INCOMPLETE);
	input.signed_for = true;
	must(desk_deliver(desk, taken.id, taken.item, &input, &error));
	assert_int_equal(look(&taken)->state, ITEM_STATE_DELIVERED);
	must_fail(desk_withdraw(desk, taken.id, taken.item, "不办了", &error), ERR_CODE_MOVE);
	must(desk_withdraw(desk, taken.id, -1, "不办了", &error));
	must_fail(desk_archive(desk, taken.id, &error), ERR_CODE_INCOMPLETE);
	must(desk_note(desk, taken.id, "已电话告知", &error));
	drop(&taken);
}

static void a_refused_item_leaves_its_followers_told(void **state)
{
	struct support_fixture *fixture = *state;
	struct taken taken = take(fixture->desk, "retail");
	update(&taken, "received", "");
	update(&taken, "refused", "\"reason\":\"不属于本部门\"");
	assert_int_equal(look(&taken)->state, ITEM_STATE_REFUSED);
	int64_t count = 0;
	assert_true(support_count(fixture->home,
		"SELECT count(*) FROM outbox_message WHERE kind = 'predecessor_result'", &count));
	assert_true(count > 0);
	drop(&taken);
}

static void a_paper_is_believed_when_the_clerk_says_so(void **state)
{
	struct support_fixture *fixture = *state;
	struct desk *desk = fixture->desk;
	struct taken taken = take(desk, "retail");
	g_autoptr(GPtrArray) papers = desk_papers(desk, true, NULL);
	const char *receipt = NULL;
	for (guint i = 0; i < papers->len; i++) {
		const struct paper_row *paper = papers->pdata[i];
		if (strcmp(paper->kind, "收件回执") == 0)
			receipt = paper->id;
	}
	must_fail(desk_paper_answer(desk, receipt, true, NULL, &error), ERR_CODE_MOVE);
	assert_true(support_sql(fixture->home, "UPDATE print_job SET state = 'ask'"));
	must_fail(desk_paper_answer(desk, receipt, false, "", &error), ERR_CODE_INCOMPLETE);
	must(desk_paper_answer(desk, receipt, false, "卡纸", &error));
	int64_t copies = 0;
	assert_true(support_count(
		fixture->home, "SELECT max(copy) FROM print_job WHERE kind = 'receipt'", &copies));
	assert_int_equal(copies, 2);
	assert_true(support_sql(
		fixture->home, "UPDATE print_job SET state = 'ask' WHERE state = 'intent'"));
	g_autoptr(GPtrArray) again = desk_papers(desk, true, NULL);
	for (guint i = 0; i < again->len; i++) {
		const struct paper_row *paper = again->pdata[i];
		if (strcmp(paper->state, "ask") == 0)
			must(desk_paper_answer(desk, paper->id, true, NULL, &error));
	}
	must_fail(desk_print_request(desk, taken.id, "receipt", -1, "", NULL, &error),
		ERR_CODE_INCOMPLETE);
	must(desk_print_request(desk, taken.id, "receipt", -1, "申请人遗失", NULL, &error));
	must_fail(desk_print_request(desk, taken.id, "refusal", -1, "x", NULL, &error),
		ERR_CODE_NOT_FOUND);
	drop(&taken);
}

static void timers_fire_once_and_only_propose(void **state)
{
	struct support_fixture *fixture = *state;
	struct desk *desk = fixture->desk;
	struct taken taken = take(desk, "retail"); /* promises by 2026-11-27 */
	update(&taken, "received", "");
	int made = -1;
	must(desk_timers_run(desk, &made, &error));
	assert_int_equal(made, 0);
	must(desk_set_now(desk, SUPPORT_DESK_NOW_MS + 10 * CIVIL_DAY_MS, &error));
	must(desk_timers_run(desk, &made, &error));
	assert_int_equal(made, 2);
	must(desk_timers_run(desk, &made, &error));
	assert_int_equal(made, 0);
	assert_int_equal(look(&taken)->state, ITEM_STATE_RECEIVED);
	drop(&taken);
}

/* ---- another window ---- */

static json_t *fact_json(const struct journal_row *row)
{
	gsize size = 0;
	const char *body = g_bytes_get_data(row->body, &size);
	g_autofree char *time = civil_time_dup_rfc3339(row->time_ms);
	return json_pack("{s:s,s:I,s:s,s:s,s:I,s:s,s:s,s:s,s:s,s:s,s:o}", "store",
		"ffffffffffffffffffffffffffffffff", "seq", (json_int_t)row->seq, "kind", row->kind,
		"case", row->case_id, "item", (json_int_t)row->item, "time", time, "actor",
		row->actor, "window", row->window, "authority", row->authority, "source",
		row->source, "body", json_stringn(body, size));
}

static void a_case_is_replayed_at_another_window(void **state)
{
	struct support_fixture *fixture = *state;
	struct taken taken = take(fixture->desk, "birth");
	update(&taken, "received", "");
	update(&taken, "accepted", "\"number\":\"受字3号\"");
	json_t *facts = json_array();
	g_autoptr(GPtrArray) rows = journal_of_case(desk_store(fixture->desk), taken.id, NULL);
	for (guint i = 0; i < rows->len; i++)
		json_array_append_new(facts, fact_json(rows->pdata[i]));
	g_autoptr(json_t) document =
		json_pack("{s:s,s:o,s:[]}", "number", taken.number, "facts", facts, "bundles");
	size_t size = 0;
	g_autofree char *bytes = json_frozen(document, &size);
	char *home = support_desk_home();
	struct desk *other = support_desk(home, "yanshi");
	for (int i = 0; i < 2; i++) { /* twice: nothing is doubled */
		must(desk_case_import(other, bytes, size, &error));
		g_autoptr(case_view) view = support_view(other, taken.number);
		assert_string_equal(view->id, taken.id);
		assert_int_equal(view->items->len, taken.view->items->len);
		assert_int_equal(view->parties->len, taken.view->parties->len);
		assert_int_equal(view->problems->len, 0);
		for (guint k = 0; k < view->items->len; k++) {
			const struct case_item *item = view->items->pdata[k];
			if (item->item == taken.item) {
				assert_int_equal(item->state, ITEM_STATE_ACCEPTED);
				assert_string_equal(item->acceptance_no, "受字3号");
				assert_string_equal(item->due, look(&taken)->due);
			}
		}
		g_autoptr(GPtrArray) events = desk_case_timeline(other, taken.id, NULL);
		assert_int_equal(events->len, rows->len + 1 + (guint)i);
	}
	desk_close(other);
	support_home_free(home);
	/* The first home hears of it and lets go. */
	g_autofree char *gone =
		g_strdup_printf("{\"at\":\"2026-11-20T08:00:00Z\",\"case\":\"%s\",\"holder\":"
				"\"4号窗\",\"id\":\"f1\",\"kind\":\"custody\"}",
			taken.number);
	must(desk_update_apply(fixture->desk, 99, gone, strlen(gone), &error));
	must_fail(desk_withdraw(fixture->desk, taken.id, -1, "x", &error), ERR_CODE_HELD);
	must(desk_note(fixture->desk, taken.id, "可以加备注", &error));
	must_fail(desk_custody_ask(fixture->desk, taken.number, &error), ERR_CODE_UNAVAILABLE);
	must_fail(desk_custody_ask(fixture->desk, "123", &error), ERR_CODE_NUMBER_CHECK);
	drop(&taken);
}

#define row(name) cmocka_unit_test_setup_teardown(name, support_desk_set_up, support_desk_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		row(an_item_goes_through_pause_extension_and_correction),
		row(a_move_out_of_order_is_an_open_discrepancy),
		row(the_departments_own_word_replaces_a_relayed_one),
		row(another_decision_than_the_relayed_one_stays_open),
		row(a_relay_needs_its_source),
		row(issue_and_delivery_wait_for_their_time),
		row(a_refused_item_leaves_its_followers_told),
		row(a_paper_is_believed_when_the_clerk_says_so),
		row(timers_fire_once_and_only_propose),
		row(a_case_is_replayed_at_another_window),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
