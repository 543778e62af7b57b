/*
 * The one box (SCREENS rule 1) over the day's list. Whatever is typed or scanned finds its meaning:
 * themes and cases as you type; Down or Tab goes into the list, there digits choose. An empty box
 * shows the day.
 */
#include "base/err.h"
#include "base/text.h"
#include "catalog/catalogue.h"
#include "screens/screens.h"
#include "widgets/editor.h"
#include "widgets/list.h"

#define MOST_THEMES 20
#define MOST_CASES 20
#define DAY_ROWS 200

struct home {
	struct editor box;
	bool in_list;
	enum queue_kind kind;
	struct queue_counts counts;
	GPtrArray *day;	   /* struct case_row, of kind */
	GPtrArray *themes; /* struct theme_hit, of what was typed */
	GPtrArray *cases;  /* struct case_row, likewise */
	struct list_view rows;
	struct case_view *beside; /* of the selected case on a wide screen, once the keys rest */
};

static bool is_searching(const struct home *home)
{
	return home->box.text->len > 0;
}

static void replace_rows(GPtrArray **rows, GPtrArray *fresh)
{
	if (*rows != NULL)
		g_ptr_array_unref(*rows);
	*rows = fresh;
}

static void *home_open(struct app *app, const char *argument, GError **error)
{
	(void)app, (void)argument, (void)error;
	struct home *home = g_new0(struct home, 1);
	editor_init(&home->box, "", 120);
	return home;
}

static void home_close(struct app *app, void *data)
{
	(void)app;
	struct home *home = data;
	editor_clear(&home->box);
	replace_rows(&home->day, NULL);
	replace_rows(&home->themes, NULL);
	replace_rows(&home->cases, NULL);
	case_view_free(home->beside);
	g_free(home);
}

static bool find(struct app *app, struct home *home, GError **error)
{
	struct desk *desk = app_desk(app);
	GPtrArray *themes = catalogue_search(
		desk_store(desk), home->box.text->str, MOST_THEMES, desk_now_ms(desk), error);
	if (themes == NULL)
		return false;
	replace_rows(&home->themes, themes);
	GPtrArray *cases = desk_search(desk, home->box.text->str, MOST_CASES, error);
	if (cases == NULL)
		return false;
	replace_rows(&home->cases, cases);
	list_view_recount(&home->rows, (int)(themes->len + cases->len));
	return true;
}

static bool read_day(struct app *app, struct home *home, GError **error)
{
	GPtrArray *day = desk_queue(app_desk(app), home->kind, 0, DAY_ROWS, error);
	if (day == NULL)
		return false;
	replace_rows(&home->day, day);
	list_view_recount(&home->rows, (int)day->len);
	return desk_queue_counts(app_desk(app), &home->counts, error);
}

static bool home_recalc(struct app *app, void *data, GError **error)
{
	struct home *home = data;
	g_clear_pointer(&home->beside, case_view_free);
	return is_searching(home) ? find(app, home, error) : read_day(app, home, error);
}

static void render_theme(
	struct area area, int row, int number, const struct theme_hit *hit, bool here)
{
	enum style style = here ? STYLE_SELECTED : hit->on_shelf ? STYLE_NORMAL : STYLE_DIM;
	int name = 30 + MAX(0, area.columns - 80) / 2;
	area_cell(area, row, 0, area.columns, style, here ? ">" : "");
	if (number <= 9)
		area_format(area, row, 2, style, "%d", number);
	area_cell(area, row, 4, 4, style, hit->on_shelf ? "" : "参考");
	area_cell(area, row, 9, name, style, hit->name);
	g_autofree char *from = g_strdup_printf("%s %s", hit->short_title, hit->theme);
	area_cell(area, row, 10 + name, 12, style, from);
	area_cell(area, row, 23 + name, area.columns - 30 - name, style, hit->departments);
	screens_items(area, row, style, (int)hit->items);
}

static void render_found(const struct home *home, struct area area)
{
	int themes = (int)home->themes->len, top = list_view_top(&home->rows, area.rows);
	if (home->rows.count == 0) {
		area_text(area, 1, 2, STYLE_NORMAL,
			"没有找到。换个词，或输入办件号、姓名、证件号、后四位。");
		return;
	}
	for (int i = 0; i < area.rows && top + i < home->rows.count; i++) {
		int index = top + i;
		bool here = index == home->rows.selected;
		if (index < themes)
			render_theme(area, i, index + 1, home->themes->pdata[index], here);
		else
			screens_case_row(area, i, home->cases->pdata[index - themes], here);
	}
}

static void render_day(const struct home *home, struct area area)
{
	int column = 1;
	for (int kind = 0; kind < QUEUE_KIND_COUNT; kind++) {
		g_autofree char *words = g_strdup_printf("%s%d",
			queue_kind_name((enum queue_kind)kind), (int)home->counts.counts[kind]);
		bool here = kind == (int)home->kind;
		area_text(area, 0, column, here ? STYLE_CURRENT : STYLE_NORMAL, words);
		column += text_width(words) + 2;
	}
	area_right(area, 0, STYLE_DIM, "Tab 换列表 ");
	struct area body = area_part(area, 1, 0, area.rows - 1, area.columns);
	if (home->day->len == 0)
		area_text(body, 1, 2, STYLE_DIM,
			"这里还没有办件。在上面输入要办的事，如 kbld 或 便利店，回车开始。");
	int top = list_view_top(&home->rows, body.rows);
	for (int i = 0; i < body.rows && top + i < home->rows.count; i++)
		screens_case_row(body, i, home->day->pdata[top + i],
			home->in_list && top + i == home->rows.selected);
}

static const struct case_row *selected_case(const struct home *home)
{
	int index = home->rows.selected;
	if (index < 0 || index >= home->rows.count)
		return NULL;
	if (!is_searching(home))
		return home->day->pdata[index];
	int themes = (int)home->themes->len;
	return index < themes ? NULL : home->cases->pdata[index - themes];
}

/* Below the list on a high and wide screen: the items of the selected case. */
static void render_beside(const struct case_view *view, struct area area)
{
	area_rule(area, 0, STYLE_DIM, '-');
	area_format(area, 1, 1, STYLE_TITLE, "%s  %s  %s", view->number, view->theme->name,
		view->state);
	for (guint i = 0; i < view->items->len; i++) {
		const struct case_item *item = view->items->pdata[i];
		int row = 2 + (int)i;
		area_cell(area, row, 3, 50, item->taken ? STYLE_NORMAL : STYLE_DIM, item->name);
		area_cell(area, row, 54, 24, STYLE_NORMAL, item->department_name);
		area_cell(area, row, 79, 20, STYLE_NORMAL,
			item->taken ? item_state_name(item->state) : "不办");
		area_cell(area, row, 100, area.columns - 100, STYLE_NORMAL, item->due_words);
	}
}

static unsigned home_rest(struct app *app, void *data)
{
	struct home *home = data;
	const struct case_row *row = selected_case(home);
	bool idle = !home->in_list && !is_searching(home); /* nothing is chosen yet */
	if (idle || row == NULL || home->beside != NULL || app_columns(app) < APP_WIDE)
		return EFFECT_NONE;
	home->beside = desk_case_view(app_desk(app), row->id, NULL);
	return EFFECT_RENDER;
}

static void home_render(const void *data, struct area area)
{
	const struct home *home = data;
	area_text(area, 0, 1, STYLE_TITLE, ">");
	editor_render(&home->box, area, 0, 3, area.columns - 4, true);
	area_rule(area, 1, STYLE_DIM, '-');
	bool wide = area.columns >= APP_WIDE && home->beside != NULL;
	int below = wide ? MIN(2 + (int)home->beside->items->len, area.rows / 2) : 0;
	struct area body = area_part(area, 2, 0, area.rows - 2 - below, area.columns);
	if (is_searching(home))
		render_found(home, body);
	else
		render_day(home, body);
	if (wide)
		render_beside(home->beside, area_part(area, -below, 0, below, area.columns));
}

static bool open_guide(struct app *app, const struct theme_hit *hit)
{
	g_autofree char *argument = g_strdup_printf("%s\t%s", hit->list, hit->theme);
	return app_open(app, &screen_brief, argument);
}

static unsigned show_guide(struct app *app, struct home *home)
{
	int index = home->rows.selected;
	if (!is_searching(home) || index < 0 || index >= (int)home->themes->len) {
		app_say(app, SAY_NOTE, "先输入要办的事，选中一件事，再按 F3 看它的办事指南");
		return EFFECT_NONE;
	}
	open_guide(app, home->themes->pdata[index]);
	return EFFECT_NONE;
}

/* What cannot be taken in can be read: its guide opens, with why it is for reference only. */
static unsigned start_theme(struct app *app, struct home *home, const struct theme_hit *hit)
{
	GError *error = NULL;
	g_autofree char *id = desk_draft_new(app_desk(app), hit->list, hit->theme, &error);
	if (id == NULL) {
		if (err_is(error, ERR_CODE_BLOCKED))
			open_guide(app, hit);
		app_fail(app, error);
		return EFFECT_NONE;
	}
	editor_set(&home->box, "");
	home->in_list = false;
	app_open_case(app, id);
	return EFFECT_NONE;
}

static unsigned choose(struct app *app, struct home *home, int index)
{
	if (index < 0 || index >= home->rows.count)
		return EFFECT_NONE;
	if (!is_searching(home)) {
		/* Back from it the box has the keys again: a spoken number begins with a digit. */
		const struct case_row *row = home->day->pdata[index];
		home->in_list = !app_open_case(app, row->id);
		return EFFECT_NONE;
	}
	int themes = (int)home->themes->len;
	if (index < themes)
		return start_theme(app, home, home->themes->pdata[index]);
	g_autofree char *id = g_strdup(((struct case_row *)home->cases->pdata[index - themes])->id);
	editor_set(&home->box, "");
	home->in_list = false;
	app_open_case(app, id);
	return EFFECT_NONE;
}

static unsigned enter(struct app *app, struct home *home)
{
	if (is_searching(home) && screens_is_code(home->box.text->str)) {
		g_autofree char *code = g_strdup(home->box.text->str);
		editor_set(&home->box, "");
		app_open_code(app, code);
		return EFFECT_RECALC;
	}
	if (is_searching(home) || home->in_list)
		return choose(app, home, home->rows.selected);
	return EFFECT_NONE;
}

static unsigned changed(struct home *home)
{
	home->in_list = false;
	home->rows.selected = 0;
	return EFFECT_RECALC;
}

static unsigned switch_list(struct home *home, int turn)
{
	if (is_searching(home)) {
		home->in_list = !home->in_list;
		return EFFECT_RENDER;
	}
	home->kind = (enum queue_kind)(((int)home->kind + turn) % QUEUE_KIND_COUNT);
	home->rows.selected = 0;
	home->in_list = true;
	return EFFECT_RECALC;
}

static unsigned back(struct home *home)
{
	if (!home->in_list && !is_searching(home))
		return EFFECT_NONE;
	editor_set(&home->box, "");
	return changed(home);
}

static unsigned discard(struct app *app, void *data, const char *text)
{
	(void)text;
	struct home *home = data;
	const struct case_row *row = home->day->pdata[home->rows.selected];
	GError *error = NULL;
	return screens_done(app, desk_draft_discard(app_desk(app), row->id, &error), error);
}

static unsigned ask_discard(struct app *app, struct home *home)
{
	if (is_searching(home) || !home->in_list || home->rows.selected < 0) {
		app_say(app, SAY_NOTE, "先按下键进入列表，选中要放弃的草稿，再按 F4");
		return EFFECT_RENDER;
	}
	const struct case_row *row = home->day->pdata[home->rows.selected];
	if (row->number[0] != '\0') {
		app_say(app, SAY_NOTE, "已收件的不能弃稿；申请人要撤回的，请进入办件按 F7");
		return EFFECT_NONE;
	}
	g_autofree char *question = g_strdup_printf(
		"放弃草稿“%s %s”？填过的内容不再保留。", row->theme, row->applicant);
	app_ask(app, &(struct prompt){.title = "弃稿",
			     .question = question,
			     .confirm = true,
			     .done = discard,
			     .data = home});
	return EFFECT_NONE;
}

static unsigned open_list(struct app *app, const struct screen_ops *ops, const char *argument)
{
	app_open(app, ops, argument);
	return EFFECT_NONE;
}

static unsigned move(struct home *home, enum action action)
{
	g_clear_pointer(&home->beside, case_view_free);
	if (action == ACTION_UP && home->in_list && home->rows.selected <= 0) {
		home->in_list = false;
		return EFFECT_RENDER;
	}
	if (home->in_list || is_searching(home))
		list_view_action(&home->rows, action, 15);
	home->in_list = true;
	return EFFECT_RENDER;
}

static unsigned home_action(struct app *app, void *data, enum action action)
{
	struct home *home = data;
	switch (action) {
	case ACTION_NEXT:
		return enter(app, home);
	case ACTION_UP:
	case ACTION_DOWN:
	case ACTION_PAGE_UP:
	case ACTION_PAGE_DOWN:
		return move(home, action);
	case ACTION_SWITCH:
		return switch_list(home, 1);
	case ACTION_SWITCH_BACK:
		return switch_list(home, QUEUE_KIND_COUNT - 1);
	case ACTION_BACK:
		return back(home);
	case ACTION_DISCARD:
		return ask_discard(app, home);
	case ACTION_GUIDE_SHOW:
		return show_guide(app, home);
	case ACTION_NEW_CASE:
		return open_list(app, &screen_themes, NULL);
	case ACTION_OUTBOX:
		return open_list(app, &screen_outbox, NULL);
	case ACTION_PAPERS:
		return open_list(app, &screen_papers, NULL);
	case ACTION_PICKUP:
		return open_list(app, &screen_queue, "pickup");
	case ACTION_SUPERVISE:
		return open_list(app, &screen_queue, "today");
	case ACTION_MENU:
		return open_list(app, &screen_menu, NULL);
	default:
		return editor_action(&home->box, action) ? changed(home) : EFFECT_UNHANDLED;
	}
}

static unsigned home_text(struct app *app, void *data, const struct key_event *event)
{
	struct home *home = data;
	if (event->key == KEY_SCAN_) {
		app_open_code(app, event->text);
		return EFFECT_NONE;
	}
	int digit = event->text[0] - '1';
	if (home->in_list && event->key == KEY_TEXT_ && digit >= 0 && digit < 9)
		return choose(app, home, digit);
	editor_insert(&home->box, event->text);
	return changed(home);
}

const struct screen_ops screen_home = {
	.name = "home",
	.context = CONTEXT_HOME,
	.title = "首页",
	.law = "输入或扫描什么都行：要办的事（汉字、拼音首字母）、办件号、告知单号、材料标签、姓名"
	       "、证件号或后四位。"
	       "标“参考”的是没有上架的清单，只供查看：F3 或回车看办事指南。",
	.open = home_open,
	.close = home_close,
	.recalc = home_recalc,
	.render = home_render,
	.action = home_action,
	.text = home_text,
	.rest = home_rest,
};
