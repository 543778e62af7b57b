/* 路由: which department every printed name means in this hall; what leads nowhere stands first. */
#include <string.h>

#include "base/err.h"
#include "screens/ask.h"
#include "screens/bureau.h"
#include "screens/pick.h"
#include "screens/screens.h"
#include "widgets/editor.h"
#include "widgets/list.h"

#define SHOWN_ROWS 14

struct route_screen {
	GPtrArray *routes; /* struct bureau_route */
	GPtrArray *keys;   /* struct filter_key, beside routes */
	GPtrArray *shown;  /* borrowed struct bureau_route */
	int unrouted;
	int waiting;
	struct list_view view;
	struct editor box;
};

static const struct bureau_route *selected(const struct route_screen *screen)
{
	int at = screen->view.selected;
	return at < 0 || at >= (int)screen->shown->len ? NULL : screen->shown->pdata[at];
}

static void free_key(gpointer data)
{
	filter_key_clear(data);
	g_free(data);
}

/* ---- reading ---- */

static void *route_open(struct app *app, const char *argument, GError **error)
{
	(void)argument;
	if (!bureau_may_open(app, error))
		return NULL;
	struct route_screen *screen = g_new0(struct route_screen, 1);
	screen->shown = g_ptr_array_new();
	editor_init(&screen->box, "", 60);
	return screen;
}

static void route_close(struct app *app, void *data)
{
	(void)app;
	struct route_screen *screen = data;
	g_ptr_array_unref(screen->shown);
	g_clear_pointer(&screen->routes, g_ptr_array_unref);
	g_clear_pointer(&screen->keys, g_ptr_array_unref);
	editor_clear(&screen->box);
	g_free(screen);
}

static void narrow(struct route_screen *screen)
{
	g_ptr_array_set_size(screen->shown, 0);
	for (guint i = 0; i < screen->routes->len; i++)
		if (filter_key_matches(screen->keys->pdata[i], screen->box.text->str))
			g_ptr_array_add(screen->shown, screen->routes->pdata[i]);
	list_view_recount(&screen->view, (int)screen->shown->len);
}

static void count(struct route_screen *screen)
{
	screen->unrouted = screen->waiting = 0;
	for (guint i = 0; i < screen->routes->len; i++) {
		const struct bureau_route *route = screen->routes->pdata[i];
		struct filter_key *key = g_new0(struct filter_key, 1);
		g_autofree char *other = g_strjoin(
			" ", route->short_title, route->level, route->department_name, NULL);
		filter_key_init(key, route->printed, other);
		g_ptr_array_add(screen->keys, key);
		screen->unrouted += route->from == BUREAU_ROUTE_NONE ? 1 : 0;
		screen->waiting += route->waiting;
	}
}

static bool is_same(const struct bureau_route *a, const struct bureau_route *b)
{
	return strcmp(a->list, b->list) == 0 && strcmp(a->printed, b->printed) == 0 &&
	       strcmp(a->level, b->level) == 0;
}

/* A route that was set stands elsewhere now: the cursor goes along. */
static void follow(struct route_screen *screen, const struct bureau_route *before)
{
	for (guint i = 0; i < screen->shown->len; i++)
		if (is_same(screen->shown->pdata[i], before))
			screen->view.selected = (int)i;
}

static bool route_recalc(struct app *app, void *data, GError **error)
{
	struct route_screen *screen = data;
	GPtrArray *routes = desk_bureau_routes(app_desk(app), NULL, error);
	if (routes == NULL)
		return false;
	g_autoptr(GPtrArray) old = screen->routes;
	const struct bureau_route *before = selected(screen);
	g_ptr_array_set_size(screen->shown, 0);
	g_clear_pointer(&screen->keys, g_ptr_array_unref);
	screen->routes = routes;
	screen->keys = g_ptr_array_new_with_free_func(free_key);
	count(screen);
	narrow(screen);
	if (before != NULL)
		follow(screen, before);
	return true;
}

/* ---- drawing ---- */

static const char *from_words(const struct bureau_route *route)
{
	static const char *const words[] = {[BUREAU_ROUTE_NONE] = "○ 没有路由",
		[BUREAU_ROUTE_VERSION] = "清单版本",
		[BUREAU_ROUTE_HALL] = "√ 本大厅"};
	return words[route->from];
}

static void render_route(struct area area, int row, const struct bureau_route *route, bool here)
{
	enum style style = here				      ? STYLE_SELECTED
			   : route->from == BUREAU_ROUTE_NONE ? STYLE_WARN
							      : STYLE_NORMAL;
	int wide = MAX(0, area.columns - 80) / 2;
	area_cell(area, row, 0, area.columns, style, here ? ">" : "");
	area_cell(area, row, 2, 8, style, route->short_title);
	area_cell(area, row, 11, 21 + wide, style, route->printed);
	area_cell(area, row, 33 + wide, 8, style, route->unprinted ? "没印部门" : route->level);
	area_cell(area, row, 42 + wide, 21 + wide, style,
		route->department_name[0] == '\0' ? "" : route->department_name);
	area_cell(area, row, 64 + 2 * wide, 10, style, from_words(route));
	g_autofree char *items = g_strdup_printf("%4d", route->items);
	area_cell(area, row, 75 + 2 * wide, area.columns - 75 - 2 * wide, style, items);
}

static void render_head(const struct route_screen *screen, struct area area)
{
	int wide = MAX(0, area.columns - 80) / 2;
	area_text(area, 0, 1, STYLE_TITLE, "路由 >");
	editor_render(&screen->box, area, 0, 8, 30, true);
	if (screen->unrouted == 0)
		area_right(area, 0, STYLE_GOOD, "√ 印着的部门都有去处 ");
	else {
		g_autofree char *words = g_strdup_printf(
			"○ %d 个部门没有路由，%d 项在等 ", screen->unrouted, screen->waiting);
		area_right(area, 0, STYLE_WARN, words);
	}
	area_rule(area, 1, STYLE_DIM, '-');
	const struct {
		int at;
		const char *title;
	} titles[] = {{2, "清单"}, {11, "印着的部门"}, {33 + wide, "层级"}, {42 + wide, "送往"},
		{64 + 2 * wide, "谁定的"}, {75 + 2 * wide, "事项"}};
	for (gsize i = 0; i < G_N_ELEMENTS(titles); i++)
		area_text(area, 2, titles[i].at, STYLE_TITLE, titles[i].title);
}

static void render_about(const struct bureau_route *route, struct area area)
{
	area_rule(area, 0, STYLE_DIM, '-');
	if (route == NULL)
		return;
	area_format(area, 1, 1, STYLE_TITLE, "%s “%s”%s", route->short_title, route->printed,
		route->unprinted ? "  清单没有印部门，这一项单独定" : route->level);
	if (route->from == BUREAU_ROUTE_NONE)
		area_format(area, 2, 1, STYLE_WARN,
			"没有去处：%d 个事项可以指引和收件，现在 %d "
			"项在等。回车选定部门，等着的就发出。",
			route->items, route->waiting);
	else
		area_format(area, 2, 1, STYLE_NORMAL, "送 %s（%s），%s", route->department_name,
			route->department,
			route->from == BUREAU_ROUTE_HALL ? "本大厅定的，F4 恢复按清单版本"
							 : "清单版本定的，回车改为本大厅自己的");
}

static void route_render(const void *data, struct area area)
{
	const struct route_screen *screen = data;
	if (screen->routes == NULL)
		return;
	render_head(screen, area);
	int foot = 3;
	struct area body = area_part(area, 3, 0, area.rows - 3 - foot, area.columns);
	int top = list_view_top(&screen->view, body.rows);
	if (screen->view.count == 0)
		area_text(body, 1, 2, STYLE_NORMAL, "没有这样的部门。退格改筛选，或打拼音首字母。");
	for (int i = 0; i < body.rows && top + i < screen->view.count; i++)
		render_route(
			body, i, screen->shown->pdata[top + i], top + i == screen->view.selected);
	render_about(selected(screen), area_part(area, -foot, 0, foot, area.columns));
}

/* ---- keys ---- */

static unsigned set_route(struct app *app, void *data, const char *code)
{
	const struct bureau_route *route = selected(data);
	GError *error = NULL;
	int sent = 0;
	if (route == NULL)
		return EFFECT_RECALC;
	if (!desk_bureau_route_set(
		    app_desk(app), route->list, route->printed, route->level, code, &sent, &error))
		app_fail(app, error);
	else if (code[0] == '\0')
		app_say(app, SAY_GOOD, "“%s”恢复按清单版本送", route->printed);
	else if (sent > 0)
		app_say(app, SAY_GOOD, "“%s”送 %s；等着的 %d 个要件包已发出", route->printed, code,
			sent);
	else
		app_say(app, SAY_GOOD, "“%s”送 %s", route->printed, code);
	return EFFECT_RECALC;
}

static unsigned choose(struct app *app, struct route_screen *screen)
{
	const struct bureau_route *route = selected(screen);
	if (route == NULL)
		return EFFECT_NONE;
	GError *error = NULL;
	g_autoptr(GPtrArray) departments = desk_bureau_departments(app_desk(app), &error);
	if (departments == NULL) {
		app_fail(app, error);
		return EFFECT_NONE;
	}
	GPtrArray *choices = pick_choices_new();
	for (guint i = 0; i < departments->len; i++) {
		const struct catalogue_code *department = departments->pdata[i];
		pick_choices_add(choices, department->code, department->name, department->code);
	}
	g_autofree char *title = g_strdup_printf("%s清单印着的“%s”%s，在本大厅送哪个部门？",
		route->short_title, route->printed, route->level);
	app_pick(app, &(struct pick){.title = title,
			      .hint = "没有要找的部门：Esc 返回，F2 添加本大厅自己的部门。",
			      .choices = choices,
			      .done = set_route,
			      .data = screen});
	return EFFECT_NONE;
}

static const struct ask_row department_rows[] = {
	{"代码", {NULL}, "D-大写字母和数字，如 D-NANHAI-HOUSING", true},
	{"名称", {NULL}, "如 南海区住房城乡建设和水利局", true},
};

static bool department_done(
	struct app *app, void *data, const struct ask_answer *answers, GError **error)
{
	(void)data;
	if (!desk_bureau_department_add(app_desk(app), answers[0].text, answers[1].text, error))
		return false;
	app_say(app, SAY_GOOD, "已添加 %s；回车把印着的部门送到那里", answers[1].text);
	return true;
}

static unsigned add_department(struct app *app, struct route_screen *screen)
{
	app_ask_form(app, &(struct ask){.title = "添加本大厅自己的部门",
				  .rows = department_rows,
				  .count = G_N_ELEMENTS(department_rows),
				  .done = department_done,
				  .data = screen});
	return EFFECT_NONE;
}

static unsigned clear(struct app *app, struct route_screen *screen)
{
	const struct bureau_route *route = selected(screen);
	if (route != NULL && route->from == BUREAU_ROUTE_HALL)
		return set_route(app, screen, "");
	app_say(app, SAY_NOTE, "这一行不是本大厅定的，没有可清除的");
	return EFFECT_NONE;
}

static unsigned route_action(struct app *app, void *data, enum action action)
{
	struct route_screen *screen = data;
	bool vertical = action != ACTION_FIRST && action != ACTION_LAST;
	if (vertical && list_view_action(&screen->view, action, SHOWN_ROWS))
		return EFFECT_RENDER;
	switch (action) {
	case ACTION_OPEN:
		return choose(app, screen);
	case ACTION_DEPARTMENT_ADD:
		return add_department(app, screen);
	case ACTION_ROUTE_CLEAR:
		return clear(app, screen);
	default:
		break;
	}
	if (!editor_action(&screen->box, action))
		return EFFECT_UNHANDLED;
	narrow(screen);
	return EFFECT_RENDER;
}

static unsigned route_text(struct app *app, void *data, const struct key_event *event)
{
	struct route_screen *screen = data;
	if (event->key == KEY_SCAN_) {
		app_open_code(app, event->text);
		return EFFECT_NONE;
	}
	editor_insert(&screen->box, event->text);
	screen->view.selected = 0;
	narrow(screen);
	return EFFECT_RENDER;
}

const struct screen_ops screen_route = {
	.name = "route",
	.context = CONTEXT_ROUTE,
	.title = "路由",
	.law = "收件后按清单印着的部门和层级分发要件；送哪个部门由清单版本或本大厅定，从不猜。没有"
	       "路由的，照样"
	       "指引和收件，要件包等在本机，定了路由就发出。",
	.open = route_open,
	.close = route_close,
	.recalc = route_recalc,
	.render = route_render,
	.action = route_action,
	.text = route_text,
};
