/* 经过: every fact of a case, in the order it was written. */
#include "base/text.h"
#include "core/date.h"
#include "screens/screens.h"
#include "widgets/list.h"

struct timeline {
	char *case_id;
	char *title;
	GPtrArray *events;
	struct list_view rows;
};

void screens_event(struct area area, int row, const struct case_event *event)
{
	g_autofree char *time = civil_time_dup_text(event->time_ms);
	area_cell(area, row, 1, 16, STYLE_DIM, time + 5);
	area_cell(area, row, 13, 8, STYLE_NORMAL, event->authority);
	int actor = text_width(event->actor);
	area_cell(area, row, 22, area.columns - 24 - actor, STYLE_NORMAL, event->sentence);
	area_right(area, row, STYLE_DIM, event->actor);
}

static void timeline_close(struct app *app, void *data)
{
	(void)app;
	struct timeline *timeline = data;
	if (timeline->events != NULL)
		g_ptr_array_unref(timeline->events);
	g_free(timeline->case_id);
	g_free(timeline->title);
	g_free(timeline);
}

static void *timeline_open(struct app *app, const char *argument, GError **error)
{
	g_autoptr(case_view) view = desk_case_view(app_desk(app), argument, error);
	if (view == NULL)
		return NULL;
	struct timeline *timeline = g_new0(struct timeline, 1);
	timeline->case_id = g_strdup(view->id);
	timeline->title = g_strdup_printf("%s  %s", view->number, view->theme->name);
	timeline->rows.selected = -1;
	return timeline;
}

static bool timeline_recalc(struct app *app, void *data, GError **error)
{
	struct timeline *timeline = data;
	GPtrArray *events = desk_case_timeline(app_desk(app), timeline->case_id, error);
	if (events == NULL)
		return false;
	if (timeline->events != NULL)
		g_ptr_array_unref(timeline->events);
	timeline->events = events;
	bool first = timeline->rows.selected < 0;
	list_view_recount(&timeline->rows, (int)events->len);
	if (first)
		timeline->rows.selected = (int)events->len - 1;
	return true;
}

static void timeline_render(const void *data, struct area area)
{
	const struct timeline *timeline = data;
	area_format(area, 0, 1, STYLE_TITLE, "经过  %s", timeline->title);
	area_rule(area, 1, STYLE_DIM, '-');
	int foot = 3, shown = area.rows - 2 - foot, top = list_view_top(&timeline->rows, shown);
	for (int i = 0; i < shown && top + i < timeline->rows.count; i++) {
		screens_event(area, 2 + i, timeline->events->pdata[top + i]);
		if (top + i == timeline->rows.selected)
			area_select(area, 2 + i);
	}
	struct area below = area_part(area, -foot, 0, foot, area.columns);
	area_rule(below, 0, STYLE_DIM, '-');
	if (timeline->rows.selected >= 0) {
		const struct case_event *event = timeline->events->pdata[timeline->rows.selected];
		area_wrapped(below, 1, 1, area.columns - 2, STYLE_NORMAL, event->sentence);
	}
}

static unsigned timeline_action(struct app *app, void *data, enum action action)
{
	(void)app;
	struct timeline *timeline = data;
	if (list_view_action(&timeline->rows, action, 14))
		return EFFECT_RENDER;
	return EFFECT_UNHANDLED;
}

const struct screen_ops screen_timeline = {
	.name = "timeline",
	.context = CONTEXT_TIMELINE,
	.title = "经过",
	.law = "全流程留痕：谁、何时、在哪个窗口、以什么身份做了什么。记录逐条相连，改动会被 "
	       "yichuang audit verify 发现。",
	.open = timeline_open,
	.close = timeline_close,
	.recalc = timeline_recalc,
	.render = timeline_render,
	.action = timeline_action,
};
