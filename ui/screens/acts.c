/* 更多: what else can be done with one item of a case taken in, and the supervisor's clock. */
#include "base/err.h"
#include "base/text.h"
#include "core/date.h"
#include "desk/permission.h"
#include "screens/ask.h"
#include "screens/screens.h"
#include "widgets/list.h"

#define ARTICLE_32 "行政许可法第三十二条第一款第（四）项"

struct acts {
	char *case_id;
	int item;
	struct case_view *view;
	struct list_view rows;
};

static const struct case_item *item_of(const struct acts *acts)
{
	for (guint i = 0; i < acts->view->items->len; i++) {
		const struct case_item *item = acts->view->items->pdata[i];
		if (item->item == acts->item)
			return item;
	}
	return NULL;
}

static unsigned told(struct app *app, bool good, GError *error, const char *sentence)
{
	if (good)
		app_say(app, SAY_GOOD, "%s", sentence);
	return screens_done(app, good, error);
}

static unsigned remind(struct app *app, void *data, const char *text)
{
	const struct acts *acts = data;
	GError *error = NULL;
	bool good = desk_remind(app_desk(app), acts->case_id, acts->item, text, &error);
	return told(app, good, error, "已催办，部门会在待办里看到");
}

static unsigned deem(struct app *app, void *data, const char *text)
{
	const struct acts *acts = data;
	GError *error = NULL;
	bool good = desk_deem(app_desk(app), acts->case_id, acts->item, text, &error);
	return told(app, good, error, "已确认视为受理，时限从收到之日起算，并已告知部门");
}

static unsigned supplement(struct app *app, void *data, const char *text)
{
	const struct acts *acts = data;
	GError *error = NULL;
	bool good = desk_supplement(app_desk(app), acts->case_id, acts->item, text, &error);
	return told(app, good, error, "已登记补交，送回部门");
}

static unsigned lapse(struct app *app, void *data, const char *text)
{
	const struct acts *acts = data;
	GError *error = NULL;
	bool good = desk_lapse(app_desk(app), acts->case_id, acts->item, text, &error);
	return told(app, good, error, "已按逾期未补正办结");
}

static unsigned note(struct app *app, void *data, const char *text)
{
	const struct acts *acts = data;
	GError *error = NULL;
	bool good = desk_note(app_desk(app), acts->case_id, text, &error);
	return told(app, good, error, "已加备注");
}

static unsigned refusal_again(struct app *app, void *data, const char *text)
{
	const struct acts *acts = data;
	GError *error = NULL;
	bool good = desk_print_request(
		app_desk(app), acts->case_id, "refusal", acts->item, text, NULL, &error);
	return told(app, good, error, "不予受理通知书已送打印，出来后请在首页 F6 待确认里回答");
}

struct act_row {
	enum action action;
	const char *question;
	const char *initial;
	unsigned (*done)(struct app *app, void *data, const char *text);
};

static const struct act_row act_rows[] = {
	/* First what a stray Enter cannot do: a note without a text is refused. */
	{ACTION_NOTE, "写一条备注：", "", note},
	{ACTION_REMIND, "给部门写一句：催什么？", "请在时限内办理", remind},
	{ACTION_DEEM, "视为受理的依据？", "", deem},
	{ACTION_SUPPLEMENT, "申请人补交了什么？", "", supplement},
	{ACTION_LAPSE, "按逾期未补正办结的依据？（哪一天告知补正，期限到哪一天）", "", lapse},
	{ACTION_REFUSAL, "通知书已经打印过。再打一份的原因？（编号不变，标明第几份）", "",
		refusal_again},
	{ACTION_EXTEND, NULL, NULL, NULL},
};

static const char *key_of(enum action action)
{
	g_autofree const struct keymap_row **rows = keymap_rows(CONTEXT_ACTS);
	for (int i = 0; rows[i] != NULL; i++)
		if (rows[i]->action == action)
			return key_name(rows[i]->key);
	return "";
}

/* Article 32 binds licences; an item of another nature names its own basis. */
static const char *initial_of(const struct acts *acts, const struct act_row *row)
{
	const struct theme_item *item = theme_item_at(acts->view->theme, acts->item);
	const struct service *service =
		item == NULL ? NULL : definitions_service(acts->view->definitions, item->service);
	bool licence = service != NULL && service->nature == NATURE_LICENCE;
	return row->action == ACTION_DEEM && licence ? ARTICLE_32 : row->initial;
}

static void ask(struct app *app, struct acts *acts, const struct act_row *row)
{
	const struct case_item *item = item_of(acts);
	g_autofree char *title = g_strdup_printf(
		"%s：%s", action_label(row->action), item == NULL ? "" : item->name);
	app_ask(app, &(struct prompt){.title = title,
			     .question = row->question,
			     .initial = initial_of(acts, row),
			     .done = row->done,
			     .data = acts});
}

static const struct ask_row extend_rows[] = {
	{"延长几个工作日", {NULL}, "1到15", true},
	{"谁批准、文号", {NULL}, "本级人民政府负责人批准", true},
	{"理由", {NULL}, "要告知申请人", true},
};

static bool extend_done(
	struct app *app, void *data, const struct ask_answer *answers, GError **error)
{
	const struct acts *acts = data;
	const struct extension extension = {
		(int)g_ascii_strtoll(answers[0].text, NULL, 10), answers[1].text, answers[2].text};
	if (!desk_extend_joint(app_desk(app), acts->case_id, &extension, error))
		return false;
	app_say(app, SAY_GOOD, "已延长全件期限，请把理由告知申请人；各部门已得到通知");
	return true;
}

static void ask_extension(struct app *app, struct acts *acts)
{
	app_ask_form(app,
		&(struct ask){.title = "延长全件的期限",
			.question = "几个部门联合办理的行政许可，四十五日内不能办结的，经本级人民政"
				    "府负责人批准，可以延长十五日（行政许可法第四十二条第二款）。",
			.rows = extend_rows,
			.count = G_N_ELEMENTS(extend_rows),
			.done = extend_done,
			.data = acts});
}

/* The first slip is printed at once; only one more copy needs a reason. */
static unsigned act(struct app *app, struct acts *acts, const struct act_row *row)
{
	GError *error = NULL;
	if (row->action == ACTION_EXTEND) {
		ask_extension(app, acts);
		return EFFECT_NONE;
	}
	if (row->action != ACTION_REFUSAL) {
		ask(app, acts, row);
		return EFFECT_NONE;
	}
	bool good = desk_print_request(
		app_desk(app), acts->case_id, "refusal", acts->item, NULL, NULL, &error);
	if (good || !err_is(error, ERR_CODE_INCOMPLETE))
		return told(
			app, good, error, "不予受理通知书已送打印，出来后请在首页 F6 待确认里回答");
	g_error_free(error);
	ask(app, acts, row);
	return EFFECT_NONE;
}

/* ---- the screen ---- */

static void *acts_open(struct app *app, const char *argument, GError **error)
{
	g_auto(GStrv) parts = g_strsplit(argument, "\t", 2);
	struct case_view *view = desk_case_view(app_desk(app), parts[0], error);
	if (view == NULL)
		return NULL;
	struct acts *acts = g_new0(struct acts, 1);
	acts->case_id = g_strdup(view->id);
	acts->item = (int)g_ascii_strtoll(parts[1], NULL, 10);
	acts->view = view;
	list_view_recount(&acts->rows, (int)G_N_ELEMENTS(act_rows));
	return acts;
}

static void acts_close(struct app *app, void *data)
{
	(void)app;
	struct acts *acts = data;
	case_view_free(acts->view);
	g_free(acts->case_id);
	g_free(acts);
}

static bool acts_recalc(struct app *app, void *data, GError **error)
{
	struct acts *acts = data;
	return screens_reload(app, acts->case_id, &acts->view, error);
}

static void acts_render(const void *data, struct area area)
{
	const struct acts *acts = data;
	const struct case_item *item = item_of(acts);
	area_format(area, 0, 1, STYLE_TITLE, "%s  %s", acts->view->number, item->name);
	area_format(area, 1, 1, STYLE_NORMAL, "%s  %s  %s", item->department_name,
		item_state_name(item->state), item->due_words);
	area_rule(area, 2, STYLE_DIM, '-');
	int row = 3;
	for (int i = 0; i < acts->rows.count; i++) {
		bool here = i == acts->rows.selected;
		enum style style = here ? STYLE_SELECTED : STYLE_NORMAL;
		enum action action = act_rows[i].action;
		area_cell(area, row, 0, area.columns, style, here ? ">" : "");
		area_cell(area, row, 2, 4, style, key_of(action));
		area_cell(area, row, 6, 12, style, action_label(action));
		area_cell(area, row++, 19, area.columns - 20, style, action_help(action));
	}
	area_rule(area, row++, STYLE_DIM, '-');
	if (acts->view->joint_due[0] != '\0')
		screens_due(
			area, row++, "全件期限", acts->view->joint_due, acts->view->joint_words);
	if (item->reason[0] != '\0')
		area_wrapped(area, row, 1, area.columns - 2, STYLE_NORMAL, item->reason);
}

static unsigned acts_action(struct app *app, void *data, enum action action)
{
	struct acts *acts = data;
	if (list_view_action(&acts->rows, action, 6))
		return EFFECT_RENDER;
	if (action == ACTION_NEXT)
		return act(app, acts, &act_rows[acts->rows.selected]);
	for (gsize i = 0; i < G_N_ELEMENTS(act_rows); i++)
		if (act_rows[i].action == action)
			return act(app, acts, &act_rows[i]);
	return EFFECT_UNHANDLED;
}

const struct screen_ops screen_acts = {
	.name = "acts",
	.context = CONTEXT_ACTS,
	.title = "更多",
	.law = "部门收到材料后五日内没有一次告知要补正的全部内容，又没有答复的，自收到之日起即为受"
	       "理"
	       "（行政许可法第三十二条第一款第（四）项）；由计时提出，主管确认。不予受理出具加盖印"
	       "章、"
	       "注明日期的书面凭证（同条第二款）。逾期未补正的由主管写明依据后办结，不算撤回。",
	.open = acts_open,
	.close = acts_close,
	.recalc = acts_recalc,
	.render = acts_render,
	.action = acts_action,
};

/* ---- the clock ---- */

static unsigned clock_confirmed(struct app *app, void *data, const char *text)
{
	(void)data, (void)text;
	GError *error = NULL;
	bool good = desk_clock_confirm(app_desk(app), &error);
	return told(app, good, error, "已确认时钟，今天可以取号；收件请再按一次回车");
}

void screens_confirm_clock(struct app *app, const char *why)
{
	GError *error = NULL;
	if (!desk_may(app_desk(app), DESK_ACT_CLOCK, &error)) {
		if (why != NULL)
			app_say(app, SAY_BAD, "%s", why);
		else
			app_fail(app, g_steal_pointer(&error));
		g_clear_error(&error);
		return;
	}
	g_autofree char *now = civil_time_dup_text(desk_now_ms(app_desk(app)));
	g_autofree char *question = g_strdup_printf(
		"%s本机时间是 %s。与标准时间核对过，没有错吗？确认后今天可以取号收件，留痕。",
		why == NULL ? "" : why, now);
	app_ask(app, &(struct prompt){.title = "确认时钟",
			     .question = question,
			     .confirm = true,
			     .done = clock_confirmed});
}
