/* The whole chain on a real store: draft, intake, what departments do, issue, delivery, archive. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "desk/queue.h"
#include "desk/script.h"
#include "support/desk_home.h"
#include "support/home.h"

static void decide_all(struct desk *desk, const char *id)
{
	g_autoptr(case_view) view = support_view(desk, id);
	for (guint i = 0; i < view->bundles->len; i++) {
		const struct case_bundle *bundle = view->bundles->pdata[i];
		support_update(desk, bundle->id, "received", -1, "");
		for (guint k = 0; k < view->items->len; k++) {
			const struct case_item *item = view->items->pdata[k];
			if (!item->taken || strcmp(item->department, bundle->department) != 0)
				continue;
			support_update(
				desk, bundle->id, "accepted", item->item, "\"number\":\"受字1号\"");
			support_update(
				desk, bundle->id, "decided", item->item, "\"outcome\":\"granted\"");
			g_autofree char *result = g_strdup_printf(
				"\"result\":{\"title\":\"演示证\",\"number\":\"YS-%s-%d\","
				"\"template\":\"generic\",\"holder\":\"演示\","
				"\"issuer\":\"演示局\",\"issued\":\"2026-11-20\"}",
				id, item->item);
			support_update(desk, bundle->id, "result", item->item, result);
		}
	}
}

static void deliver_and_archive(struct desk *desk, const char *id)
{
	g_autoptr(case_view) view = support_view(desk, id);
	for (guint i = 0; i < view->items->len; i++) {
		const struct case_item *item = view->items->pdata[i];
		assert_int_equal(item->state, ITEM_STATE_DECIDED);
		must(desk_result_confirm(desk, id, item->item, &error));
		must(desk_issue(desk, id, item->item, NULL, NULL, &error));
	}
	const struct delivery_input input = {
		.way = "window", .receiver = "演示九", .document = "身份证", .signed_for = true};
	must(desk_deliver(desk, id, -1, &input, &error));
}

static void every_demo_case_goes_the_whole_way(void **state)
{
	struct support_fixture *fixture = *state;
	static const char *const names[] = {"retail", "catering", "birth", "housing"};
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *id = NULL;
		g_autofree char *number = support_take_in(fixture->desk, names[i], &id);
		g_autoptr(case_view) taken = support_view(fixture->desk, number);
		assert_string_equal(taken->id, id);
		assert_int_equal(taken->problems->len, 0);
		assert_true(taken->bundles->len > 0);
		decide_all(fixture->desk, id);
		deliver_and_archive(fixture->desk, id);
		g_autoptr(case_view) done = support_view(fixture->desk, id);
		assert_string_equal(done->state, case_state_name(CASE_STATE_DELIVERED));
		GError *error = NULL;
		g_autoptr(GPtrArray) events = desk_case_timeline(fixture->desk, id, &error);
		assert_non_null(events);
		for (guint k = 0; k < events->len; k++) {
			const struct case_event *event = events->pdata[k];
			assert_true(strchr(event->sentence, '{') == NULL);
			assert_true(g_utf8_strlen(event->sentence, -1) > 1);
		}
	}
	struct journal_report report;
	must(journal_verify(desk_store(fixture->desk), &report, &error));
	assert_int_equal(report.fault, JOURNAL_FAULT_NONE);
	journal_report_clear(&report);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_demo_case_goes_the_whole_way,
			support_desk_set_up, support_desk_tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
