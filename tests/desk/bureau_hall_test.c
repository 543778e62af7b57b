/* What a hall makes of the catalogue: three gates, confirmation of 参考, routes of its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "desk/queue.h"
#include "desk/script.h"
#include "support/bureau_home.h"

#define LIST "jiangmen-2020"

/* ---- the three gates ---- */

static char *gate_words(void **state, const char *list, const char *theme)
{
	struct theme_gates gates = {0};
	const char *next = NULL;
	must(desk_bureau_gates(support_desk_of(state), list, theme, &gates, &error));
	const char *words = desk_bureau_gate_words(&gates, &next);
	return words == NULL ? g_strdup("") : g_strconcat(words, "。", next, NULL);
}

/* The clerk's attempt to begin; the sentence of the refusal, "" when it was begun. */
static char *begin(void **state, const char *list, const char *theme)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *before = g_strdup(desk_user(support_desk_of(state)));
	support_log_in(state, "yanshi");
	g_autofree char *id = desk_draft_new(support_desk_of(state), list, theme, &error);
	support_log_in(state, before);
	if (id == NULL && !err_is(error, ERR_CODE_BLOCKED))
		fail_msg("%s", error->message);
	return g_strdup(id == NULL ? error->message : "");
}

static void assert_begins(void **state, const char *list, const char *theme, const char *says)
{
	g_autofree char *words = gate_words(state, list, theme);
	g_autofree char *refusal = begin(state, list, theme);
	if ((*says == '\0') != (*refusal == '\0') || strstr(refusal, says) == NULL ||
		strstr(words, says) == NULL)
		fail_msg("%s %s: %s; %s", list, theme, words, refusal);
}

static void first_shut_gate_is_named(void **state)
{
	struct desk *desk = support_desk_of(state);
	struct theme_gates gates = {0};
	assert_begins(state, LIST, "1", "");
	g_autofree char *unwritten = gate_words(state, "tianmen-consolidated", "52");
	assert_non_null(strstr(unwritten, "没有发布办事指南"));
	g_autofree char *refusal = begin(state, "tianmen-consolidated", "52");
	assert_string_not_equal(refusal, "");
	assert_begins(state, "weibin-2021", "1", "请数据局管理员授权");
	must_fail(desk_bureau_shelf(desk, "weibin-2021", "1", true, &error), ERR_CODE_MOVE);
	must(desk_bureau_authorise(desk, "weibin-2021", "1", true, &error));
	assert_begins(state, "weibin-2021", "1", "大厅主管、管理员上架");
	must(desk_bureau_shelf(desk, "weibin-2021", "1", true, &error));
	assert_begins(state, "weibin-2021", "1", "");
	must_fail(desk_bureau_gates(desk, LIST, "999", &gates, &error), ERR_CODE_NOT_FOUND);
	must_fail(desk_bureau_authorise(desk, "nowhere", NULL, true, &error), ERR_CODE_NOT_FOUND);
	must_fail(desk_bureau_authorise(desk, LIST, "999", true, &error), ERR_CODE_NOT_FOUND);
	must_fail(
		desk_bureau_shelf(desk, "tianmen-consolidated", "52", true, &error), ERR_CODE_MOVE);
}

static void leave_taken_back_stops_intake_but_no_running_case(void **state)
{
	struct desk *desk = support_desk_of(state);
	g_autofree char *id = NULL;
	support_log_in(state, "yanshi");
	g_autofree char *number = support_take_in(desk, "catering", &id);
	g_autofree char *draft = desk_draft_new(desk, "national-2022", "企业-2", NULL);
	assert_non_null(draft);
	support_log_in(state, "guanli");
	must(desk_bureau_authorise(desk, "national-2022", "企业-2", false, &error));
	assert_begins(state, "national-2022", "企业-2", "没有授权");
	assert_begins(state, "national-2022", "企业-1", "");
	assert_int_equal(support_facts(state, "theme_unauthorised"), 1);
	support_log_in(state, "yanshi");
	must_fail(desk_take_in(desk, draft, NULL, &error), ERR_CODE_BLOCKED);
	g_autoptr(case_view) running = support_view(desk, number);
	assert_non_null(running);
	support_log_in(state, "guanli");
	must(desk_bureau_authorise(desk, "national-2022", NULL, false, &error));
	assert_begins(state, "national-2022", "企业-1", "没有授权");
	must(desk_bureau_authorise(desk, "national-2022", NULL, true, &error));
	must(desk_bureau_authorise(desk, "national-2022", "企业-2", true, &error));
	assert_begins(state, "national-2022", "企业-2", "");
	assert_int_equal(support_facts(state, "theme_authorised"), 3 + 1);
}

static void gates_are_opened_by_their_roles(void **state)
{
	struct desk *desk = support_desk_of(state);
	static const struct {
		const char *user;
		bool authorises, shelves;
	} rows[] = {{"yanshi", false, false}, {"zhuguan", false, true}, {"guanli", true, true}};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		support_log_in(state, rows[i].user);
		if (rows[i].authorises)
			must(desk_bureau_authorise(desk, LIST, "1", true, &error));
		else
			must_fail(desk_bureau_authorise(desk, LIST, "1", true, &error),
				ERR_CODE_PERMISSION);
		if (rows[i].shelves) {
			must(desk_bureau_shelf(desk, LIST, "1", false, &error));
			must(desk_bureau_shelf(desk, LIST, "1", true, &error));
		} else {
			must_fail(desk_bureau_shelf(desk, LIST, "1", false, &error),
				ERR_CODE_PERMISSION);
		}
	}
	desk_logout(desk);
	must_fail(desk_bureau_shelf(desk, LIST, "1", false, &error), ERR_CODE_PERMISSION);
}

/* ---- confirmation of 参考 ---- */

/* What is shown beside a service of a theme in force. */
static char *mark_of(void **state, const char *list, const char *theme_id, const char *code)
{
	g_autoptr(theme) theme = NULL;
	g_autoptr(definitions) definitions = NULL;
	must(catalogue_open_theme(desk_store(support_desk_of(state)), list, 0, theme_id, &theme,
		&definitions, &error));
	if (code == NULL)
		return desk_bureau_confirmed_words(theme->confirmed, theme->confirmed_on);
	const struct service *service = definitions_service(definitions, code);
	assert_non_null(service);
	return desk_bureau_confirmed_words(service->confirmed, service->confirmed_on);
}

static void assert_mark(
	void **state, const char *list, const char *theme, const char *code, const char *expected)
{
	g_autofree char *mark = mark_of(state, list, theme, code);
	assert_string_equal(mark, expected);
}

static void confirmation_holds_until_the_definition_changes(void **state)
{
	struct desk *desk = support_desk_of(state);
	static const char reference[] = "参考，以当地实施清单为准";
	static const char known[] = "已确认（演示实施清单7号，2026-11-20）";
	static const char code[] = "S-FOOD-LICENCE";
	assert_mark(state, "national-2022", "企业-2", code, reference);
	must(desk_bureau_confirm(desk, "service", "", code, " 演示实施清单7号 ", &error));
	assert_mark(state, "national-2022", "企业-2", code, known);
	assert_mark(state, "national-2022", "企业-2", NULL, reference);
	must(desk_bureau_confirm(
		desk, "theme", "national-2022", "企业-2", "演示实施清单7号", &error));
	assert_mark(state, "national-2022", "企业-2", NULL, known);
	g_auto(GStrv) lists = support_change_fee(state, LIST, code, "每件10元");
	must(desk_bureau_publish_draft(desk, "national-2022", "", "", "", NULL, &error));
	assert_mark(state, "national-2022", "企业-2", code, reference);
	assert_mark(state, "national-2022", "企业-2", NULL, known);
	must_fail(desk_bureau_confirm(desk, "service", "", code, "8号", &error), ERR_CODE_INVALID);
	must(desk_bureau_confirm(desk, "service", "national-2022", code, "8号", &error));
	assert_mark(state, "national-2022", "企业-2", code, "已确认（8号，2026-11-20）");
	must(desk_bureau_unconfirm(desk, "service", "", code, &error));
	assert_mark(state, "national-2022", "企业-2", code, reference);
	assert_int_equal(support_facts(state, "catalogue_confirmed"), 3);
	assert_int_equal(support_facts(state, "catalogue_unconfirmed"), 1);
}

/* What the service asks for is part of what was compared. */
static void confirmation_ends_when_a_shared_material_or_field_changes(void **state)
{
	struct desk *desk = support_desk_of(state);
	static const char code[] = "S-FOOD-LICENCE", known[] = "已确认（7号，2026-11-20）";
	static const struct {
		const char *kind, *uses, *member;
	} rows[] = {{"material", "materials", "note"}, {"field", "fields", "hint"}};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		must(desk_bureau_confirm(desk, "service", "national-2022", code, "7号", &error));
		assert_mark(state, "national-2022", "企业-2", code, known);
		g_autoptr(json_t) service =
			desk_bureau_entry(desk, "national-2022", 0, "service", code, NULL);
		const json_t *use = json_array_get(json_object_get(service, rows[i].uses), 0);
		g_autoptr(json_t) entry = desk_bureau_entry(desk, "national-2022", 0, rows[i].kind,
			json_text(use, rows[i].kind, ""), NULL);
		json_object_set_new(entry, rows[i].member, json_string("演示改动"));
		g_autoptr(json_t) fragment =
			desk_bureau_fragment("national-2022", rows[i].kind, entry);
		must(desk_bureau_change(desk, fragment, NULL, NULL, &error));
		assert_mark(state, "national-2022", "企业-2", code, known);
		must(desk_bureau_publish_draft(desk, "national-2022", "", "", "", NULL, &error));
		assert_mark(state, "national-2022", "企业-2", code, "参考，以当地实施清单为准");
	}
}

static void confirmation_is_refused_without_basis_or_right(void **state)
{
	struct desk *desk = support_desk_of(state);
	static const char code[] = "S-FOOD-LICENCE";
	must_fail(desk_bureau_confirm(desk, "service", "", code, " ", &error), ERR_CODE_INVALID);
	must_fail(desk_bureau_confirm(desk, "service", "", code, "a\tb", &error), ERR_CODE_INVALID);
	must_fail(desk_bureau_confirm(desk, "service", "", "S-X", "1", &error), ERR_CODE_NOT_FOUND);
	must_fail(desk_bureau_confirm(desk, "material", LIST, "M-ID-CARD", "1", &error),
		ERR_CODE_INVALID);
	must_fail(desk_bureau_confirm(desk, "theme", LIST, "999", "1", &error), ERR_CODE_NOT_FOUND);
	must_fail(desk_bureau_confirm(desk, "theme", "tianmen-consolidated", "52", "1", &error),
		ERR_CODE_NOT_FOUND);
	must_fail(desk_bureau_unconfirm(desk, "service", "", code, &error), ERR_CODE_NOT_FOUND);
	support_log_in(state, "zhuguan");
	must_fail(desk_bureau_confirm(desk, "service", "", code, "1", &error), ERR_CODE_PERMISSION);
	must_fail(desk_bureau_unconfirm(desk, "service", "", code, &error), ERR_CODE_PERMISSION);
}

/* How many notices were given that say so in their data. */
static int notices(void **state, const char *words)
{
	int64_t given = 0;
	const struct support_fixture *fixture = *state;
	g_autofree char *sql =
		g_strdup_printf("SELECT count(*) FROM print_job WHERE kind = 'notice'"
				" AND instr(CAST(data AS TEXT), '%s') > 0",
			words);
	assert_true(support_count(fixture->home, sql, &given));
	return (int)given;
}

static void notice_is_for_reference_until_all_of_it_is_confirmed(void **state)
{
	struct desk *desk = support_desk_of(state);
	g_autoptr(json_t) document = support_demo("catering");
	g_autofree char *id = NULL;
	g_autofree char *number = NULL;
	g_autofree char *first = NULL;
	g_autofree char *second = NULL;
	support_log_in(state, "yanshi");
	must(desk_intake_document(desk, document, false, &id, &number, &error));
	must(desk_notice_give(desk, id, &first, &error));
	assert_int_equal(notices(state, "\"reference\":true"), 1);
	support_log_in(state, "guanli");
	must(desk_bureau_confirm(desk, "theme", "national-2022", "企业-2", "7号", &error));
	g_autoptr(case_view) view = support_view(desk, id);
	for (guint i = 0; i < view->situation->items->len; i++) {
		const struct situation_item *item = view->situation->items->pdata[i];
		must(desk_bureau_confirm(desk, "service", "", item->service->code, "8号", &error));
	}
	support_log_in(state, "yanshi");
	must(desk_notice_give(desk, id, &second, &error));
	assert_int_equal(notices(state, "\"reference\":false"), 1);
	assert_int_equal(notices(state, "办事指南（7号，2026-11-20）"), 1);
}

/* ---- routing ---- */

#define CATERING "national-2022"

/* The national list loses its routes, as if the catalogue had none for this hall. */
static void lose_routes(void **state)
{
	const struct support_fixture *fixture = *state;
	assert_true(support_sql(fixture->home, "DELETE FROM catalogue_definition"
					       " WHERE list = 'national-2022' AND kind = 'route'"));
}

static struct bureau_route *route_of(GPtrArray *routes, const char *printed)
{
	for (guint i = 0; i < routes->len; i++)
		if (strcmp(((struct bureau_route *)routes->pdata[i])->printed, printed) == 0)
			return routes->pdata[i];
	fail_msg("nobody prints %s", printed);
	return NULL;
}

/* Items of a case that wait, and bundles it has. */
static void count(struct desk *desk, const char *number, int *ret_waiting, int *ret_bundles)
{
	g_autoptr(case_view) view = support_view(desk, number);
	*ret_waiting = 0;
	for (guint i = 0; i < view->items->len; i++) {
		const struct case_item *item = view->items->pdata[i];
		*ret_waiting += item->taken && *item->department == '\0';
	}
	*ret_bundles = (int)view->bundles->len;
}

static void item_without_a_route_waits_and_goes_out_when_it_has_one(void **state)
{
	struct desk *desk = support_desk_of(state);
	int waiting = 0, bundles = 0, sent = 0;
	lose_routes(state);
	support_log_in(state, "yanshi");
	g_autofree char *id = NULL;
	g_autofree char *number = support_take_in(desk, "catering", &id);
	count(desk, number, &waiting, &bundles);
	assert_true(waiting > 1);
	assert_int_equal(bundles, 0);
	assert_int_equal(desk_bureau_waiting(desk, NULL), waiting);
	struct desk_status status = {0};
	must(desk_status_read(desk, &status, &error));
	assert_int_equal(status.unrouted, waiting);
	desk_status_clear(&status);
	support_log_in(state, "guanli");
	g_autoptr(GPtrArray) before = desk_bureau_routes(desk, CATERING, NULL);
	const struct bureau_route *market = route_of(before, "市场监管部门");
	assert_int_equal(market->from, BUREAU_ROUTE_NONE);
	assert_true(market->waiting > 0);
	must(desk_bureau_department_add(desk, "D-DEMO-MARKET", "演示市场监管局", &error));
	must(desk_bureau_route_set(
		desk, CATERING, market->printed, market->level, "D-DEMO-MARKET", &sent, &error));
	assert_int_equal(sent, 1);
	int left = 0;
	count(desk, number, &left, &bundles);
	assert_int_equal(left, waiting - market->waiting);
	assert_int_equal(bundles, 1);
	assert_int_equal(support_facts(state, "dispatched"), 1);
	assert_int_equal(support_facts(state, "route_set"), 1);
	g_autoptr(GPtrArray) after = desk_bureau_routes(desk, CATERING, NULL);
	const struct bureau_route *now = route_of(after, "市场监管部门");
	assert_int_equal(now->from, BUREAU_ROUTE_HALL);
	assert_int_equal(now->waiting, 0);
	assert_string_equal(now->department_name, "演示市场监管局");
	assert_int_equal(((struct bureau_route *)after->pdata[0])->from, BUREAU_ROUTE_NONE);
}

/* Two printed names that one department answers: the second comes in a bundle of its own. */
static void department_that_is_routed_twice_has_two_bundles(void **state)
{
	struct desk *desk = support_desk_of(state);
	int waiting = 0, bundles = 0, sent = 0;
	lose_routes(state);
	support_log_in(state, "yanshi");
	g_autofree char *id = NULL;
	g_autofree char *number = support_take_in(desk, "catering", &id);
	support_log_in(state, "guanli");
	g_autoptr(GPtrArray) routes = desk_bureau_routes(desk, CATERING, NULL);
	for (guint i = 0; i < routes->len; i++) {
		const struct bureau_route *route = routes->pdata[i];
		if (route->waiting > 0)
			must(desk_bureau_route_set(desk, CATERING, route->printed, route->level,
				"D-MARKET", &sent, &error));
	}
	count(desk, number, &waiting, &bundles);
	assert_int_equal(waiting, 0);
	assert_true(bundles > 1);
	g_autoptr(case_view) view = support_view(desk, number);
	for (guint i = 0; i < view->items->len; i++) {
		const struct case_item *item = view->items->pdata[i];
		assert_true(!item->taken || item->state == ITEM_STATE_DISPATCHED);
	}
}

static void hall_route_wins_until_it_is_given_up(void **state)
{
	struct desk *desk = support_desk_of(state);
	g_autoptr(GPtrArray) shipped = desk_bureau_routes(desk, CATERING, NULL);
	const struct bureau_route *market = route_of(shipped, "市场监管部门");
	assert_int_equal(market->from, BUREAU_ROUTE_VERSION);
	g_autofree char *code = g_strdup(market->department);
	must(desk_bureau_route_set(
		desk, CATERING, market->printed, market->level, "D-FIRE", NULL, &error));
	support_log_in(state, "yanshi");
	g_autofree char *first = desk_draft_new(desk, CATERING, "企业-2", NULL);
	g_autoptr(case_view) view = support_view(desk, first);
	int fire = 0, usual = 0;
	for (guint i = 0; i < view->items->len; i++) {
		const struct case_item *item = view->items->pdata[i];
		fire += strcmp(item->department, "D-FIRE") == 0;
		usual += strcmp(item->department, code) == 0;
	}
	assert_true(fire > 0);
	assert_int_equal(usual, 0);
	support_log_in(state, "guanli");
	must(desk_bureau_route_set(
		desk, CATERING, market->printed, market->level, "", NULL, &error));
	g_autoptr(GPtrArray) again = desk_bureau_routes(desk, CATERING, NULL);
	assert_int_equal(route_of(again, "市场监管部门")->from, BUREAU_ROUTE_VERSION);
	assert_string_equal(route_of(again, "市场监管部门")->department, code);
}

/* Hubei prints no department: one route for all its rows would be a guess. */
static void row_without_a_printed_department_has_a_route_of_its_own(void **state)
{
	struct desk *desk = support_desk_of(state);
	g_autoptr(GPtrArray) before = desk_bureau_routes(desk, "hubei-2023", NULL);
	const struct bureau_route *firm = route_of(before, "企业设立登记");
	assert_non_null(firm);
	assert_true(firm->unprinted);
	assert_int_equal(firm->items, 2);
	assert_int_equal(firm->from, BUREAU_ROUTE_NONE);
	must_fail(desk_bureau_route_set(desk, "hubei-2023", "", "", "D-MARKET", NULL, &error),
		ERR_CODE_NOT_FOUND);
	must(desk_bureau_route_set(
		desk, "hubei-2023", "企业设立登记", "", "D-MARKET", NULL, &error));
	g_autoptr(GPtrArray) after = desk_bureau_routes(desk, "hubei-2023", NULL);
	assert_int_equal(route_of(after, "企业设立登记")->from, BUREAU_ROUTE_HALL);
	assert_int_equal(route_of(after, "流动人口登记")->from, BUREAU_ROUTE_NONE);
	g_autoptr(GPtrArray) all = desk_bureau_routes(desk, NULL, NULL);
	assert_string_not_equal(((struct bureau_route *)all->pdata[0])->list, "hubei-2023");
}

static void routes_are_refused_with_a_reason(void **state)
{
	struct desk *desk = support_desk_of(state);
	static const char printed[] = "市场监管部门";
	static const struct {
		const char *list, *printed, *level, *department;
		enum err_code code;
	} rows[] = {
		{"nowhere", printed, "", "D-MARKET", ERR_CODE_NOT_FOUND},
		{CATERING, "没有印的部门", "", "D-MARKET", ERR_CODE_NOT_FOUND},
		{CATERING, printed, "没有的层级", "D-MARKET", ERR_CODE_NOT_FOUND},
		{CATERING, printed, "", "D-NOBODY", ERR_CODE_INVALID},
		{CATERING, printed, "", "a\033", ERR_CODE_INVALID},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		must_fail(desk_bureau_route_set(desk, rows[i].list, rows[i].printed, rows[i].level,
				  rows[i].department, NULL, &error),
			rows[i].code);
	must_fail(desk_bureau_department_add(desk, "D-MARKET", "甲", &error), ERR_CODE_EXISTS);
	must_fail(desk_bureau_department_add(desk, "market", "甲", &error), ERR_CODE_INVALID);
	must_fail(desk_bureau_department_add(desk, "D-X", "", &error), ERR_CODE_INVALID);
	must_fail(desk_bureau_department_add(desk, "D-X", "a\nb", &error), ERR_CODE_INVALID);
	must(desk_bureau_department_add(desk, "D-X", "甲", &error));
	must_fail(desk_bureau_department_add(desk, "D-X", "乙", &error), ERR_CODE_EXISTS);
	support_log_in(state, "zhuguan");
	must_fail(desk_bureau_route_set(desk, CATERING, printed, "", "D-FIRE", NULL, &error),
		ERR_CODE_PERMISSION);
	must_fail(desk_bureau_department_add(desk, "D-Y", "甲", &error), ERR_CODE_PERMISSION);
	assert_int_equal(support_facts(state, "route_set"), 0);
	assert_int_equal(support_facts(state, "department_added"), 1);
}

#define TEST(function)                                                                             \
	cmocka_unit_test_setup_teardown(function, support_bureau_set_up, support_desk_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(first_shut_gate_is_named),
		TEST(leave_taken_back_stops_intake_but_no_running_case),
		TEST(gates_are_opened_by_their_roles),
		TEST(confirmation_holds_until_the_definition_changes),
		TEST(confirmation_ends_when_a_shared_material_or_field_changes),
		TEST(confirmation_is_refused_without_basis_or_right),
		TEST(notice_is_for_reference_until_all_of_it_is_confirmed),
		TEST(item_without_a_route_waits_and_goes_out_when_it_has_one),
		TEST(department_that_is_routed_twice_has_two_bundles),
		TEST(hall_route_wins_until_it_is_given_up),
		TEST(row_without_a_printed_department_has_a_route_of_its_own),
		TEST(routes_are_refused_with_a_reason),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
