/* 新办: the lists and their themes; and 菜单: what has no key of its own. */
#include "catalog/catalogue.h"
#include "desk/guide_document.h"
#include "screens/brief.h"
#include "screens/screens.h"
#include "widgets/editor.h"
#include "widgets/list.h"

struct themes {
	struct editor box;
	GPtrArray *hits;
	struct list_view rows;
	struct brief_page *brief; /* of the selected theme on a wide screen, once the keys rest;
				     NULL none yet */
};

static void *themes_open(struct app *app, const char *argument, GError **error)
{
	(void)app, (void)argument, (void)error;
	struct themes *themes = g_new0(struct themes, 1);
	editor_init(&themes->box, "", 120);
	return themes;
}

static void forget_brief(struct themes *themes)
{
	g_clear_pointer(&themes->brief, brief_page_free);
}

static const struct theme_hit *selected(const struct themes *themes)
{
	return themes->rows.selected < 0 ? NULL : themes->hits->pdata[themes->rows.selected];
}

static void themes_close(struct app *app, void *data)
{
	(void)app;
	struct themes *themes = data;
	editor_clear(&themes->box);
	if (themes->hits != NULL)
		g_ptr_array_unref(themes->hits);
	forget_brief(themes);
	g_free(themes);
}

static bool themes_recalc(struct app *app, void *data, GError **error)
{
	struct themes *themes = data;
	struct desk *desk = app_desk(app);
	GPtrArray *hits = catalogue_search(
		desk_store(desk), themes->box.text->str, 300, desk_now_ms(desk), error);
	if (hits == NULL)
		return false;
	if (themes->hits != NULL)
		g_ptr_array_unref(themes->hits);
	themes->hits = hits;
	forget_brief(themes);
	list_view_recount(&themes->rows, (int)hits->len);
	return true;
}

static void render_theme(struct area area, int row, const struct theme_hit *hit, bool here)
{
	enum style style = here ? STYLE_SELECTED : hit->on_shelf ? STYLE_NORMAL : STYLE_DIM;
	area_cell(area, row, 0, area.columns, style, here ? ">" : "");
	area_cell(area, row, 1, 4, style, hit->on_shelf ? "" : "参考");
	area_cell(area, row, 6, 34, style, hit->name);
	area_cell(area, row, 41, 6, style, hit->short_title);
	area_cell(area, row, 48, area.columns - 55, style, hit->departments);
	screens_items(area, row, style, (int)hit->items);
}

static void render_beside(const struct themes *themes, struct area area)
{
	screens_divide(area);
	struct area body = area_part(area, 0, 2, area.rows, area.columns - 2);
	if (themes->brief != NULL)
		brief_page_render(themes->brief, 0, body);
}

static void themes_render(const void *data, struct area area)
{
	const struct themes *themes = data;
	area_text(area, 0, 1, STYLE_TITLE, "新办 >");
	editor_render(&themes->box, area, 0, 8, area.columns - 9, true);
	area_rule(area, 1, STYLE_DIM, '-');
	int width = area.columns >= APP_WIDE ? 70 : area.columns;
	struct area body = area_part(area, 2, 0, area.rows - 2, width);
	int top = list_view_top(&themes->rows, body.rows);
	if (themes->rows.count == 0)
		area_text(body, 1, 2, STYLE_NORMAL, "没有找到这样的一件事，换个词再试。");
	for (int i = 0; i < body.rows && top + i < themes->rows.count; i++)
		render_theme(
			body, i, themes->hits->pdata[top + i], top + i == themes->rows.selected);
	if (width < area.columns)
		render_beside(themes, area_part(area, 2, width, area.rows - 2, area.columns));
}

/* Beside the list stands the guide of the selected theme; read only when the keys rest. */
static unsigned themes_rest(struct app *app, void *data)
{
	struct themes *themes = data;
	const struct theme_hit *hit = selected(themes);
	if (hit == NULL || themes->brief != NULL || app_columns(app) < APP_WIDE)
		return EFFECT_NONE;
	struct guide_request request = {.list = hit->list, .theme = hit->theme};
	json_t *guide = guide_document(desk_store(app_desk(app)), &request, NULL);
	if (guide == NULL)
		return EFFECT_NONE;
	themes->brief = brief_page_new(guide);
	return EFFECT_RENDER;
}

static unsigned show_brief(struct app *app, struct themes *themes)
{
	const struct theme_hit *hit = selected(themes);
	if (hit == NULL)
		return EFFECT_NONE;
	g_autofree char *argument = g_strdup_printf("%s\t%s", hit->list, hit->theme);
	app_open(app, &screen_brief, argument);
	return EFFECT_NONE;
}

static unsigned start(struct app *app, struct themes *themes)
{
	if (themes->rows.selected < 0)
		return EFFECT_NONE;
	const struct theme_hit *hit = themes->hits->pdata[themes->rows.selected];
	GError *error = NULL;
	g_autofree char *id = desk_draft_new(app_desk(app), hit->list, hit->theme, &error);
	if (id == NULL) {
		app_fail(app, error);
		return EFFECT_NONE;
	}
	app_replace(app, &screen_guide, id);
	return EFFECT_NONE;
}

static unsigned themes_action(struct app *app, void *data, enum action action)
{
	struct themes *themes = data;
	if (action == ACTION_NEXT)
		return start(app, themes);
	if (action == ACTION_GUIDE_SHOW)
		return show_brief(app, themes);
	bool vertical = action != ACTION_FIRST && action != ACTION_LAST;
	if (vertical && list_view_action(&themes->rows, action, 18)) {
		forget_brief(themes);
		return EFFECT_RENDER;
	}
	if (!editor_action(&themes->box, action))
		return EFFECT_UNHANDLED;
	themes->rows.selected = 0;
	return EFFECT_RECALC;
}

static unsigned themes_text(struct app *app, void *data, const struct key_event *event)
{
	struct themes *themes = data;
	if (event->key == KEY_SCAN_) {
		app_open_code(app, event->text);
		return EFFECT_NONE;
	}
	editor_insert(&themes->box, event->text);
	themes->rows.selected = 0;
	return EFFECT_RECALC;
}

const struct screen_ops screen_themes = {
	.name = "themes",
	.context = CONTEXT_THEMES,
	.title = "新办",
	.law = "只能办理大厅上架的一件事；标“参考”的只供查看。清单按批发布，办件始终按收件时的版本"
	       "办（操作规程第六条、第九条）。",
	.open = themes_open,
	.close = themes_close,
	.recalc = themes_recalc,
	.render = themes_render,
	.action = themes_action,
	.text = themes_text,
	.rest = themes_rest,
};

/* ---- 菜单 ---- */

struct menu {
	struct list_view rows;
};

static unsigned show_overdue(struct app *app)
{
	app_open(app, &screen_queue, "overdue");
	return EFFECT_NONE;
}

static unsigned keep_lists(struct app *app)
{
	app_open(app, &screen_bureau, NULL);
	return EFFECT_NONE;
}

static unsigned keep_routes(struct app *app)
{
	app_open(app, &screen_route, NULL);
	return EFFECT_NONE;
}

static unsigned log_out(struct app *app)
{
	app_logout(app);
	return EFFECT_NONE;
}

static unsigned lock_now(struct app *app)
{
	app_lock(app);
	return EFFECT_NONE;
}

static unsigned show_silent(struct app *app)
{
	app_open(app, &screen_queue, "silent");
	return EFFECT_NONE;
}

static unsigned confirm_clock(struct app *app)
{
	screens_confirm_clock(app, NULL);
	return EFFECT_NONE;
}

struct menu_row {
	const char *label;
	const char *about;
	unsigned (*act)(struct app *app);
};

static const struct menu_row menu_rows[] = {
	{"超期办件", "超过时限的事项，最急的在前", show_overdue},
	{"部门没有答复", "签收后逾期没有答复的，主管确认视为受理，或催办", show_silent},
	{"确认时钟", "本机时钟有疑、不能取号时，主管核对后确认", confirm_clock},
	{"清单维护", "数据局：看、改、校验、提交、发布清单，授权和上架", keep_lists},
	{"部门路由", "数据局、管理员：印着的部门在本大厅送哪里", keep_routes},
	{"锁屏", "离开座位，办件原样保留", lock_now},
	{"交班退出", "草稿保留，下一位登录后接着办", log_out},
};

static void *menu_open(struct app *app, const char *argument, GError **error)
{
	(void)app, (void)argument, (void)error;
	struct menu *menu = g_new0(struct menu, 1);
	list_view_recount(&menu->rows, (int)G_N_ELEMENTS(menu_rows));
	return menu;
}

static void menu_close(struct app *app, void *data)
{
	(void)app;
	g_free(data);
}

static void menu_render(const void *data, struct area area)
{
	const struct menu *menu = data;
	area_text(area, 0, 1, STYLE_TITLE, "菜单");
	area_rule(area, 1, STYLE_DIM, '-');
	for (int i = 0; i < menu->rows.count; i++) {
		enum style style = i == menu->rows.selected ? STYLE_SELECTED : STYLE_NORMAL;
		area_cell(area, 2 + i, 0, area.columns, style, i == menu->rows.selected ? ">" : "");
		area_format(area, 2 + i, 2, style, "%d %s", i + 1, menu_rows[i].label);
		area_text(area, 2 + i, 20, style, menu_rows[i].about);
	}
}

static unsigned menu_action(struct app *app, void *data, enum action action)
{
	struct menu *menu = data;
	if (list_view_action(&menu->rows, action, 10))
		return EFFECT_RENDER;
	if (action != ACTION_NEXT)
		return EFFECT_UNHANDLED;
	int selected = menu->rows.selected;
	app_back(app);
	return menu_rows[selected].act(app);
}

static unsigned menu_text(struct app *app, void *data, const struct key_event *event)
{
	int digit = event->text[0] - '1';
	if (event->key != KEY_TEXT_ || digit < 0 || digit >= ((struct menu *)data)->rows.count)
		return EFFECT_NONE;
	app_back(app);
	return menu_rows[digit].act(app);
}

static bool menu_wants_text(const void *data)
{
	(void)data;
	return false;
}

const struct screen_ops screen_menu = {
	.name = "menu",
	.context = CONTEXT_MENU,
	.title = "菜单",
	.open = menu_open,
	.close = menu_close,
	.render = menu_render,
	.action = menu_action,
	.text = menu_text,
	.wants_text = menu_wants_text,
};
