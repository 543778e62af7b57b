/* Keeping the catalogue: a change becomes a draft, is submitted, returned, published. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "support/bureau_home.h"

#define LIST "jiangmen-2020"

/* How the newest version of the list stands. */
static char *standing(void **state, const char *list)
{
	g_autoptr(GPtrArray) versions = desk_bureau_versions(support_desk_of(state), list, NULL);
	assert_non_null(versions);
	const struct catalogue_version *version = versions->pdata[versions->len - 1];
	return g_strdup_printf("%d %s", (int)version->version, desk_bureau_version_words(version));
}

static void assert_standing(void **state, const char *expected)
{
	g_autofree char *now = standing(state, LIST);
	assert_string_equal(now, expected);
}

static bool has(GStrv lists, const char *list)
{
	return g_strv_contains((const char *const *)lists, list);
}

/* ---- from change to version ---- */

static void change_of_a_service_is_made_in_every_list(void **state)
{
	g_auto(GStrv) lists = support_change_fee(state, LIST, "S-FOOD-LICENCE", "每件10元");
	assert_true(has(lists, LIST));
	assert_true(has(lists, "national-2022"));
	assert_false(has(lists, "tianmen-consolidated"));
	assert_standing(state, "2 草稿");
	g_autoptr(GPtrArray) sentences =
		desk_bureau_differences(support_desk_of(state), LIST, NULL);
	assert_non_null(sentences);
	assert_int_equal(sentences->len, 2);
	assert_non_null(strstr(sentences->pdata[0], "每件10元"));
	g_auto(GStrv) again = support_change_fee(state, LIST, "S-FOOD-LICENCE", "每件10元");
	assert_int_equal(g_strv_length(again), 0);
}

static void change_of_a_guide_leaves_the_others(void **state)
{
	g_auto(GStrv) lists = NULL;
	g_autoptr(json_t) guide =
		desk_bureau_entry(support_desk_of(state), LIST, 0, "theme", "1", NULL);
	json_array_append_new(json_object_get(guide, "conditions"), json_string("年满十八周岁"));
	g_autoptr(json_t) fragment = desk_bureau_fragment(LIST, "theme", guide);
	must(desk_bureau_change(support_desk_of(state), fragment, NULL, &lists, &error));
	assert_int_equal(g_strv_length(lists), 1);
	g_autoptr(GPtrArray) sentences =
		desk_bureau_differences(support_desk_of(state), LIST, NULL);
	assert_int_equal(sentences->len, 1);
	assert_non_null(strstr(sentences->pdata[0], "年满十八周岁"));
	g_autoptr(json_t) other =
		desk_bureau_entry(support_desk_of(state), LIST, BUREAU_NEWEST, "theme", "2", NULL);
	assert_true(json_array_size(json_object_get(other, "items")) > 0);
}

static void lists_that_disagree_keep_their_own(void **state)
{
	g_auto(GStrv) first = support_change_fee(state, LIST, "S-FOOD-LICENCE", "每件10元");
	must(desk_bureau_publish_draft(support_desk_of(state), LIST, "", "", "", NULL, &error));
	for (char **list = first; *list != NULL; list++)
		if (strcmp(*list, LIST) != 0)
			must(desk_bureau_discard(support_desk_of(state), *list, &error));
	g_auto(GStrv) lists = NULL;
	g_autoptr(json_t) guide = desk_bureau_entry(
		support_desk_of(state), "national-2022", 0, "theme", "企业-2", NULL);
	json_object_set_new(guide, "conditions", json_pack("[s]", "有固定场所"));
	g_autoptr(json_t) fragment = desk_bureau_fragment("national-2022", "theme", guide);
	must(desk_bureau_change(support_desk_of(state), fragment, NULL, &lists, &error));
	assert_int_equal(g_strv_length(lists), 1);
	assert_string_equal(lists[0], "national-2022");
	g_autoptr(json_t) service = desk_bureau_entry(support_desk_of(state), "national-2022",
		BUREAU_NEWEST, "service", "S-FOOD-LICENCE", NULL);
	assert_string_not_equal(json_text(service, "fee", ""), "每件10元");
}

static void draft_is_submitted_returned_and_published(void **state)
{
	struct desk *desk = support_desk_of(state);
	int version = 0;
	g_auto(GStrv) lists = support_change_fee(state, LIST, "S-FOOD-LICENCE", "每件10元");
	must_fail(desk_bureau_publish(desk, LIST, "", "", NULL, &error), ERR_CODE_MOVE);
	must_fail(desk_bureau_return(desk, LIST, "改", &error), ERR_CODE_MOVE);
	must(desk_bureau_submit(desk, LIST, "备案〔2026〕3号", "收费调整", &error));
	assert_standing(state, "2 已提交");
	must_fail(desk_bureau_submit(desk, LIST, "", "", &error), ERR_CODE_MOVE);
	must_fail(desk_bureau_return(desk, LIST, "  ", &error), ERR_CODE_INVALID);
	must(desk_bureau_return(desk, LIST, "缺收费依据", &error));
	assert_standing(state, "2 退回的草稿");
	must(desk_bureau_submit(desk, LIST, "备案〔2026〕4号", "", &error));
	must(desk_bureau_publish(desk, LIST, "", "", &version, &error));
	assert_int_equal(version, 2);
	assert_standing(state, "2 施行中");
	g_autoptr(GPtrArray) versions = desk_bureau_versions(desk, LIST, NULL);
	const struct catalogue_version *now = versions->pdata[1];
	assert_string_equal(now->filing, "备案〔2026〕4号");
	assert_string_equal(now->submitter, "guanli");
	assert_string_equal(now->origin, "local");
	assert_string_equal(desk_bureau_version_words(versions->pdata[0]), "已被替代");
	assert_int_equal(support_facts(state, "catalogue_submitted"), 8 + 2);
	assert_int_equal(support_facts(state, "catalogue_returned"), 1);
	assert_int_equal(support_facts(state, "catalogue_published"), 8 + 1);
}

static void submitted_draft_is_not_replaced(void **state)
{
	struct desk *desk = support_desk_of(state);
	g_auto(GStrv) lists = support_change_fee(state, LIST, "S-FOOD-LICENCE", "每件10元");
	must(desk_bureau_submit(desk, LIST, "", "", &error));
	g_autoptr(json_t) entry =
		desk_bureau_entry(desk, LIST, BUREAU_NEWEST, "service", "S-FOOD-LICENCE", NULL);
	json_object_set_new(entry, "fee", json_string("每件20元"));
	g_autoptr(json_t) fragment = desk_bureau_fragment(LIST, "service", entry);
	must_fail(desk_bureau_change(desk, fragment, NULL, NULL, &error), ERR_CODE_MOVE);
	const char *const paths[] = {"data/catalogue", NULL};
	must_fail(desk_bureau_import(desk, paths, "", NULL, NULL, &error), ERR_CODE_MOVE);
	assert_standing(state, "2 已提交");
	must(desk_bureau_discard(desk, LIST, &error));
	assert_standing(state, "1 施行中");
	must_fail(desk_bureau_discard(desk, LIST, &error), ERR_CODE_NOT_FOUND);
	must_fail(desk_bureau_submit(desk, LIST, "", "", &error), ERR_CODE_NOT_FOUND);
	assert_int_equal(support_facts(state, "catalogue_discarded"), 1);
}

static void version_of_a_later_day_waits(void **state)
{
	struct desk *desk = support_desk_of(state);
	g_auto(GStrv) lists = support_change_fee(state, LIST, "S-FOOD-LICENCE", "每件10元");
	must_fail(desk_bureau_publish_draft(desk, LIST, "", "", "2026-11-19", NULL, &error),
		ERR_CODE_INVALID);
	must_fail(desk_bureau_publish_draft(desk, LIST, "", "", "明天", NULL, &error),
		ERR_CODE_INVALID);
	assert_standing(state, "2 草稿");
	must(desk_bureau_publish_draft(desk, LIST, "", "", "2026-12-01", NULL, &error));
	assert_standing(state, "2 待施行");
}

/* ---- what is refused ---- */

static void wrong_fragment_is_refused_and_nothing_changes(void **state)
{
	static const struct {
		const char *json;
		enum err_code code;
		const char *says;
	} rows[] = {
		{"{\"id\":\"jiangmen-2020\",\"title\":\"改名\",\"issuer\":\"某局\",\"themes\":[]}",
			ERR_CODE_INVALID, "清单的原文不在这里改"},
		{"{\"format\":\"yichuang-catalogue-1\",\"list\":{}}", ERR_CODE_INVALID, "导入"},
		{"{\"services\":{}}", ERR_CODE_CATALOG, "不是数组"},
		{"{\"unknown\":[]}", ERR_CODE_CATALOG, "不认识"},
		{"{}", ERR_CODE_CATALOG, "看不出"},
		{"[]", ERR_CODE_INVALID, "没有内容"},
		{"7", ERR_CODE_JSON, "JSON"},
		{"{\"materials\":[{\"code\":\"M-ID-CARD\",\"name\":\"\",\"basis\":\"general\"}]}",
			ERR_CODE_CATALOG, "M-ID-CARD"},
		{"{\"materials\":[{\"code\":\"M-ID-CARD\",\"name\":\"a\\u001bb\",\"basis\":"
		 "\"general\"}]}",
			ERR_CODE_CATALOG, "M-ID-CARD"},
		{"{\"materials\":[{\"code\":\"M-ID-CARD\",\"name\":\"甲\",\"basis\":\"general\"},"
		 "{\"code\":\"M-ID-CARD\",\"name\":\"乙\",\"basis\":\"general\"}]}",
			ERR_CODE_CATALOG, "重复"},
		{"{\"list\":\"nowhere\",\"themes\":[]}", ERR_CODE_NOT_FOUND, "nowhere"},
		{"{\"list\":\"jiangmen-2020\",\"themes\":[{\"theme\":\"99\"}]}", ERR_CODE_CATALOG,
			"99"},
		{"{\"list\":\"jiangmen-2020\",\"themes\":[7]}", ERR_CODE_CATALOG, "主题"},
		{"{\"departments\":[],\"routes\":[{\"printed\":\"x\",\"department\":\"D-NONE\"}]}",
			ERR_CODE_CATALOG, "D-NONE"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		GError *error = NULL;
		g_autoptr(json_t) fragment = json_loads(rows[i].json, JSON_DECODE_ANY, NULL);
		assert_non_null(fragment);
		g_auto(GStrv) lists = NULL;
		assert_false(
			desk_bureau_change(support_desk_of(state), fragment, NULL, &lists, &error));
		if (!err_is(error, rows[i].code) || strstr(error->message, rows[i].says) == NULL)
			fail_msg("%s: %s", rows[i].json, error->message);
		g_clear_error(&error);
	}
	assert_standing(state, "1 施行中");
}

/* Deep nesting and a very long text, as a hostile sheet might make them. */
static void hostile_fragment_is_refused(void **state)
{
	json_t *deep = json_array();
	for (int i = 0; i < 100; i++)
		deep = json_pack("[o]", deep);
	g_autoptr(json_t) nested = json_pack("{s:o}", "services", deep);
	must_fail(desk_bureau_change(support_desk_of(state), nested, NULL, NULL, &error),
		ERR_CODE_JSON);
	g_autofree char *text = g_strnfill(10 << 20, 'x');
	g_autoptr(json_t) wide = json_pack("{s:[{s:s,s:s,s:s}]}", "materials", "code", "M-ID-CARD",
		"name", text, "basis", "general");
	must_fail(desk_bureau_change(support_desk_of(state), wide, NULL, NULL, &error),
		ERR_CODE_CATALOG);
	assert_standing(state, "1 施行中");
}

static void only_the_bureau_keeps_lists(void **state)
{
	struct desk *desk = support_desk_of(state);
	const char *const paths[] = {"data/catalogue", NULL};
	g_auto(GStrv) lists = support_change_fee(state, LIST, "S-FOOD-LICENCE", "每件10元");
	g_autoptr(json_t) fragment = json_pack("{s:[]}", "materials");
	static const char *const users[] = {"yanshi", "zhuguan", NULL};
	for (int i = 0; i < 3; i++) {
		if (users[i] != NULL)
			support_log_in(state, users[i]);
		else
			desk_logout(desk);
		must_fail(desk_bureau_import(desk, paths, "", NULL, NULL, &error),
			ERR_CODE_PERMISSION);
		must_fail(desk_bureau_change(desk, fragment, NULL, NULL, &error),
			ERR_CODE_PERMISSION);
		must_fail(desk_bureau_submit(desk, LIST, "", "", &error), ERR_CODE_PERMISSION);
		must_fail(desk_bureau_return(desk, LIST, "a", &error), ERR_CODE_PERMISSION);
		must_fail(
			desk_bureau_publish(desk, LIST, "", "", NULL, &error), ERR_CODE_PERMISSION);
		must_fail(desk_bureau_discard(desk, LIST, &error), ERR_CODE_PERMISSION);
	}
	assert_standing(state, "2 草稿");
}

static void texts_must_be_clean(void **state)
{
	struct desk *desk = support_desk_of(state);
	g_autofree char *wide = g_strnfill(300, 'x');
	g_auto(GStrv) lists = support_change_fee(state, LIST, "S-FOOD-LICENCE", "每件10元");
	must_fail(desk_bureau_submit(desk, LIST, "a\033b", "", &error), ERR_CODE_INVALID);
	must_fail(desk_bureau_submit(desk, LIST, "", wide, &error), ERR_CODE_INVALID);
	must(desk_bureau_submit(desk, LIST, "", "", &error));
	must_fail(desk_bureau_return(desk, LIST, "a\nb", &error), ERR_CODE_INVALID);
	must_fail(desk_bureau_publish(desk, LIST, "\xe2\x80\xae", "", NULL, &error),
		ERR_CODE_INVALID);
}

/* ---- reading ---- */

static void entries_are_read_by_kind(void **state)
{
	struct desk *desk = support_desk_of(state);
	static const struct {
		const char *kind, *code;
	} rows[] = {
		{"service", "S-FOOD-LICENCE"},
		{"material", "M-ID-CARD"},
		{"field", "applicant.name"},
		{"department", "D-MARKET"},
		{"theme", "1"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GPtrArray) codes = desk_bureau_entries(desk, LIST, 0, rows[i].kind, NULL);
		bool found = false;
		for (guint j = 0; codes != NULL && j < codes->len; j++)
			found |= strcmp(((struct catalogue_code *)codes->pdata[j])->code,
					 rows[i].code) == 0;
		assert_true(found);
		g_autoptr(json_t) entry =
			desk_bureau_entry(desk, LIST, 0, rows[i].kind, rows[i].code, NULL);
		assert_non_null(entry);
	}
	must_fail(desk_bureau_entries(desk, LIST, 0, "thing", &error), ERR_CODE_INVALID);
	must_fail(desk_bureau_entry(desk, LIST, 9, "service", "S-X", &error), ERR_CODE_NOT_FOUND);
	must_fail(desk_bureau_entry(desk, LIST, 0, "service", "S-X", &error), ERR_CODE_NOT_FOUND);
	must_fail(desk_bureau_entry(desk, LIST, 0, "theme", "99", &error), ERR_CODE_NOT_FOUND);
	must_fail(desk_bureau_entries(desk, "nowhere", BUREAU_NEWEST, "theme", &error),
		ERR_CODE_NOT_FOUND);
	must_fail(desk_bureau_differences(desk, LIST, &error), ERR_CODE_NOT_FOUND);
	assert_null(desk_bureau_fragment(LIST, "thing", json_null()));
	g_autoptr(json_t) bare =
		desk_bureau_entry(desk, "tianmen-consolidated", 0, "theme", "52", NULL);
	assert_string_equal(json_text(bare, "theme", ""), "52");
	assert_int_equal(json_object_size(bare), 1);
}

static void shipped_lists_are_without_errors(void **state)
{
	g_autoptr(catalog_faults) all = catalog_faults_new();
	must(desk_bureau_check(support_desk_of(state), NULL, all, &error));
	assert_int_equal(all->errors, 0);
	g_autoptr(catalog_faults) one = catalog_faults_new();
	must(desk_bureau_check(support_desk_of(state), LIST, one, &error));
	assert_int_equal(one->errors, 0);
	must_fail(desk_bureau_check(support_desk_of(state), "nowhere", one, &error),
		ERR_CODE_NOT_FOUND);
}

#define TEST(function)                                                                             \
	cmocka_unit_test_setup_teardown(function, support_bureau_set_up, support_desk_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(change_of_a_service_is_made_in_every_list),
		TEST(change_of_a_guide_leaves_the_others),
		TEST(lists_that_disagree_keep_their_own),
		TEST(draft_is_submitted_returned_and_published),
		TEST(submitted_draft_is_not_replaced),
		TEST(version_of_a_later_day_waits),
		TEST(wrong_fragment_is_refused_and_nothing_changes),
		TEST(hostile_fragment_is_refused),
		TEST(only_the_bureau_keeps_lists),
		TEST(texts_must_be_clean),
		TEST(entries_are_read_by_kind),
		TEST(shipped_lists_are_without_errors),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
