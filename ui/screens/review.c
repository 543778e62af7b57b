/* 告知, 审查, 收件: three screens that show one page of what is known and ask for one Enter. */
#include "base/err.h"
#include "core/words.h"
#include "screens/screens.h"

struct page {
	char *case_id;
	struct case_view *view;
	int top;
	char *said; /* the number or label that the last act gave */
};

static void *page_open(struct app *app, const char *argument, GError **error)
{
	struct case_view *view = screens_hold(app, argument, error);
	if (view == NULL)
		return NULL;
	struct page *page = g_new0(struct page, 1);
	page->case_id = g_strdup(view->id);
	page->view = view;
	return page;
}

static void page_close(struct app *app, void *data)
{
	(void)app;
	struct page *page = data;
	case_view_free(page->view);
	g_free(page->case_id);
	g_free(page->said);
	g_free(page);
}

static bool page_recalc(struct app *app, void *data, GError **error)
{
	struct page *page = data;
	return screens_reload(app, page->case_id, &page->view, error);
}

static bool page_scroll(struct page *page, enum action action)
{
	int step = action == ACTION_UP		? -1
		   : action == ACTION_DOWN	? 1
		   : action == ACTION_PAGE_UP	? -10
		   : action == ACTION_PAGE_DOWN ? 10
						: 0;
	page->top = MAX(0, page->top + step);
	return step != 0;
}

static unsigned page_action(
	struct app *app, struct page *page, enum case_step step, enum action action)
{
	if (page_scroll(page, action))
		return EFFECT_RENDER;
	return screens_step_action(app, page->view, step, action);
}

/* ---- 告知 ---- */

char *screens_limit_words(const struct limit_rule *limit)
{
	if (limit == NULL || !limit->present)
		return g_strdup("时限以当地为准");
	if (limit->number == 0)
		return g_strdup("即办");
	return g_strdup_printf("%d个%s", limit->number, limit_unit_name(limit->unit));
}

static int notice_items(const struct page *page, struct area area, int row)
{
	area_text(area, row++, 1, STYLE_TITLE, "要办的事项");
	const GPtrArray *items = page->view->situation->items;
	for (guint i = 0; i < items->len; i++) {
		const struct situation_item *item = items->pdata[i];
		if (item->standing != ITEM_STANDING_IN)
			continue;
		area_cell(area, row, 3, 36, STYLE_NORMAL, item->item->name);
		area_cell(area, row, 40, 20, STYLE_NORMAL, item->item->dept);
		const struct limit_rule *limit =
			item->service == NULL ? NULL : &item->service->promised;
		g_autofree char *words = screens_limit_words(limit);
		area_cell(area, row++, 61, area.columns - 62, STYLE_NORMAL, words);
	}
	return row;
}

static int notice_materials(const struct page *page, struct area area, int row)
{
	area_text(area, row++, 1, STYLE_TITLE, "要带的材料");
	const GPtrArray *materials = page->view->situation->materials;
	for (guint i = 0; i < materials->len; i++) {
		const struct situation_material *use = materials->pdata[i];
		area_cell(area, row, 3, 44, STYLE_NORMAL, use->material->name);
		area_format(area, row, 48, STYLE_NORMAL, "原件%d 复印件%d", use->originals,
			use->copies);
		area_cell(area, row++, 66, area.columns - 67, STYLE_NORMAL,
			necessity_name(use->necessity));
	}
	return row;
}

static void notice_render(const void *data, struct area area)
{
	const struct page *page = data;
	screens_spine(area, 0, page->view, CASE_STEP_NOTICE);
	struct area body = area_part(area, 2, 0, area.rows - 5, area.columns);
	int row = notice_items(page, body, -page->top);
	notice_materials(page, body, row + 1);
	struct area foot = area_part(area, -3, 0, 3, area.columns);
	area_rule(foot, 0, STYLE_DIM, '-');
	area_text(foot, 1, 1, STYLE_DIM, "参考，以当地实施清单为准");
	if (page->said != NULL)
		area_format(
			foot, 2, 1, STYLE_GOOD, "√ 告知单 %s 已送打印，Ctrl+右 去表单", page->said);
	else if (page->view->steps[CASE_STEP_NOTICE] == CASE_STEP_STATE_DONE)
		area_text(foot, 2, 1, STYLE_GOOD, "√ 已出具告知单。回车再出一份，Ctrl+右 去表单");
	else
		area_text(foot, 2, 1, STYLE_NORMAL,
			"回车出具一次性告知单；当场能办的，Ctrl+右 直接去表单");
}

static unsigned give_notice(struct app *app, struct page *page)
{
	GError *error = NULL;
	char *label = NULL;
	bool good = desk_notice_give(app_desk(app), page->case_id, &label, &error);
	if (good) {
		g_free(page->said);
		page->said = label;
	}
	return screens_done(app, good, error);
}

static unsigned notice_action(struct app *app, void *data, enum action action)
{
	if (action == ACTION_NOTICE_GIVE || action == ACTION_PRINT)
		return give_notice(app, data);
	if (action == ACTION_GUIDE_SHOW) {
		app_open(app, &screen_brief, ((struct page *)data)->case_id);
		return EFFECT_NONE;
	}
	return page_action(app, data, CASE_STEP_NOTICE, action);
}

const struct screen_ops screen_notice = {
	.name = "notice",
	.context = CONTEXT_NOTICE,
	.title = "告知",
	.law = "一次性告知：整个一件事的条件、材料、表格、时限、收费和办理方式，一次说清（操作规程"
	       "第二十条第（一）项；"
	       "行政许可法第三十条、第三十二条）。告知单有编号，下次来扫码接着办。",
	.open = page_open,
	.close = page_close,
	.recalc = page_recalc,
	.render = notice_render,
	.action = notice_action,
};

/* ---- 审查 ---- */

static void check_render(const void *data, struct area area)
{
	const struct page *page = data;
	screens_spine(area, 0, page->view, CASE_STEP_CHECK);
	const GPtrArray *problems = page->view->problems;
	int row = 2 - page->top;
	struct area body = area_part(area, 0, 0, area.rows - 3, area.columns);
	if (problems->len == 0)
		area_text(body, row, 1, STYLE_GOOD, "√ 材料齐全，符合法定形式，表单填写完整。");
	else
		area_format(body, row, 1, STYLE_BAD, "还有 %u 处：", problems->len);
	row += 2;
	for (guint i = 0; i < problems->len; i++) {
		g_autofree char *line =
			g_strdup_printf("%u. %s", i + 1, (char *)problems->pdata[i]);
		row += area_wrapped(body, row, 3, area.columns - 4, STYLE_NORMAL, line);
	}
	struct area foot = area_part(area, -2, 0, 2, area.columns);
	area_rule(foot, 0, STYLE_DIM, '-');
	area_text(foot, 1, 1, STYLE_NORMAL,
		problems->len == 0 ? "回车确认，去收件"
				   : "回车回到第一处；不能当场补齐的，F4 出具一次性补正告知书");
}

static enum case_step first_faulty(const struct case_view *view)
{
	for (int step = 0; step < CASE_STEP_CHECK; step++)
		if (step != CASE_STEP_NOTICE && view->steps[step] != CASE_STEP_STATE_DONE)
			return (enum case_step)step;
	return CASE_STEP_MATERIAL;
}

static unsigned confirm(struct app *app, struct page *page)
{
	if (page->view->problems->len == 0)
		return app_step(app, page->case_id, CASE_STEP_CHECK, +1);
	enum case_step to = first_faulty(page->view);
	return app_step(app, page->case_id, to, 0);
}

static unsigned correct(struct app *app, struct page *page)
{
	GError *error = NULL;
	g_autofree char *label = NULL;
	bool good =
		desk_correct(app_desk(app), page->case_id, page->view->problems, &label, &error);
	if (good)
		app_say(app, SAY_GOOD, "补正告知书 %s 已送打印，草稿保留，下次扫码接着办", label);
	return screens_done(app, good, error);
}

static unsigned check_action(struct app *app, void *data, enum action action)
{
	if (action == ACTION_CONFIRM)
		return confirm(app, data);
	if (action == ACTION_CORRECT)
		return correct(app, data);
	return page_action(app, data, CASE_STEP_CHECK, action);
}

const struct screen_ops screen_check = {
	.name = "check",
	.context = CONTEXT_CHECK,
	.title = "审查",
	.law = "形式审查：不齐全或不符合法定形式的，当场一次性告知全部需要补正的内容（行政许可法第"
	       "三十二条第一款第（四）项；"
	       "操作规程第十四条）。第二次补正不得提出第一次就能说的内容。",
	.open = page_open,
	.close = page_close,
	.recalc = page_recalc,
	.render = check_render,
	.action = check_action,
};

/* ---- 收件 ---- */

static int intake_departments(const struct page *page, struct area area, int row)
{
	for (guint i = 0; i < page->view->items->len; i++) {
		const struct case_item *item = page->view->items->pdata[i];
		if (!item->taken)
			continue;
		area_cell(area, row, 3, 40, STYLE_NORMAL, item->name);
		if (item->department[0] == '\0')
			area_text(area, row++, 44, STYLE_WARN, "! 没有对应部门，收件后待路由");
		else
			area_cell(area, row++, 44, area.columns - 45, STYLE_NORMAL,
				item->department_name);
	}
	return row;
}

static void intake_render(const void *data, struct area area)
{
	const struct page *page = data;
	screens_spine(area, 0, page->view, CASE_STEP_INTAKE);
	area_text(area, 2, 1, STYLE_TITLE, "确认收件：取办件号，打印收件回执，即时分发各部门");
	int row = 4;
	for (guint i = 0; i < page->view->parties->len; i++) {
		const struct case_party *party = page->view->parties->pdata[i];
		area_format(area, row++, 3, STYLE_NORMAL, "%s  %s  %s",
			party_role_name(party->role), party->name, party->number);
	}
	intake_departments(page, area, row + 1);
	struct area foot = area_part(area, -2, 0, 2, area.columns);
	area_rule(foot, 0, STYLE_DIM, '-');
	if (page->view->problems->len > 0)
		area_format(foot, 1, 1, STYLE_BAD, "× 还不能收件：%s",
			(char *)page->view->problems->pdata[0]);
	else
		area_text(foot, 1, 1, STYLE_GOOD, "回车收件");
}

static unsigned take_in(struct app *app, struct page *page)
{
	GError *error = NULL;
	g_autofree char *number = NULL;
	if (!desk_take_in(app_desk(app), page->case_id, &number, &error)) {
		if (!err_is(error, ERR_CODE_TIME))
			return screens_done(app, false, error);
		screens_confirm_clock(app, error->message);
		g_error_free(error);
		return EFFECT_NONE;
	}
	g_autofree char *id = g_strdup(page->case_id);
	desk_case_release(app_desk(app), id);
	app_replace(app, &screen_case, id);
	app_say(app, SAY_GOOD, "已收件 %s，回执正在打印，要件已排队分发", number);
	return EFFECT_NONE;
}

static unsigned intake_action(struct app *app, void *data, enum action action)
{
	if (action == ACTION_CLOCK) {
		screens_confirm_clock(app, NULL);
		return EFFECT_NONE;
	}
	if (action == ACTION_TAKE_IN)
		return take_in(app, data);
	return page_action(app, data, CASE_STEP_INTAKE, action);
}

const struct screen_ops screen_intake = {
	.name = "intake",
	.context = CONTEXT_INTAKE,
	.title = "收件",
	.law = "齐全且符合法定形式的，当场确认收件、出具收件回执，纸质转电子，即时传输至各联办部门"
	       "（操作规程第十四条）。"
	       "部门收到后一个工作日内受理或不予受理（第十五条）。",
	.open = page_open,
	.close = page_close,
	.recalc = page_recalc,
	.render = intake_render,
	.action = intake_action,
};
