/*
 * Every screen drawn without a terminal and compared with tests/ui/snapshots/NAME-COLUMNSxROWS.txt,
 * at 80x24 and 120x40. UPDATE=1 writes them anew: look at the difference before it is committed.
 * Random labels are masked.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "desk/script.h"
#include "screens/screens.h"
#include "support/desk_home.h"
#include "support/home.h"
#include "support/screen.h"

struct fixture {
	char *home;
	struct app *app;
	char *number; /* of the case taken in, and its id */
	char *id;
	char *draft;
	char *item; /* of the case, as the list of its acts is opened */
};

static const struct screen_options options = {.home = "/nonexistent"};

static char *begin_draft(struct desk *desk)
{
	g_autoptr(json_t) document = support_demo("retail");
	GError *error = NULL;
	char *id = NULL, *number = NULL;
	json_array_remove(json_object_get(document, "materials"), 0);
	if (!desk_intake_document(desk, document, false, &id, &number, &error))
		fail_msg("%s", error->message);
	g_free(number);
	return id;
}

static int set_up(void **state)
{
	struct fixture *fixture = g_new0(struct fixture, 1);
	fixture->home = support_desk_home();
	struct desk *desk = support_desk(fixture->home, "yanshi");
	fixture->number = support_take_in(desk, "retail", &fixture->id);
	fixture->draft = begin_draft(desk);
	fixture->item = g_strdup_printf("%s\t0", fixture->id);
	fixture->app = app_new(&options, desk);
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;
	app_free(fixture->app);
	support_home_free(fixture->home);
	g_free(fixture->number);
	g_free(fixture->id);
	g_free(fixture->draft);
	g_free(fixture->item);
	g_free(fixture);
	return 0;
}

static void snapshot(struct app *app, const char *name)
{
	assert_true(support_snapshot(app, name));
}

struct screen_row {
	const char *name;
	const struct screen_ops *ops;
	enum { WITH_NOTHING, WITH_DRAFT, WITH_CASE, WITH_ITEM, WITH_WORD } with;
	const char *word;
};

static const struct screen_row screens[] = {
	{"home", NULL, WITH_NOTHING, NULL},
	{"login", &screen_login, WITH_WORD, "演示用户 yanshi"},
	{"lock", &screen_lock, WITH_NOTHING, NULL},
	{"themes", &screen_themes, WITH_NOTHING, NULL},
	{"brief", &screen_brief, WITH_WORD, "jiangmen-2020\t1"},
	{"guide", &screen_guide, WITH_DRAFT, NULL},
	{"notice", &screen_notice, WITH_DRAFT, NULL},
	{"form", &screen_form, WITH_DRAFT, NULL},
	{"material", &screen_material, WITH_DRAFT, NULL},
	{"check", &screen_check, WITH_DRAFT, NULL},
	{"intake", &screen_intake, WITH_DRAFT, NULL},
	{"case", &screen_case, WITH_CASE, NULL},
	{"acts", &screen_acts, WITH_ITEM, NULL},
	{"timeline", &screen_timeline, WITH_CASE, NULL},
	{"outbox", &screen_outbox, WITH_NOTHING, NULL},
	{"papers", &screen_papers, WITH_NOTHING, NULL},
	{"queue", &screen_queue, WITH_WORD, "today"},
	{"pickup", &screen_queue, WITH_WORD, "pickup"},
	{"menu", &screen_menu, WITH_NOTHING, NULL},
};

static const char *argument_of(const struct fixture *fixture, const struct screen_row *row)
{
	return row->with == WITH_DRAFT	? fixture->draft
	       : row->with == WITH_CASE ? fixture->id
	       : row->with == WITH_ITEM ? fixture->item
					: row->word;
}

static void test_every_screen(void **state)
{
	struct fixture *fixture = *state;
	for (gsize i = 0; i < G_N_ELEMENTS(screens); i++) {
		support_to_home(fixture->app);
		if (screens[i].ops != NULL)
			assert_true(app_open(
				fixture->app, screens[i].ops, argument_of(fixture, &screens[i])));
		if (screens[i].ops == &screen_themes)
			support_type(fixture->app, "便利店"); /* the shelf grows; this stays */
		snapshot(fixture->app, screens[i].name);
	}
}

static void open_screen(struct fixture *fixture, const struct screen_ops *ops, const char *argument)
{
	support_to_home(fixture->app);
	assert_true(app_open(fixture->app, ops, argument));
}

static void test_searching_shows_themes_and_cases(void **state)
{
	struct fixture *fixture = *state;
	support_to_home(fixture->app);
	support_type(fixture->app, "kbld");
	snapshot(fixture->app, "search");
	support_press(fixture->app, KEY_CTRL('U'));
	support_type(fixture->app, "演示");
	snapshot(fixture->app, "search-people");
	support_press(fixture->app, KEY_CTRL('U'));
	support_type(fixture->app, "没有这样的事");
	snapshot(fixture->app, "search-nothing");
	support_press(fixture->app, KEY_ESCAPE_);
	support_press(fixture->app, KEY_DOWN_);
	support_press(fixture->app, KEY_DOWN_);
	snapshot(fixture->app, "home-chosen");
}

/* A theme of the shelf, one for reference only, and no theme: what F3 and Enter do on the home. */
static void test_a_guide_is_read_from_the_home(void **state)
{
	struct fixture *fixture = *state;
	struct app *app = fixture->app;
	support_to_home(app);
	support_press(app, KEY_F(3));
	assert_true(app_current(app) == &screen_home);
	assert_true(support_shows(app, "先输入要办的事，选中一件事，再按 F3"));
	support_type(app, "kbld");
	support_press(app, KEY_F(3));
	assert_true(app_current(app) == &screen_brief);
	support_press(app, KEY_ESCAPE_);
	assert_true(app_current(app) == &screen_home);
	assert_true(support_shows(app, "kbld")); /* still as it was typed */
	support_press(app, KEY_CTRL('U'));
	support_type(app, "进出口");
	assert_true(support_shows(app, "参考"));
	support_press(app, KEY_F(3));
	assert_true(app_current(app) == &screen_brief);
	support_press(app, KEY_ESCAPE_);
	support_press(app, KEY_ENTER_);
	assert_true(app_current(app) == &screen_brief);
	assert_true(support_shows(app, "只供参考，不能收件"));
	assert_true(support_shows(app, "进出口"));
	support_press(app, KEY_ENTER_);
	assert_true(app_current(app) == &screen_home);
	support_press(app, KEY_CTRL('U'));
	support_type(app, "演示");
	support_press(app, KEY_F(3)); /* a case, no theme */
	assert_true(support_shows(app, "选中一件事，再按 F3"));
}

static void test_forms_above_a_screen(void **state)
{
	struct fixture *fixture = *state;
	open_screen(fixture, &screen_case, fixture->id);
	support_press(fixture->app, KEY_F(6));
	snapshot(fixture->app, "ask-relay");
	support_press(fixture->app, KEY_ESCAPE_);
	support_press(fixture->app, KEY_F(4));
	snapshot(fixture->app, "ask-deliver");
	open_screen(fixture, &screen_form, fixture->draft);
	support_press(fixture->app, KEY_F(4));
	snapshot(fixture->app, "ask-party");
	support_press(fixture->app, KEY_ESCAPE_);
	support_press(fixture->app, KEY_F(7));
	snapshot(fixture->app, "ask-number");
	open_screen(fixture, &screen_material, fixture->draft);
	support_press(fixture->app, KEY_F(4));
	snapshot(fixture->app, "prompt");
}

static char *drawn(struct app *app, int rows, int columns)
{
	surface_resize(app->surface, rows, columns);
	app_draw(app);
	return surface_dump(app->surface);
}

/* Pages through a guide to its end and no further; the chart of a narrowed one in ASCII. */
static void test_a_guide_scrolls_and_prints(void **state)
{
	struct fixture *fixture = *state;
	struct app *app = fixture->app;
	open_screen(fixture, &screen_brief, "jiangmen-2020\t1");
	g_autofree char *first = drawn(app, 24, 80);
	support_press(app, KEY_UP_);
	g_autofree char *still = drawn(app, 24, 80);
	assert_string_equal(first, still);
	support_press(app, KEY_END_);
	g_autofree char *end = drawn(app, 24, 80);
	assert_non_null(strstr(end, "sm3:"));
	support_press(app, KEY_PAGE_DOWN_);
	g_autofree char *after = drawn(app, 24, 80);
	assert_string_equal(end, after);
	support_press(app, KEY_F(12));
	g_autofree char *said = drawn(app, 24, 80);
	assert_non_null(strstr(said, "办事指南已送打印"));
	g_autoptr(GPtrArray) papers = desk_papers(app->desk, true, NULL);
	bool printed = false;
	for (guint i = 0; i < papers->len; i++)
		printed |= g_str_equal(((struct paper_row *)papers->pdata[i])->kind, "办事指南");
	assert_true(printed);
	open_screen(fixture, &screen_brief, fixture->id);
	app->settings.ascii_marks = true;
	bool boxes = false;
	for (int i = 0; i < 40; i++) {
		g_autofree char *page = drawn(app, 24, 80);
		boxes = boxes || strstr(page, "+-----") != NULL;
		assert_null(strstr(page, "┌"));
		support_press(app, KEY_PAGE_DOWN_);
	}
	app->settings.ascii_marks = false;
	assert_true(boxes);
}

static void test_help_of_a_screen(void **state)
{
	struct fixture *fixture = *state;
	open_screen(fixture, &screen_material, fixture->draft);
	support_press(fixture->app, KEY_F(1));
	snapshot(fixture->app, "help");
}

/* A relay asked for in its form moves the item and marks it. */
static void test_relay_is_done_and_marked(void **state)
{
	struct fixture *fixture = *state;
	open_screen(fixture, &screen_case, fixture->id);
	support_press(fixture->app, KEY_F(6));
	support_press(fixture->app, KEY_ENTER_);
	support_press(fixture->app, KEY_ENTER_);
	support_press(fixture->app, KEY_ENTER_);
	support_press(fixture->app, KEY_ENTER_);
	support_press(fixture->app, KEY_ENTER_);
	snapshot(fixture->app, "ask-missing"); /* the number is missing: said, nothing done */
	support_type(fixture->app, "受字1号");
	support_press(fixture->app, KEY_ENTER_);
	support_press(fixture->app, KEY_ENTER_);
	snapshot(fixture->app, "case-relayed");
}

/* Every key that a bar shows does something on its screen: it is not left to the program and
 * dropped. */
static void test_the_key_bar_is_true(void **state)
{
	struct fixture *fixture = *state;
	for (gsize i = 0; i < G_N_ELEMENTS(screens); i++) {
		const struct screen_ops *ops =
			screens[i].ops == NULL ? &screen_home : screens[i].ops;
		g_autofree const struct keymap_row **rows = keymap_rows(ops->context);
		for (int row = 0; rows[row] != NULL; row++) {
			enum action action = rows[row]->action;
			bool common = action == ACTION_HELP || action == ACTION_LOCK ||
				      action == ACTION_BACK || action == ACTION_QUIT;
			if (!rows[row]->in_bar || common || action == ACTION_TAKE_IN)
				continue;
			support_to_home(fixture->app);
			if (screens[i].ops != NULL)
				assert_true(app_open(
					fixture->app, ops, argument_of(fixture, &screens[i])));
			unsigned effects = app_top(fixture->app)
						   ->ops->action(fixture->app,
							   app_top(fixture->app)->state, action);
			if (effects & EFFECT_UNHANDLED)
				fail_msg("%s: %s %s does nothing", screens[i].name,
					key_name(rows[row]->key), action_label(action));
		}
	}
}

/* Locked: no key but the password and leaving reaches anything, the case is not to be seen. */
static void test_lock_takes_every_key(void **state)
{
	struct fixture *fixture = *state;
	open_screen(fixture, &screen_form, fixture->draft);
	support_press(fixture->app, KEY_F(9));
	for (int key = KEY_ENTER_; key < KEY_COUNT_; key++)
		if (key != KEY_F(10))
			support_press(fixture->app, (enum key)key);
	app_event(fixture->app, &(struct key_event){.key = KEY_SCAN_, .text = fixture->number});
	assert_true(app_top(fixture->app)->ops == &screen_lock);
	support_press(fixture->app, KEY_CTRL('U'));
	support_type(fixture->app, "yanshi123");
	support_press(fixture->app, KEY_ENTER_);
	assert_true(app_top(fixture->app)->ops == &screen_form);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_screen),
		cmocka_unit_test(test_searching_shows_themes_and_cases),
		cmocka_unit_test(test_a_guide_is_read_from_the_home),
		cmocka_unit_test(test_forms_above_a_screen),
		cmocka_unit_test(test_help_of_a_screen),
		cmocka_unit_test(test_a_guide_scrolls_and_prints),
		cmocka_unit_test(test_lock_takes_every_key),
		cmocka_unit_test(test_relay_is_done_and_marked),
		cmocka_unit_test(test_the_key_bar_is_true),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
