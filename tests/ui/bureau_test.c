/*
 * The bureau's screens over a real store with the small catalogue of tests/ui/bureau: drawn, and
 * driven by keys from a change in place to a version in force.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "catalog/catalogue.h"
#include "screens/bureau.h"
#include "screens/bureau_faults.h"
#include "screens/pick.h"
#include "support/desk_home.h"
#include "support/home.h"
#include "support/screen.h"

#define DAY_MS INT64_C(86400000)

struct fixture {
	char *home;
	struct app *app;
};

static const struct screen_options options = {.home = "/nonexistent"};

static int set_up(void **state)
{
	struct fixture *fixture = g_new0(struct fixture, 1);
	GError *error = NULL;
	fixture->home = support_home_new();
	struct store *store = store_open(fixture->home, STORE_MODE_WRITE, &error);
	if (store == NULL ||
		!catalogue_install(store, "tests/ui/bureau", SUPPORT_NOW_MS, NULL, &error))
		g_error("%s", error->message);
	store_close(store);
	struct desk *desk = desk_open(fixture->home, STORE_MODE_WRITE, &error);
	if (desk == NULL || !desk_demo_seed(desk, &error))
		g_error("%s", error->message);
	desk_close(desk);
	fixture->app = app_new(&options, support_desk(fixture->home, "guanli"));
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;
	app_free(fixture->app);
	support_home_free(fixture->home);
	g_free(fixture);
	return 0;
}

/* ---- going about ---- */

static struct app *at(void **state, const struct screen_ops *ops, const char *argument)
{
	struct fixture *fixture = *state;
	support_to_home(fixture->app);
	assert_true(app_open(fixture->app, ops, argument));
	return fixture->app;
}

static struct app *at_entry(void **state, const char *kind, const char *list, const char *code)
{
	g_autofree char *argument = bureau_argument(kind, list, code, "", "");
	return at(state, &screen_bureau_entry, argument);
}

/* Down until the selected row shows the words. */
static void go_down_to(struct app *app, const char *words)
{
	for (int i = 0; i < 60; i++) {
		g_autofree char *dump = support_dump(app, 24, 80);
		g_auto(GStrv) rows = g_strsplit(dump, "\n", -1);
		for (char **row = rows + 3; *row != NULL; row++)
			if (**row == '>' && strstr(*row, words) != NULL)
				return;
		support_press(app, KEY_DOWN_);
	}
	g_autofree char *dump = support_dump(app, 24, 80);
	fail_msg("no row %s\n%s", words, dump);
}

static const char *current(struct app *app)
{
	return app_current(app)->name;
}

static json_t *entry_of(struct app *app, const char *list, const char *kind, const char *code)
{
	GError *error = NULL;
	json_t *value = desk_bureau_entry(app_desk(app), list, BUREAU_NEWEST, kind, code, &error);
	if (value == NULL)
		fail_msg("%s", error->message);
	return value;
}

static int promised_of(struct app *app, const char *list)
{
	g_autoptr(json_t) service = entry_of(app, list, "service", "S-FOOD");
	return (int)json_integer_or(json_object_get(service, "promised"), "number", -1);
}

static void change_promised(struct app *app, const char *days)
{
	go_down_to(app, "承诺时限");
	support_press(app, KEY_ENTER_);
	assert_string_equal(current(app), "ask");
	support_press(app, KEY_CTRL('U'));
	support_type(app, days);
	support_press(app, KEY_ENTER_);
	support_press(app, KEY_ENTER_);
	support_press(app, KEY_ENTER_);
}

/* ---- drawn ---- */

static void test_every_screen_is_drawn(void **state)
{
	static const struct {
		const char *name;
		const struct screen_ops *ops;
		const char *argument;
	} rows[] = {
		{"bureau", &screen_bureau, NULL},
		{"bureau-list", &screen_bureau_list, "yanshi-a"},
		{"bureau-theme", &screen_bureau_entry, "theme\tyanshi-a\t1\t\t"},
		{"bureau-service", &screen_bureau_entry, "service\tyanshi-a\tS-FOOD\t1\tM-HEALTH"},
		{"bureau-material", &screen_bureau_entry, "material\tyanshi-a\tM-ID-CARD\t\t"},
		{"bureau-field", &screen_bureau_entry, "field\tyanshi-a\tapplicant.name\t\t"},
		{"bureau-faults", &screen_bureau_faults, "yanshi-a"},
		{"bureau-versions", &screen_bureau_versions, "yanshi-a"},
		{"route", &screen_route, NULL},
	};
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct app *app = at(state, rows[i].ops, rows[i].argument);
		assert_true(support_snapshot(app, rows[i].name));
	}
}

static void test_others_see_a_sentence(void **state)
{
	struct fixture *fixture = *state;
	struct app *app = fixture->app;
	must(desk_login_demo(app_desk(app), "yanshi", &error));
	support_to_home(app);
	static const struct screen_ops *const closed[] = {&screen_bureau, &screen_route,
		&screen_bureau_list, &screen_bureau_entry, &screen_bureau_faults};
	for (gsize i = 0; i < G_N_ELEMENTS(closed); i++) {
		assert_false(app_open(app, closed[i], "yanshi-a"));
		assert_true(support_shows(app, "清单由数据局管理员维护"));
	}
	must(desk_login_demo(app_desk(app), "guanli", &error));
}

/* The hall's supervisor shelves; leave is the bureau's to give. */
static void test_a_supervisor_shelves_and_changes_nothing(void **state)
{
	struct fixture *fixture = *state;
	struct app *app = fixture->app;
	must(desk_login_demo(app_desk(app), "zhuguan", &error));
	at(state, &screen_bureau_list, "yanshi-a");
	assert_true(support_shows(app, "√上架"));
	support_press(app, KEY_F(3));
	assert_true(support_shows(app, "“我要开便利店”已撤下"));
	support_press(app, KEY_F(3));
	assert_true(support_shows(app, "“我要开便利店”已上架"));
	support_press(app, KEY_F(2));
	support_type(app, "1");
	assert_true(support_shows(app, "没有“"));
	assert_true(support_shows(app, "√授权"));
	at_entry(state, "service", "yanshi-a", "S-FOOD");
	change_promised(app, "5");
	assert_string_equal(current(app), "ask");
	assert_true(support_shows(app, "没有“"));
	must(desk_login_demo(app_desk(app), "guanli", &error));
}

static void test_the_menu_leads_here(void **state)
{
	struct app *app = at(state, &screen_menu, NULL);
	go_down_to(app, "清单维护");
	support_press(app, KEY_ENTER_);
	assert_string_equal(current(app), "bureau");
	support_press(app, KEY_F(10));
	assert_string_equal(current(app), "route");
	support_press(app, KEY_ESCAPE_);
	support_press(app, KEY_ENTER_);
	assert_string_equal(current(app), "bureau-list");
	support_press(app, KEY_ENTER_);
	assert_string_equal(current(app), "bureau-entry");
	go_down_to(app, "食品经营许可");
	support_press(app, KEY_ENTER_);
	assert_true(support_shows(app, "服务 S-FOOD 食品经营许可"));
}

/* Chinese, initials and pinyin narrow the list as they are typed. */
static void test_filter_narrows(void **state)
{
	static const char *const typed[] = {"便利", "kbld", "bianli", "烟草"};
	for (gsize i = 0; i < G_N_ELEMENTS(typed); i++) {
		struct app *app = at(state, &screen_bureau_list, "yanshi-a");
		support_type(app, typed[i]);
		g_autofree char *dump = support_dump(app, 24, 80);
		assert_non_null(strstr(dump, "我要开便利店"));
		assert_null(strstr(dump, "我要办婚事"));
	}
	struct app *app = at(state, &screen_bureau_list, "yanshi-a");
	support_type(app, "没有");
	assert_true(support_shows(app, "没有这样的一件事"));
}

/* Every key that a bar shows does something on its screen. */
static void test_the_key_bar_is_true(void **state)
{
	static const struct {
		const struct screen_ops *ops;
		const char *argument;
	} rows[] = {{&screen_bureau, NULL}, {&screen_bureau_list, "yanshi-a"},
		{&screen_bureau_entry, "theme\tyanshi-a\t1\t\t"},
		{&screen_bureau_faults, "yanshi-a"}, {&screen_bureau_versions, "yanshi-a"},
		{&screen_route, NULL}};
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree const struct keymap_row **keys = keymap_rows(rows[i].ops->context);
		for (int row = 0; keys[row] != NULL; row++) {
			enum action action = keys[row]->action;
			if (!keys[row]->in_bar || action == ACTION_HELP || action == ACTION_BACK)
				continue;
			struct app *app = at(state, rows[i].ops, rows[i].argument);
			struct open_screen *top = app_top(app);
			if (top->ops->action(app, top->state, action) & EFFECT_UNHANDLED)
				fail_msg("%s: %s %s does nothing", rows[i].ops->name,
					key_name(keys[row]->key), action_label(action));
		}
	}
}

/* ---- changed in place ---- */

/* One change of a shared service makes a draft of every list that has it, and one key takes it
 * back. */
static void test_change_reaches_every_list_and_is_taken_back(void **state)
{
	struct app *app = at_entry(state, "service", "yanshi-a", "S-FOOD");
	change_promised(app, "8");
	assert_string_equal(current(app), "bureau-entry");
	assert_true(support_shows(app, "2 份清单存为草稿：演示市、演示区"));
	assert_true(support_shows(app, "8个工作日"));
	assert_true(support_shows(app, "草稿 第2版"));
	assert_int_equal(promised_of(app, "yanshi-a"), 8);
	assert_int_equal(promised_of(app, "yanshi-b"), 8);
	support_press(app, KEY_CTRL('Z'));
	assert_true(support_shows(app, "已撤回"));
	assert_true(support_shows(app, "草稿已去掉：演示市、演示区")); /* it said nothing new */
	assert_true(support_shows(app, "施行中 第1版"));
	assert_int_equal(promised_of(app, "yanshi-b"), 10);
	support_press(app, KEY_CTRL('Z'));
	assert_true(support_shows(app, "还没有修改可以撤回"));
}

/* What the validator refuses is said, what was typed stays, nothing is stored. */
static void test_invalid_change_stays_in_the_form(void **state)
{
	struct app *app = at_entry(state, "service", "yanshi-a", "S-FOOD");
	change_promised(app, "八");
	assert_string_equal(current(app), "ask");
	assert_true(support_shows(app, "“多少”不是数字"));
	assert_true(support_shows(app, "八"));
	support_press(app, KEY_ESCAPE_);
	support_press(app, KEY_HOME_);
	go_down_to(app, "依据      食品安全法");
	support_press(app, KEY_ENTER_);
	support_press(app, KEY_CTRL('U'));
	support_press(app, KEY_ENTER_);
	assert_string_equal(current(app), "ask");
	assert_true(support_shows(app, "依据还没有写"));
	support_press(app, KEY_ESCAPE_);
	assert_int_equal(promised_of(app, "yanshi-a"), 10);
}

/* Somebody else of the home changed it while the form was open: nothing of his is written over. */
static void test_what_was_changed_elsewhere_is_not_written_over(void **state)
{
	struct app *app = at_entry(state, "service", "yanshi-a", "S-FIRE");
	go_down_to(app, "收费");
	support_press(app, KEY_ENTER_);
	g_autoptr(json_t) other = entry_of(app, "yanshi-a", "service", "S-FIRE");
	json_object_set_new(other, "result", json_string("检查合格证"));
	g_autoptr(json_t) fragment = desk_bureau_fragment("yanshi-a", "service", other);
	must(desk_bureau_change(app_desk(app), fragment, NULL, NULL, &error));
	support_type(app, "，不另收");
	support_press(app, KEY_ENTER_);
	support_press(app, KEY_ENTER_);
	assert_string_equal(current(app), "ask");
	assert_true(support_shows(app, "在别处改过了"));
	assert_true(support_shows(app, "不另收"));
	g_autoptr(json_t) kept = entry_of(app, "yanshi-a", "service", "S-FIRE");
	assert_string_equal(json_text(kept, "result", ""), "检查合格证");
	assert_string_equal(json_text(kept, "fee", ""), "不收费");
}

/* A condition on a question that is not there is the whole check's fault, not the form's. */
static void test_refusal_of_the_whole_check_stays_in_the_form(void **state)
{
	struct app *app = at_entry(state, "theme", "yanshi-a", "1");
	go_down_to(app, "个体工商户登记");
	support_press(app, KEY_DOWN_);
	support_press(app, KEY_ENTER_);
	support_press(app, KEY_DOWN_);
	support_press(app, KEY_CTRL('U'));
	support_type(app, "nothing=at_all");
	for (int i = 0; i < 4; i++)
		support_press(app, KEY_ENTER_);
	assert_string_equal(current(app), "ask");
	assert_true(support_shows(app, "nothing"));
	support_press(app, KEY_ESCAPE_);
	g_autoptr(json_t) guide = entry_of(app, "yanshi-a", "theme", "1");
	assert_string_equal(
		json_text(bureau_at(guide, "items/0/when/licensed"), "", "array"), "array");
	assert_non_null(bureau_at(guide, "items/0/when/licensed"));
}

/* The row of a form that has the cursor. */
static bool is_on_row(struct app *app, const char *label)
{
	g_autofree char *dump = support_dump(app, 24, 80);
	g_autofree char *row = g_strdup_printf("\n > %s", label);
	if (strstr(dump, row) == NULL)
		print_message("the cursor is not on %s\n%s\n", label, dump);
	return strstr(dump, row) != NULL;
}

/* A promise longer than the law allows is refused by the validator, in its words; nothing is lost,
 * and the cursor stands where the fault is, whether the sentence names the row or not. */
static void test_too_long_a_promise_is_refused(void **state)
{
	struct app *app = at_entry(state, "service", "yanshi-a", "S-FOOD");
	change_promised(app, "30");
	assert_string_equal(current(app), "ask");
	assert_true(support_shows(app, "承诺时限比法定时限长"));
	assert_true(support_shows(app, "30"));
	assert_true(is_on_row(app, "多少"));
	support_press(app, KEY_CTRL('U'));
	support_type(app, "20000");
	for (int i = 0; i < 3; i++)
		support_press(app, KEY_ENTER_);
	assert_true(support_shows(app, "越界"));
	assert_true(is_on_row(app, "多少"));
	support_press(app, KEY_CTRL('U'));
	support_type(app, "9");
	support_press(app, KEY_ENTER_);
	support_press(app, KEY_ENTER_);
	support_press(app, KEY_CTRL('U'));
	support_press(app, KEY_ENTER_);
	assert_true(support_shows(app, "缺少"));
	assert_true(is_on_row(app, "依据"));
	support_press(app, KEY_ESCAPE_);
	assert_int_equal(promised_of(app, "yanshi-a"), 10);
}

/* What is only lint is kept, said at once, and leads from the list of faults back to its entry. */
static void test_lint_is_said_at_once(void **state)
{
	struct app *app = at_entry(state, "theme", "yanshi-a", "2");
	go_down_to(app, "问题      1 个");
	support_press(app, KEY_F(2));
	support_type(app, "seats");
	support_press(app, KEY_ENTER_);
	support_type(app, "有没有堂食？");
	support_press(app, KEY_ENTER_);
	support_type(app, "general");
	support_press(app, KEY_ENTER_);
	support_press(app, KEY_ENTER_);
	assert_string_equal(current(app), "bureau-entry");
	assert_true(support_shows(app, "注意 2 处：问题 size 怎么答都一样"));
	at(state, &screen_bureau_faults, "yanshi-a");
	go_down_to(app, "seats");
	support_press(app, KEY_ENTER_);
	assert_true(support_shows(app, "一件事 2 我要开小餐馆"));
	go_down_to(app, "有没有堂食");
	support_press(app, KEY_F(4));
	assert_true(support_shows(app, "已改“删去 问题 2”"));
	support_press(app, KEY_CTRL('Z'));
	support_press(app, KEY_CTRL('Z'));
	g_autoptr(json_t) guide = entry_of(app, "yanshi-a", "theme", "2");
	assert_int_equal(json_array_size(bureau_at(guide, "questions")), 1);
}

static void test_material_is_added_changed_and_removed(void **state)
{
	struct app *app = at_entry(state, "service", "yanshi-a", "S-TOBACCO");
	go_down_to(app, "身份证明");
	support_press(app, KEY_F(2));
	assert_true(support_snapshot(app, "pick-material"));
	support_type(app, "pmbz");
	support_press(app, KEY_ENTER_);
	assert_true(support_shows(app, "平面布置图"));
	support_press(app, KEY_ENTER_);
	assert_true(support_snapshot(app, "ask-material-use"));
	support_type(app, "2");
	support_press(app, KEY_ENTER_);
	support_press(app, KEY_CTRL('U'));
	support_type(app, "3");
	for (int i = 0; i < 6; i++)
		support_press(app, KEY_ENTER_);
	g_autoptr(json_t) changed = entry_of(app, "yanshi-a", "service", "S-TOBACCO");
	assert_string_equal(
		json_text(bureau_at(changed, "materials/1"), "necessity", ""), "deferrable");
	assert_int_equal(json_integer_or(bureau_at(changed, "materials/1"), "originals", 0), 3);
	support_press(app, KEY_F(4));
	g_autoptr(json_t) removed = entry_of(app, "yanshi-a", "service", "S-TOBACCO");
	assert_int_equal(json_array_size(bureau_at(removed, "materials")), 1);
	for (int i = 0; i < 3; i++)
		support_press(app, KEY_CTRL('Z'));
}

static void test_questions_options_and_names_change(void **state)
{
	struct app *app = at_entry(state, "theme", "yanshi-a", "2");
	go_down_to(app, "显示名称");
	support_press(app, KEY_ENTER_);
	support_type(app, "开小餐馆一件事");
	support_press(app, KEY_ENTER_);
	go_down_to(app, "五十平方米以上");
	support_press(app, KEY_ENTER_);
	support_press(app, KEY_DOWN_);
	support_press(app, KEY_DOWN_);
	support_type(app, "面积大的另办");
	support_press(app, KEY_DOWN_);
	support_type(app, "请办大型餐饮");
	support_press(app, KEY_ENTER_);
	assert_string_equal(current(app), "bureau-entry");
	g_autoptr(json_t) guide = entry_of(app, "yanshi-a", "theme", "2");
	assert_string_equal(json_text(guide, "display", ""), "开小餐馆一件事");
	const json_t *option = bureau_at(guide, "questions/0/options/1");
	assert_string_equal(json_text(option, "blocks", ""), "面积大的另办");
	assert_string_equal(json_text(option, "remedy", ""), "请办大型餐饮");
	support_press(app, KEY_CTRL('Z'));
	support_press(app, KEY_CTRL('Z'));
}

/* A theme nobody described gets its services by typing, and so a guide; the form says how. */
static void test_an_item_gets_its_service_by_typing(void **state)
{
	struct app *app = at_entry(state, "theme", "yanshi-a", "3");
	go_down_to(app, "还没有写明是哪项服务");
	support_press(app, KEY_F(2));
	assert_string_equal(current(app), "pick");
	support_type(app, "gtgsh");
	support_press(app, KEY_ENTER_);
	assert_string_equal(current(app), "bureau-entry");
	go_down_to(app, "还没有写明是哪项服务");
	support_press(app, KEY_F(2));
	support_type(app, "mdzp");
	support_press(app, KEY_ENTER_);
	g_autoptr(json_t) guide = entry_of(app, "yanshi-a", "theme", "3");
	assert_string_equal(json_text(bureau_at(guide, "items/0"), "service", ""), "S-TRADER");
	assert_string_equal(json_text(bureau_at(guide, "items/1"), "service", ""), "S-SIGN");
	assert_null(bureau_at(guide, "items/1/not_offered"));
}

static void test_rows_are_moved(void **state)
{
	struct app *app = at_entry(state, "theme", "yanshi-a", "1");
	go_down_to(app, "问题 3");
	support_press(app, KEY_CTRL_UP_);
	g_autoptr(json_t) moved = entry_of(app, "yanshi-a", "theme", "1");
	assert_string_equal(json_text(bureau_at(moved, "questions/1"), "id", ""), "tobacco");
	assert_true(support_shows(app, "问题 2  卖卷烟、雪茄烟吗")); /* the cursor went along */
	support_press(app, KEY_CTRL_UP_);
	support_press(app, KEY_CTRL_UP_);
	assert_true(support_shows(app, "这一行不能再移"));
	support_press(app, KEY_CTRL('Z'));
	support_press(app, KEY_CTRL('Z'));
}

static void test_what_is_not_there_does_not_open(void **state)
{
	static const char *const arguments[] = {"service\tyanshi-a\tS-NOTHING\t\t",
		"theme\tyanshi-a\t99\t\t", "material\tnowhere\tM-ID-CARD\t\t", "", "x\ty"};
	struct app *app = at(state, &screen_bureau, NULL);
	for (gsize i = 0; i < G_N_ELEMENTS(arguments); i++)
		assert_false(app_open(app, &screen_bureau_entry, arguments[i]));
	assert_false(app_open(app, &screen_bureau_list, "nowhere"));
	assert_string_equal(current(app), "bureau");
}

/* Every kind of row can be opened, and a form that is only confirmed changes nothing. */
static void test_a_form_that_changes_nothing_makes_no_draft(void **state)
{
	struct app *app = at_entry(state, "service", "yanshi-b", "S-SIGN");
	g_autoptr(json_t) before = entry_of(app, "yanshi-b", "service", "S-SIGN");
	for (int row = 0; row < 40; row++) {
		support_press(app, KEY_ENTER_);
		for (int i = 0; i < 8 && strcmp(current(app), "ask") == 0; i++)
			support_press(app, KEY_ENTER_);
		while (strcmp(current(app), "bureau-entry") != 0)
			support_press(app, KEY_ESCAPE_);
		support_press(app, KEY_DOWN_);
	}
	g_autoptr(json_t) after = entry_of(app, "yanshi-b", "service", "S-SIGN");
	assert_true(json_equal(before, after));
}

/* ---- from draft to force ---- */

static int in_force(struct app *app, const char *list)
{
	int version = 0;
	must(catalogue_version_of(desk_store(app_desk(app)), list, 0, &version, &error));
	return version;
}

static void to_status(struct app *app, const char *words)
{
	g_autofree char *title = g_strdup(words);
	assert_true(support_shows(app, title));
}

static void test_draft_is_submitted_returned_published_and_in_force(void **state)
{
	struct fixture *fixture = *state;
	struct app *app = at_entry(state, "service", "yanshi-a", "S-FOOD");
	int before = in_force(app, "yanshi-a");
	change_promised(app, "7");
	at(state, &screen_bureau_list, "yanshi-a");
	to_status(app, "还没有提交");
	support_press(app, KEY_F(8)); /* not yet: it says what comes first */
	assert_true(support_shows(app, "F6 提交并填备案号"));
	support_press(app, KEY_F(5));
	assert_true(support_snapshot(app, "bureau-differences"));
	support_press(app, KEY_ESCAPE_);
	support_press(app, KEY_F(6));
	assert_true(support_snapshot(app, "ask-submit"));
	support_type(app, "演备〔2026〕3号");
	support_press(app, KEY_ENTER_);
	support_type(app, "缩短承诺时限");
	support_press(app, KEY_ENTER_);
	to_status(app, "已提交");
	support_press(app, KEY_F(7));
	support_type(app, "请写明依据");
	support_press(app, KEY_ENTER_);
	to_status(app, "退回：请写明依据");
	support_press(app, KEY_F(6));
	support_type(app, "演备〔2026〕3号");
	support_press(app, KEY_ENTER_);
	support_press(app, KEY_ENTER_);
	at_entry(state, "service", "yanshi-a", "S-FOOD");
	change_promised(app, "6");
	assert_string_equal(current(app), "ask"); /* submitted: first returned, then changed */
	assert_true(support_shows(app, "退回"));
	at(state, &screen_bureau_list, "yanshi-a");
	support_press(app, KEY_F(8));
	assert_true(support_snapshot(app, "ask-publish"));
	support_press(app, KEY_ENTER_);
	support_press(app, KEY_ENTER_);
	support_press(app, KEY_ENTER_); /* the safe answer stands: nothing is published */
	to_status(app, "已提交");
	support_press(app, KEY_F(8));
	support_press(app, KEY_CTRL('U'));
	support_type(app, "2026-11-01");
	support_press(app, KEY_ENTER_);
	support_press(app, KEY_ENTER_);
	support_type(app, "2");
	support_press(app, KEY_ENTER_); /* a day that is over: said, what was typed stays */
	assert_string_equal(current(app), "ask");
	assert_true(support_shows(app, "2026-11-01"));
	support_press(app, KEY_UP_);
	support_press(app, KEY_UP_);
	support_press(app, KEY_CTRL('U'));
	support_type(app, "2026-11-21");
	support_press(app, KEY_ENTER_);
	support_press(app, KEY_ENTER_);
	support_press(app, KEY_ENTER_);
	to_status(app, "待施行");
	assert_int_equal(in_force(app, "yanshi-a"), before);
	at(state, &screen_bureau, NULL);
	assert_true(support_shows(app, "待施行 第2版 2026-11-21"));
	must(desk_set_now(app_desk(app), SUPPORT_DESK_NOW_MS + DAY_MS, &error));
	must(catalogue_settle(
		desk_store(app_desk(app)), SUPPORT_DESK_NOW_MS + DAY_MS, NULL, &error));
	assert_int_equal(in_force(app, "yanshi-a"), before + 1);
	at(state, &screen_bureau_versions, "yanshi-a");
	assert_true(support_shows(app, "施行中"));
	assert_true(support_shows(app, "演备〔2026〕3号"));
	must(desk_set_now(app_desk(app), SUPPORT_DESK_NOW_MS, &error));
	(void)fixture;
}

static void test_draft_is_given_up(void **state)
{
	struct app *app = at(state, &screen_bureau_list, "yanshi-b");
	support_press(app, KEY_F(10));
	assert_string_equal(current(app), "prompt");
	support_press(app, KEY_ENTER_); /* Enter alone is no */
	to_status(app, "草稿");
	support_press(app, KEY_F(10));
	support_type(app, "1");
	to_status(app, "施行中");
	assert_int_equal(promised_of(app, "yanshi-b"), 10);
	support_press(app, KEY_F(10));
	assert_true(support_shows(app, "没有草稿可以放弃"));
	support_press(app, KEY_F(5));
	assert_string_equal(current(app), "bureau-list");
}

/* ---- gates, confirmation, routes ---- */

static struct theme_gates gates_of(struct app *app, const char *list, const char *theme)
{
	struct theme_gates gates = {0};
	must(desk_bureau_gates(app_desk(app), list, theme, &gates, &error));
	return gates;
}

static void test_gates_open_and_shut(void **state)
{
	struct app *app = at(state, &screen_bureau_list, "yanshi-b");
	assert_false(gates_of(app, "yanshi-b", "1").on_shelf);
	if (!gates_of(app, "yanshi-b", "1").authorised)
		support_press(app, KEY_F(2));
	assert_true(gates_of(app, "yanshi-b", "1").authorised);
	support_press(app, KEY_F(3));
	assert_true(gates_of(app, "yanshi-b", "1").on_shelf);
	assert_true(support_shows(app, "√上架"));
	support_press(app, KEY_F(3));
	assert_false(gates_of(app, "yanshi-b", "1").on_shelf);
	support_press(app, KEY_F(2));
	support_press(app, KEY_ENTER_); /* taking back is asked; Enter alone is no */
	assert_true(gates_of(app, "yanshi-b", "1").authorised);
	support_press(app, KEY_F(2));
	support_type(app, "1");
	assert_false(gates_of(app, "yanshi-b", "1").authorised);
	assert_true(support_shows(app, "○未授权"));
	at(state, &screen_bureau, NULL);
	go_down_to(app, "演示区");
	support_press(app, KEY_F(2));
	support_type(app, "1");
	assert_true(support_shows(app, "整份清单已授权"));
	assert_true(gates_of(app, "yanshi-b", "1").authorised);
}

static void test_reference_is_confirmed_and_taken_back(void **state)
{
	struct app *app = at_entry(state, "service", "yanshi-a", "S-TRADER");
	assert_true(support_shows(app, "参考，以当地实施清单为准"));
	support_press(app, KEY_F(3));
	support_type(app, "实施清单第12号");
	support_press(app, KEY_ENTER_);
	assert_true(support_shows(app, "已确认（实施清单第12号"));
	support_press(app, KEY_F(5));
	assert_true(support_shows(app, "参考，以当地实施清单为准"));
	at_entry(state, "theme", "yanshi-a", "1");
	support_press(app, KEY_F(3));
	support_type(app, "实施清单第13号");
	support_press(app, KEY_ENTER_);
	assert_true(support_shows(app, "已确认（实施清单第13号"));
	support_press(app, KEY_F(5));
	assert_true(support_shows(app, "参考，以当地实施清单为准"));
	support_press(app, KEY_F(5));
	assert_true(support_shows(app, "没有确认过"));
}

/* A draft is not what people are told: it is confirmed when it is in force. */
static void test_a_draft_is_not_confirmed(void **state)
{
	struct app *app = at_entry(state, "service", "yanshi-a", "S-TOBACCO");
	change_promised(app, "9");
	support_press(app, KEY_F(3));
	support_type(app, "实施清单第14号");
	support_press(app, KEY_ENTER_);
	assert_true(support_shows(app, "还没有施行"));
	support_press(app, KEY_CTRL('Z'));
}

static void test_route_is_set_and_cleared(void **state)
{
	struct app *app = at(state, &screen_route, NULL);
	go_down_to(app, "各市区市场监管部门");
	support_press(app, KEY_ENTER_);
	assert_true(support_snapshot(app, "pick-department"));
	support_type(app, "scjd");
	support_press(app, KEY_ENTER_);
	assert_true(support_shows(app, "“各市区市场监管部门”送 D-MARKET"));
	go_down_to(app, "各市区市场监管部门");
	assert_true(support_shows(app, "√ 本大厅"));
	support_press(app, KEY_F(4));
	assert_true(support_shows(app, "恢复按清单版本送"));
	support_press(app, KEY_F(2));
	support_type(app, "D-YANSHI-MARKET");
	support_press(app, KEY_ENTER_);
	support_type(app, "演示区市场监督管理局");
	support_press(app, KEY_ENTER_);
	assert_true(support_shows(app, "已添加 演示区市场监督管理局"));
	go_down_to(app, "各市区市场监管部门");
	support_press(app, KEY_ENTER_);
	support_type(app, "ysq");
	support_press(app, KEY_ENTER_);
	assert_true(support_shows(app, "D-YANSHI-MARKET"));
	go_down_to(app, "各市区市场监管部门");
	support_press(app, KEY_F(4));
}

/* ---- parts ---- */

static void test_conditions_are_typed_and_read(void **state)
{
	(void)state;
	g_autoptr(json_t) condition = bureau_condition_parse(" licensed=no  food=bulk,cook ", NULL);
	assert_non_null(condition);
	g_autofree char *text = bureau_condition_text(condition);
	assert_string_equal(text, "licensed=no food=bulk,cook");
	g_autoptr(json_t) guide = json_pack("{s:[{s:s,s:s,s:[{s:s,s:s}]}]}", "questions", "id",
		"licensed", "text", "领了吗？", "options", "id", "no", "text", "还没有");
	g_autofree char *words = bureau_condition_words(condition, guide);
	assert_string_equal(words, "“领了吗？”答“还没有”，并且“food”答“bulk”或“cook”");
	static const char *const wrong[] = {"licensed", "=no", "licensed=", "a=b c"};
	for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++)
		must_fail(bureau_condition_parse(wrong[i], &error), ERR_CODE_INVALID);
	g_autoptr(json_t) empty = bureau_condition_parse("", NULL);
	assert_int_equal(json_object_size(empty), 0);
}

static void test_faults_lead_to_their_entry(void **state)
{
	(void)state;
	static const struct {
		const char *file, *list, *entry, *argument;
	} rows[] = {
		{"", "a", "主题 企业-2 第 3 行", "theme\ta\t企业-2\t\t"},
		{"", "a", "主题 1 问题 loan", "theme\ta\t1\t\tloan"},
		{"", "a", "主题 1 服务 S-X 材料 M-Y", "service\ta\tS-X\t1\tM-Y"},
		{"b@2（已入库）", "", "服务 S-X 期限 promised", "service\tb\tS-X\t\t"},
		{"b@2（已入库）", "", "材料 M-Y", "material\tb\tM-Y\t\t"},
		{"b@2（已入库）", "", "字段 a.b", "field\tb\ta.b\t\t"},
		{"b", "", "", NULL},
	};
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		const struct catalog_fault fault = {
			.file = (char *)rows[i].file, .entry = (char *)rows[i].entry};
		g_autofree char *argument = bureau_fault_argument(&fault, rows[i].list);
		if (g_strcmp0(argument, rows[i].argument) != 0)
			fail_msg("%s: %s", rows[i].entry, argument);
	}
}

static void test_paths_lead_into_an_entry(void **state)
{
	(void)state;
	g_autoptr(json_t) entry = json_pack("{s:[s,s]}", "a", "one", "two");
	assert_string_equal(json_string_value(bureau_at(entry, "a/1")), "two");
	assert_null(bureau_at(entry, "a/2"));
	assert_null(bureau_at(entry, "b/c/d"));
	assert_true(bureau_put(entry, "a/2", json_string("three")));
	assert_true(bureau_put(entry, "a/0", NULL));
	assert_true(bureau_put(entry, "new/0", json_string("first")));
	assert_false(bureau_put(entry, "a/9", json_string("far")));
	assert_false(bureau_put(entry, "a/0/x/y", json_string("nowhere")));
	g_autofree char *text = json_frozen(entry, NULL);
	assert_string_equal(text, "{\"a\":[\"two\",\"three\"],\"new\":[\"first\"]}");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_screen_is_drawn),
		cmocka_unit_test(test_others_see_a_sentence),
		cmocka_unit_test(test_a_supervisor_shelves_and_changes_nothing),
		cmocka_unit_test(test_the_menu_leads_here),
		cmocka_unit_test(test_filter_narrows),
		cmocka_unit_test(test_the_key_bar_is_true),
		cmocka_unit_test(test_conditions_are_typed_and_read),
		cmocka_unit_test(test_faults_lead_to_their_entry),
		cmocka_unit_test(test_paths_lead_into_an_entry),
		cmocka_unit_test(test_a_form_that_changes_nothing_makes_no_draft),
		cmocka_unit_test(test_change_reaches_every_list_and_is_taken_back),
		cmocka_unit_test(test_invalid_change_stays_in_the_form),
		cmocka_unit_test(test_what_was_changed_elsewhere_is_not_written_over),
		cmocka_unit_test(test_refusal_of_the_whole_check_stays_in_the_form),
		cmocka_unit_test(test_too_long_a_promise_is_refused),
		cmocka_unit_test(test_lint_is_said_at_once),
		cmocka_unit_test(test_material_is_added_changed_and_removed),
		cmocka_unit_test(test_questions_options_and_names_change),
		cmocka_unit_test(test_what_is_not_there_does_not_open),
		cmocka_unit_test(test_rows_are_moved),
		cmocka_unit_test(test_an_item_gets_its_service_by_typing),
		cmocka_unit_test(test_draft_is_submitted_returned_published_and_in_force),
		cmocka_unit_test(test_draft_is_given_up),
		cmocka_unit_test(test_gates_open_and_shut),
		cmocka_unit_test(test_reference_is_confirmed_and_taken_back),
		cmocka_unit_test(test_a_draft_is_not_confirmed),
		cmocka_unit_test(test_route_is_set_and_cleared),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
