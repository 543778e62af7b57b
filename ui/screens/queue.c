/* Lists of cases: 取件, 督办 and the rest, one screen over enum queue_kind. */
#include "base/text.h"
#include "screens/screens.h"
#include "widgets/list.h"

#define PAGE_ROWS 500 /* read at once; further rows as the cursor nears them */

struct queue_screen {
	enum queue_kind kind;
	GPtrArray *rows;
	struct list_view view;
	struct queue_counts counts;
};

void screens_case_row(struct area area, int row, const struct case_row *cells, bool here)
{
	enum style style = here ? STYLE_SELECTED : STYLE_NORMAL;
	enum style due = here		       ? style
			 : cells->urgency == 2 ? STYLE_BAD
			 : cells->urgency == 1 ? STYLE_WARN
					       : STYLE_NORMAL;
	int wide = MAX(0, area.columns - 80), theme = 16 + wide / 2,
	    progress = 18 + wide - wide / 2;
	area_cell(area, row, 0, area.columns, style, here ? ">" : "");
	area_cell(area, row, 2, 21, style, cells->number[0] == '\0' ? "草稿" : cells->number);
	area_cell(area, row, 24, 8, style, cells->applicant);
	area_cell(area, row, 33, theme, style, cells->theme);
	const char *at = cells->progress[0] == '\0' ? cells->state : cells->progress;
	area_cell(area, row, 34 + theme, progress, style, at);
	area_cell(area, row, 35 + theme + progress, area.columns - 35 - theme - progress, due,
		cells->due_words);
}

static void *queue_open(struct app *app, const char *argument, GError **error)
{
	(void)app, (void)error;
	struct queue_screen *screen = g_new0(struct queue_screen, 1);
	if (g_strcmp0(argument, "pickup") == 0)
		screen->kind = QUEUE_KIND_PICKUP;
	else if (g_strcmp0(argument, "overdue") == 0)
		screen->kind = QUEUE_KIND_OVERDUE;
	else if (g_strcmp0(argument, "silent") == 0)
		screen->kind = QUEUE_KIND_SILENT;
	return screen;
}

static void queue_close(struct app *app, void *data)
{
	(void)app;
	struct queue_screen *screen = data;
	if (screen->rows != NULL)
		g_ptr_array_unref(screen->rows);
	g_free(screen);
}

static bool queue_recalc(struct app *app, void *data, GError **error)
{
	struct queue_screen *screen = data;
	int most = MAX(PAGE_ROWS, screen->view.selected + PAGE_ROWS);
	GPtrArray *rows = desk_queue(app_desk(app), screen->kind, 0, most, error);
	if (rows == NULL)
		return false;
	if (screen->rows != NULL)
		g_ptr_array_unref(screen->rows);
	screen->rows = rows;
	list_view_recount(&screen->view, (int)rows->len);
	return desk_queue_counts(app_desk(app), &screen->counts, error);
}

static void render_tabs(const struct queue_screen *screen, struct area area)
{
	int column = 1;
	for (int kind = 0; kind < QUEUE_KIND_COUNT; kind++) {
		g_autofree char *words = g_strdup_printf(" %s%d ",
			queue_kind_name((enum queue_kind)kind), (int)screen->counts.counts[kind]);
		area_text(area, 0, column, kind == (int)screen->kind ? STYLE_CURRENT : STYLE_NORMAL,
			words);
		column += text_width(words) + 1;
	}
	area_rule(area, 1, STYLE_DIM, '-');
}

static void queue_render(const void *data, struct area area)
{
	const struct queue_screen *screen = data;
	render_tabs(screen, area);
	if (screen->rows->len == 0)
		area_format(
			area, 3, 1, STYLE_DIM, "“%s”里没有办件。", queue_kind_name(screen->kind));
	int shown = area.rows - 2, top = list_view_top(&screen->view, shown);
	for (int i = 0; i < shown && top + i < screen->view.count; i++)
		screens_case_row(area, 2 + i, screen->rows->pdata[top + i],
			top + i == screen->view.selected);
}

static unsigned remind(struct app *app, void *data, const char *text)
{
	const struct queue_screen *screen = data;
	const struct case_row *row = screen->rows->pdata[screen->view.selected];
	GError *error = NULL;
	bool good = desk_remind(app_desk(app), row->id, -1, text, &error);
	if (good)
		app_say(app, SAY_GOOD, "已催办 %s，部门会在待办里看到", row->number);
	return screens_done(app, good, error);
}

static unsigned ask_reminder(struct app *app, struct queue_screen *screen)
{
	app_ask(app, &(struct prompt){.title = "催办有这个办件的部门",
			     .question = "给部门写一句：催什么？",
			     .initial = "请在时限内办理",
			     .done = remind,
			     .data = screen});
	return EFFECT_NONE;
}

static unsigned turn_to(struct queue_screen *screen, int turn)
{
	screen->kind = (enum queue_kind)(((int)screen->kind + turn) % QUEUE_KIND_COUNT);
	screen->view.selected = 0;
	return EFFECT_RECALC;
}

static unsigned queue_action(struct app *app, void *data, enum action action)
{
	struct queue_screen *screen = data;
	if (list_view_action(&screen->view, action, 18)) {
		bool near_end = screen->view.selected + 1 >= screen->view.count &&
				screen->view.count % PAGE_ROWS == 0;
		return near_end ? EFFECT_RECALC : EFFECT_RENDER;
	}
	const struct case_row *row =
		screen->view.selected < 0 ? NULL : screen->rows->pdata[screen->view.selected];
	switch (action) {
	case ACTION_SWITCH:
		return turn_to(screen, 1);
	case ACTION_SWITCH_BACK:
		return turn_to(screen, QUEUE_KIND_COUNT - 1);
	case ACTION_REMIND:
		return row == NULL ? EFFECT_NONE : ask_reminder(app, screen);
	case ACTION_TIMELINE:
		if (row != NULL)
			app_open(app, &screen_timeline, row->id);
		return EFFECT_NONE;
	case ACTION_NEXT:
		if (row != NULL)
			app_open_case(app, row->id);
		return EFFECT_NONE;
	default:
		return EFFECT_UNHANDLED;
	}
}

const struct screen_ops screen_queue = {
	.name = "queue",
	.context = CONTEXT_QUEUE,
	.title = "办件列表",
	.law = "每个时限都有人看：到期前提醒，超期催办、督办，直到销号（操作规程；发现—通报—整改—销"
	       "号）。超期当场计算，从不存储。",
	.open = queue_open,
	.close = queue_close,
	.recalc = queue_recalc,
	.render = queue_render,
	.action = queue_action,
};
