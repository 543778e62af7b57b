/* 收发 and 待确认: what still has to leave, and what still has to come out of a printer. */
#include "core/date.h"
#include "desk/bureau.h"
#include "screens/screens.h"
#include "widgets/list.h"

struct rows_screen {
	GPtrArray *rows;
	struct list_view view;
	int unrouted; /* items that cannot go out before a department has a route */
};

static void *rows_open(struct app *app, const char *argument, GError **error)
{
	(void)app, (void)argument, (void)error;
	return g_new0(struct rows_screen, 1);
}

static void rows_close(struct app *app, void *data)
{
	(void)app;
	struct rows_screen *screen = data;
	if (screen->rows != NULL)
		g_ptr_array_unref(screen->rows);
	g_free(screen);
}

static bool rows_take(struct rows_screen *screen, GPtrArray *rows)
{
	if (rows == NULL)
		return false;
	if (screen->rows != NULL)
		g_ptr_array_unref(screen->rows);
	screen->rows = rows;
	list_view_recount(&screen->view, (int)rows->len);
	return true;
}

static void *rows_selected(struct rows_screen *screen)
{
	return screen->view.selected < 0 ? NULL : screen->rows->pdata[screen->view.selected];
}

/* ---- 收发 ---- */

static bool outbox_recalc(struct app *app, void *data, GError **error)
{
	struct rows_screen *screen = data;
	screen->unrouted = desk_bureau_waiting(app_desk(app), error);
	return screen->unrouted >= 0 && rows_take(screen, desk_outbox(app_desk(app), error));
}

static const char *outbox_kind(const struct outbox_row *row)
{
	static const char *const words[][2] = {{"bundle", "要件包"}, {"relay", "转录"},
		{"custody", "接办申请"}, {"withdrawn", "撤回"}, {"withdraw", "撤回"},
		{"supplement", "补充材料"}, {"supplemented", "补充材料"}, {"journal", "经过"}};
	for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
		if (g_str_equal(row->kind, words[i][0]))
			return words[i][1];
	return "消息";
}

static const char *outbox_state(const struct outbox_row *row)
{
	return g_str_equal(row->state, "refused") ? "× 退回"
	       : g_str_equal(row->state, "sent")  ? "√ 已送"
						  : "○ 等待";
}

static void outbox_render(const void *data, struct area area)
{
	const struct rows_screen *screen = data;
	area_text(area, 0, 1, STYLE_TITLE, "收发：等待发送和被退回的内容");
	area_rule(area, 1, STYLE_DIM, '-');
	if (screen->rows->len == 0 && screen->unrouted == 0)
		area_text(area, 3, 1, STYLE_DIM,
			"都已送达。收件后的要件包、部门之间的消息会列在这里，直到送达。");
	int foot = 4, shown = area.rows - 2 - foot, top = list_view_top(&screen->view, shown);
	for (int i = 0; i < shown && top + i < screen->view.count; i++) {
		const struct outbox_row *row = screen->rows->pdata[top + i];
		area_text(area, 2 + i, 1, STYLE_NORMAL, outbox_state(row));
		area_cell(area, 2 + i, 9, 10, STYLE_NORMAL, outbox_kind(row));
		area_cell(area, 2 + i, 20, 22, STYLE_NORMAL, row->case_number);
		area_cell(area, 2 + i, 43, 20, STYLE_NORMAL,
			row->target[0] == '\0' ? "中心" : row->target);
		area_format(area, 2 + i, 64, STYLE_NORMAL, "试过 %d 次", (int)row->attempts);
		if (top + i == screen->view.selected)
			area_select(area, 2 + i);
	}
	struct area below = area_part(area, -foot, 0, foot, area.columns);
	area_rule(below, 0, STYLE_DIM, '-');
	if (screen->view.selected >= 0) {
		const struct outbox_row *row = screen->rows->pdata[screen->view.selected];
		area_wrapped(below, 1, 1, area.columns - 2, STYLE_NORMAL, row->reason);
	}
	if (screen->unrouted > 0)
		area_format(below, foot - 1, 1, STYLE_WARN,
			"! %d 个事项没有部门路由，还没有送出。请数据局在菜单“部门路由”设定去向",
			screen->unrouted);
}

static unsigned outbox_action(struct app *app, void *data, enum action action)
{
	struct rows_screen *screen = data;
	if (list_view_action(&screen->view, action, 14))
		return EFFECT_RENDER;
	const struct outbox_row *row = rows_selected(screen);
	if (action != ACTION_RETRY)
		return EFFECT_UNHANDLED;
	if (row == NULL)
		return EFFECT_NONE;
	GError *error = NULL;
	bool good = desk_outbox_retry(app_desk(app), row->id, &error);
	if (good)
		app_say(app, SAY_NOTE,
			app_status(app)->online ? "马上再发" : "没有网络，已排队，恢复后自动发送");
	return screens_done(app, good, error);
}

const struct screen_ops screen_outbox = {
	.name = "outbox",
	.context = CONTEXT_OUTBOX,
	.title = "收发",
	.law = "窗口要确认每个部门都收到要件（操作规程第二十条第（四）项）。等待的会自动再发；退回"
	       "的按理由改正后再发。",
	.open = rows_open,
	.close = rows_close,
	.recalc = outbox_recalc,
	.render = outbox_render,
	.action = outbox_action,
};

/* ---- 待确认 ---- */

static bool papers_recalc(struct app *app, void *data, GError **error)
{
	return rows_take(data, desk_papers(app_desk(app), false, error));
}

static const char *paper_state(const struct paper_row *row)
{
	static const char *const words[][2] = {{"intent", "○ 排队"}, {"rendered", "○ 排队"},
		{"submitted", "○ 在打"}, {"ask", "? 出来了吗"}, {"confirmed", "√ 已出"},
		{"failed", "× 没打成"}, {"cancelled", "- 取消"}};
	for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
		if (g_str_equal(row->state, words[i][0]))
			return words[i][1];
	return row->state;
}

static void papers_render(const void *data, struct area area)
{
	const struct rows_screen *screen = data;
	area_text(area, 0, 1, STYLE_TITLE, "待确认：看一眼打印机，单据出来了吗？");
	area_rule(area, 1, STYLE_DIM, '-');
	if (screen->rows->len == 0)
		area_text(area, 3, 1, STYLE_DIM,
			"没有单据。告知单、回执、证照打印后会列在这里，由您确认。");
	int foot = 4, shown = area.rows - 2 - foot, top = list_view_top(&screen->view, shown);
	for (int i = 0; i < shown && top + i < screen->view.count; i++) {
		const struct paper_row *row = screen->rows->pdata[top + i];
		g_autofree char *time = civil_time_dup_clock(row->created_ms);
		area_text(area, 2 + i, 1, STYLE_NORMAL, paper_state(row));
		area_cell(area, 2 + i, 13, 6, STYLE_NORMAL, time);
		area_cell(area, 2 + i, 20, 18, STYLE_NORMAL, row->kind);
		area_cell(area, 2 + i, 39, 22, STYLE_NORMAL, row->case_number);
		if (row->copy > 1)
			area_format(area, 2 + i, 62, STYLE_WARN, "第%d份", (int)row->copy);
		area_cell(area, 2 + i, 68, area.columns - 69, STYLE_NORMAL, row->printer);
		if (top + i == screen->view.selected)
			area_select(area, 2 + i);
	}
	struct area below = area_part(area, -foot, 0, foot, area.columns);
	area_rule(below, 0, STYLE_DIM, '-');
	if (screen->view.selected >= 0) {
		const struct paper_row *row = screen->rows->pdata[screen->view.selected];
		area_wrapped(below, 1, 1, area.columns - 2, STYLE_NORMAL, row->message);
	}
}

static unsigned paper_missing(struct app *app, void *data, const char *text)
{
	const struct paper_row *row = rows_selected(data);
	if (row == NULL)
		return EFFECT_NONE;
	GError *error = NULL;
	bool good = desk_paper_answer(app_desk(app), row->id, false, text, &error);
	if (good)
		app_say(app, SAY_NOTE, "再打一份：编号不变，标明份数");
	return screens_done(app, good, error);
}

static unsigned papers_action(struct app *app, void *data, enum action action)
{
	struct rows_screen *screen = data;
	if (list_view_action(&screen->view, action, 14))
		return EFFECT_RENDER;
	const struct paper_row *row = rows_selected(screen);
	if (action != ACTION_YES && action != ACTION_NO)
		return EFFECT_UNHANDLED;
	if (row == NULL)
		return EFFECT_NONE;
	if (action == ACTION_NO) {
		app_ask(app, &(struct prompt){.title = row->kind,
				     .done = paper_missing,
				     .data = screen,
				     .question = "没有出来的原因？（如 卡纸、缺纸、墨浅）"});
		return EFFECT_NONE;
	}
	GError *error = NULL;
	bool good = desk_paper_answer(app_desk(app), row->id, true, NULL, &error);
	return screens_done(app, good, error);
}

const struct screen_ops screen_papers = {
	.name = "papers",
	.context = CONTEXT_PAPERS,
	.title = "待确认",
	.law = "打印机说打完不算，人看到纸才算。没出来就再打：编号不变，标明第几份，记下原因。",
	.open = rows_open,
	.close = rows_close,
	.recalc = papers_recalc,
	.render = papers_render,
	.action = papers_action,
};
