/* The whole chain on a real store: draft, intake, what departments do, issue, delivery, archive. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/err.h"
#include "desk/queue.h"
#include "desk/script.h"
#include "support/desk_home.h"
#include "support/home.h"

struct fixture {
	char *home;
	struct desk *desk;
};

static int set_up(void **state)
{
	struct fixture *fixture = g_new0(struct fixture, 1);
	fixture->home = support_desk_home();
	fixture->desk = support_desk(fixture->home, "yanshi");
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;
	desk_close(fixture->desk);
	support_home_free(fixture->home);
	g_free(fixture);
	return 0;
}

#define must(call)                                                                                 \
	do {                                                                                       \
		GError *error = NULL;                                                              \
		if (!(call))                                                                       \
			fail_msg("%s: %s", #call, error ? error->message : "no error");            \
	} while (0)

#define must_fail(call, code_)                                                                     \
	do {                                                                                       \
		GError *error = NULL;                                                              \
		if (call)                                                                          \
			fail_msg("%s succeeded", #call);                                           \
		if (!err_is(error, (code_)))                                                       \
			fail_msg("%s: %s", #call, error ? error->message : "no error");            \
		g_clear_error(&error);                                                             \
	} while (0)

static struct case_view *view_of(struct desk *desk, const char *key)
{
	GError *error = NULL;
	struct case_view *view = desk_case_view(desk, key, &error);
	if (view == NULL)
		fail_msg("%s", error->message);
	return view;
}

static const struct case_item *item_at(const struct case_view *view, int item)
{
	for (guint i = 0; i < view->items->len; i++) {
		const struct case_item *at = view->items->pdata[i];
		if (at->item == item)
			return at;
	}
	fail_msg("no item %d", item);
	return NULL;
}

/* An update as the hub would hand it over; the extra members are JSON text. */
static void update(
	struct desk *desk, const char *bundle, const char *kind, int item, const char *extra)
{
	static int number;
	g_autofree char *id = g_strdup_printf("%032x", ++number);
	g_autofree char *bytes = g_strdup_printf("{\"at\":\"2026-11-20T07:00:00.000Z\",\"bundle\":"
						 "\"%s\",\"by\":\"审批员\",\"id\":\"%s\","
						 "\"item\":%d,\"kind\":\"%s\"%s%s}",
		bundle, id, item, kind, *extra ? "," : "", extra);
	must(desk_update_apply(desk, number, bytes, strlen(bytes), &error));
	/* The same update again changes nothing. */
	must(desk_update_apply(desk, number, bytes, strlen(bytes), &error));
}

static void decide_all(struct desk *desk, const char *id)
{
	g_autoptr(case_view) view = view_of(desk, id);
	for (guint i = 0; i < view->bundles->len; i++) {
		const struct case_bundle *bundle = view->bundles->pdata[i];
		update(desk, bundle->id, "received", -1, "");
		for (guint k = 0; k < view->items->len; k++) {
			const struct case_item *item = view->items->pdata[k];
			if (!item->taken || strcmp(item->department, bundle->department) != 0)
				continue;
			update(desk, bundle->id, "accepted", item->item, "\"number\":\"受字1号\"");
			update(desk, bundle->id, "decided", item->item, "\"outcome\":\"granted\"");
			update(desk, bundle->id, "result", item->item,
				"\"result\":{\"title\":\"演示证\",\"number\":\"\",\"template\":"
				"\"generic\","
				"\"values\":{\"经营场所\":\"演示路\"}}");
		}
	}
}

static void deliver_and_archive(struct desk *desk, const char *id)
{
	g_autoptr(case_view) view = view_of(desk, id);
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
	struct fixture *fixture = *state;
	static const char *const names[] = {"retail", "catering", "birth", "housing"};
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *id = NULL;
		g_autofree char *number = support_take_in(fixture->desk, names[i], &id);
		g_autoptr(case_view) taken = view_of(fixture->desk, number);
		assert_string_equal(taken->id, id);
		assert_int_equal(taken->problems->len, 0);
		assert_true(taken->bundles->len > 0);
		decide_all(fixture->desk, id);
		deliver_and_archive(fixture->desk, id);
		g_autoptr(case_view) done = view_of(fixture->desk, id);
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
	(void)item_at;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			every_demo_case_goes_the_whole_way, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
