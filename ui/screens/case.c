/* A case taken in: its items with the departments, what the line brought, and the acts of the
 * certificate desk. */
#include "base/err.h"
#include "core/date.h"
#include "screens/ask.h"
#include "screens/screens.h"
#include "widgets/list.h"

struct case_screen {
	char *case_id;
	struct case_view *view;
	GPtrArray *timeline;
	struct list_view rows;
	bool asked; /* for custody, and not answered yet */
};

static void case_close(struct app *app, void *data)
{
	struct case_screen *screen = data;
	desk_case_release(app_desk(app), screen->case_id);
	case_view_free(screen->view);
	if (screen->timeline != NULL)
		g_ptr_array_unref(screen->timeline);
	g_free(screen->case_id);
	g_free(screen);
}

/* One works on a case at a time; to look at it is always allowed, and who has it is said. */
static void hold_or_look(struct app *app, const struct case_view *view)
{
	GError *error = NULL;
	if (*view->holder != '\0' || desk_case_hold(app_desk(app), view->id, &error))
		return;
	if (err_is(error, ERR_CODE_HELD))
		app_fail(app, error);
	else
		g_error_free(error);
}

static void *case_screen_open(struct app *app, const char *argument, GError **error)
{
	struct case_view *view = desk_case_view(app_desk(app), argument, error);
	if (view == NULL)
		return NULL;
	struct case_screen *screen = g_new0(struct case_screen, 1);
	screen->case_id = g_strdup(view->id);
	screen->view = view;
	hold_or_look(app, view);
	return screen;
}

static bool case_recalc(struct app *app, void *data, GError **error)
{
	struct case_screen *screen = data;
	if (!screens_reload(app, screen->case_id, &screen->view, error))
		return false;
	g_clear_pointer(&screen->timeline, g_ptr_array_unref);
	screen->timeline = desk_case_timeline(app_desk(app), screen->case_id, error);
	list_view_recount(&screen->rows, (int)screen->view->items->len);
	return screen->timeline != NULL;
}

static const struct case_item *selected(const struct case_screen *screen)
{
	if (screen->rows.selected < 0 || screen->rows.selected >= (int)screen->view->items->len)
		return NULL;
	return screen->view->items->pdata[screen->rows.selected];
}

static int selected_index(const struct case_screen *screen)
{
	const struct case_item *item = selected(screen);
	return item == NULL ? -1 : item->item;
}

static void render_head(const struct case_view *view, bool asked, struct area area)
{
	area_format(area, 0, 1, STYLE_TITLE, "%s  %s", view->number, view->theme->name);
	area_right(area, 0, STYLE_TITLE, view->state);
	GString *people = g_string_new(NULL);
	for (guint i = 0; i < view->parties->len; i++) {
		const struct case_party *party = view->parties->pdata[i];
		g_string_append_printf(people, "%s %s %s  ", party_role_name(party->role),
			party->name, party->number);
	}
	area_text(area, 1, 1, STYLE_NORMAL, people->str);
	g_string_free(people, TRUE);
	area_right(area, 1, STYLE_NORMAL, view->progress);
	if (view->holder[0] != '\0')
		area_format(area, 2, 1, STYLE_WARN, "! 由 %s 办理中，这里只能查看、重打和备注；%s",
			view->holder, asked ? "已申请接办，等中心答复" : "F10 接办");
	else
		area_rule(area, 2, STYLE_DIM, '-');
}

static char *item_words(const struct case_item *item)
{
	const char *outcome = g_str_equal(item->outcome, "granted")  ? " 准予"
			      : g_str_equal(item->outcome, "denied") ? " 不予"
								     : "";
	return g_strdup_printf(
		"%s%s%s", item_state_name(item->state), outcome, item->relayed ? "(转录)" : "");
}

static void render_item(struct area area, int row, const struct case_item *item, bool here)
{
	enum style due = item->urgency == 2   ? STYLE_BAD
			 : item->urgency == 1 ? STYLE_WARN
					      : STYLE_NORMAL;
	enum style style = here ? STYLE_SELECTED : item->taken ? STYLE_NORMAL : STYLE_DIM;
	g_autofree char *state = item_words(item);
	area_cell(area, row, 0, area.columns, style, here ? ">" : "");
	area_cell(area, row, 1, 28, style, item->name);
	area_cell(area, row, 30, 16, style,
		item->department[0] == '\0' ? "! 待路由" : item->department_name);
	area_cell(area, row, 47, 18, style, item->taken ? state : "不办");
	area_cell(area, row, 66, area.columns - 66, here ? style : due, item->due_words);
}

static void render_detail(const struct case_screen *screen, struct area area)
{
	const struct case_item *item = selected(screen);
	area_rule(area, 0, STYLE_DIM, '-');
	if (item == NULL)
		return;
	int row = 1;
	if (item->acceptance_no[0] != '\0')
		area_format(area, row++, 1, STYLE_NORMAL, "受理号 %s", item->acceptance_no);
	if (item->due[0] != '\0')
		screens_due(area, row++, "办理时限", item->due, item->due_words);
	if (screen->view->joint_due[0] != '\0')
		screens_due(area, row++, "全件期限", screen->view->joint_due,
			screen->view->joint_words);
	if (item->reason[0] != '\0')
		row += area_wrapped(area, row, 1, area.columns - 2, STYLE_NORMAL, item->reason);
	if (item->result_label[0] != '\0')
		area_format(
			area, row++, 1, STYLE_GOOD, "结果已到窗口，标签 %s", item->result_label);
	for (guint i = 0; i < screen->view->bundles->len; i++) {
		const struct case_bundle *bundle = screen->view->bundles->pdata[i];
		if (g_str_equal(bundle->state, "refused"))
			row += area_wrapped(
				area, row, 1, area.columns - 2, STYLE_BAD, bundle->reason);
		else if (g_str_equal(bundle->department, item->department))
			area_format(area, row++, 1, STYLE_DIM, "要件包 %s",
				bundle->received_ms != 0	     ? "部门已签收"
				: g_str_equal(bundle->state, "sent") ? "已送达中心，等待部门签收"
								     : "等待发送");
	}
}

static void render_latest(const struct case_screen *screen, struct area area)
{
	area_rule(area, 0, STYLE_DIM, '-');
	int shown = area.rows - 1;
	guint count = screen->timeline == NULL ? 0 : screen->timeline->len;
	guint first = count > (guint)MAX(shown, 0) ? count - (guint)shown : 0;
	for (guint i = first; i < count; i++)
		screens_event(area, 1 + (int)(i - first), screen->timeline->pdata[i]);
}

/* The timeline in a narrow column: newest first, each event wrapped under its time and its author.
 */
static void render_story(const struct case_screen *screen, struct area area)
{
	guint count = screen->timeline == NULL ? 0 : screen->timeline->len;
	int row = 0;
	for (guint i = count; i > 0 && row + 1 < area.rows; i--) {
		const struct case_event *event = screen->timeline->pdata[i - 1];
		g_autofree char *time = civil_time_dup_text(event->time_ms);
		area_format(area, row++, 0, STYLE_DIM, "%s %s %s", time + 5, event->authority,
			event->actor);
		row += area_wrapped(area, row, 1, area.columns - 2, STYLE_NORMAL, event->sentence);
	}
}

/* A wide screen has the timeline beside the items, a narrow one its end below them. */
static void case_render(const void *data, struct area area)
{
	const struct case_screen *screen = data;
	bool wide = area.columns >= APP_WIDE;
	int width = wide ? 80 : area.columns, latest = wide ? 0 : area.rows / 3;
	int detail = wide ? 8 : 6, shown = area.rows - 3 - latest - detail;
	render_head(screen->view, screen->asked, area);
	struct area items = area_part(area, 3, 0, shown, width);
	int top = list_view_top(&screen->rows, shown);
	for (int i = 0; i < shown && top + i < screen->rows.count; i++)
		render_item(items, i, screen->view->items->pdata[top + i],
			top + i == screen->rows.selected);
	render_detail(screen, area_part(area, 3 + shown, 0, detail, width));
	if (wide) {
		struct area beside = area_part(area, 3, width, area.rows - 3, area.columns);
		screens_divide(beside);
		render_story(screen, area_part(beside, 0, 2, beside.rows, beside.columns));
	} else {
		render_latest(screen, area_part(area, -latest, 0, latest, area.columns));
	}
}

static unsigned confirm_result(struct app *app, struct case_screen *screen)
{
	GError *error = NULL;
	bool good =
		desk_result_confirm(app_desk(app), screen->case_id, selected_index(screen), &error);
	if (good)
		app_say(app, SAY_GOOD, "结果已到窗口，F3 打印证照，F4 送达");
	return screens_done(app, good, error);
}

static unsigned issue_with(struct app *app, struct case_screen *screen, const char *reason)
{
	GError *error = NULL;
	g_autofree char *job = NULL;
	bool good = desk_issue(
		app_desk(app), screen->case_id, selected_index(screen), reason, &job, &error);
	if (good)
		app_say(app, SAY_GOOD, "证照已送打印，出来后请在 F6 待确认里回答");
	return screens_done(app, good, error);
}

static unsigned reissue(struct app *app, void *data, const char *text)
{
	return issue_with(app, data, text);
}

static unsigned issue(struct app *app, struct case_screen *screen)
{
	GError *error = NULL;
	g_autofree char *job = NULL;
	if (desk_issue(
		    app_desk(app), screen->case_id, selected_index(screen), NULL, &job, &error)) {
		app_say(app, SAY_GOOD, "证照已送打印，请在待确认里回答是否出来");
		return EFFECT_RECALC;
	}
	if (!g_error_matches(error, ERR_DOMAIN, ERR_CODE_EXISTS))
		return screens_done(app, false, error);
	g_error_free(error);
	app_ask(app,
		&(struct prompt){.title = "补打证照",
			.done = reissue,
			.data = screen,
			.question = "这份证照已经打印过。补打的原因？（编号不变，标明第几份）"});
	return EFFECT_NONE;
}

static unsigned withdraw(struct app *app, void *data, const char *text)
{
	struct case_screen *screen = data;
	GError *error = NULL;
	bool good =
		desk_withdraw(app_desk(app), screen->case_id, selected_index(screen), text, &error);
	return screens_done(app, good, error);
}

static unsigned note(struct app *app, void *data, const char *text)
{
	GError *error = NULL;
	bool good = desk_note(app_desk(app), ((struct case_screen *)data)->case_id, text, &error);
	return screens_done(app, good, error);
}

static const char *const papers[] = {"receipt", "notice", "correction", "promise", "delivery"};

static const struct ask_row paper_rows[] = {
	{"单据", {"收件回执", "告知单", "补正告知书", "容缺承诺书", "送达回证"}, "", true},
	{"补打的原因", {NULL}, "编号不变，标明第几份。证照用 F3 补打", true},
};

static bool reprint(struct app *app, void *data, const struct ask_answer *answers, GError **error)
{
	struct case_screen *screen = data;
	g_autofree char *job = NULL;
	if (!desk_print_request(app_desk(app), screen->case_id, papers[answers[0].choice], -1,
		    answers[1].text, &job, error))
		return false;
	app_say(app, SAY_GOOD, "已送补打，出来后请在首页 F6 待确认里回答");
	return true;
}

static unsigned print_again(struct app *app, struct case_screen *screen)
{
	app_ask_form(app, &(struct ask){.title = "补打单据",
				  .rows = paper_rows,
				  .count = G_N_ELEMENTS(paper_rows),
				  .done = reprint,
				  .data = screen});
	return EFFECT_NONE;
}

static const char *const delivery_ways[] = {"window", "post", "electronic", "self"};

static const struct ask_row delivery_rows[] = {
	{"方式", {"窗口领取", "邮寄", "电子送达", "自行打印"}, "", true},
	{"领取人", {NULL}, "领取人或收件人的姓名", true},
	{"怎样核对的", {NULL}, "如 当面核对身份证；代领的写明委托书", true},
	{"快递单号", {NULL}, "只有邮寄要写", false},
};

static bool deliver_done(
	struct app *app, void *data, const struct ask_answer *answers, GError **error)
{
	struct case_screen *screen = data;
	struct delivery_input input = {.way = delivery_ways[answers[0].choice],
		.receiver = answers[1].text,
		.document = answers[2].text,
		.courier_no = answers[3].text,
		.signed_for = answers[0].choice == 0};
	int item = screen->view->delivery_together ? -1 : selected_index(screen);
	if (!desk_deliver(app_desk(app), screen->case_id, item, &input, error))
		return false;
	app_say(app, SAY_GOOD,
		input.signed_for ? "已送达，请领取人在送达回证上签字" : "已登记送达");
	return true;
}

static int delivery_choice(const struct case_view *view)
{
	for (int i = 0; i < (int)G_N_ELEMENTS(delivery_ways); i++)
		if (g_str_equal(delivery_ways[i], view->delivery_way))
			return i;
	return 0;
}

static unsigned deliver(struct app *app, struct case_screen *screen)
{
	app_ask_form(app, &(struct ask){.title = "送达",
				  .rows = delivery_rows,
				  .count = G_N_ELEMENTS(delivery_rows),
				  .done = deliver_done,
				  .chosen = {delivery_choice(screen->view)},
				  .data = screen});
	return EFFECT_NONE;
}

static const char *const relay_kinds[] = {"received", "accepted", "refused", "decided",
	"correction", "suspended", "resumed", "extended"};
static const char *const relay_outcomes[] = {"granted", "denied"};
static const enum fact_source relay_sources[] = {FACT_SOURCE_PAPER, FACT_SOURCE_TELEPHONE};

static const struct ask_row relay_rows[] = {
	{"部门的动作", {"签收", "受理", "不予受理", "办结", "补正", "中止", "恢复", "延期"}, "",
		true},
	{"办结的结果", {"准予", "不予"}, "只用于办结", true},
	{"从哪里得知", {"纸质文书", "电话"}, "", true},
	{"文书号或通话人", {NULL}, "纸质写文书编号，电话写与谁通的话", true},
	{"理由", {NULL}, "不予受理、不予的必须写", false},
};

static bool relay_done(
	struct app *app, void *data, const struct ask_answer *answers, GError **error)
{
	struct case_screen *screen = data;
	bool decided = g_str_equal(relay_kinds[answers[0].choice], "decided");
	struct relay_input input = {.kind = relay_kinds[answers[0].choice],
		.item = selected_index(screen),
		.outcome = decided ? relay_outcomes[answers[1].choice] : "",
		.source = relay_sources[answers[2].choice],
		.reference = answers[3].text,
		.reason = answers[4].text};
	if (!desk_relay(app_desk(app), screen->case_id, &input, error))
		return false;
	app_say(app, SAY_GOOD, "已转录，部门联机后会与它自己的记录核对");
	return true;
}

static unsigned relay(struct app *app, struct case_screen *screen)
{
	const struct case_item *item = selected(screen);
	if (item == NULL)
		return EFFECT_NONE;
	g_autofree char *title = g_strdup_printf("转录部门的文书：%s", item->name);
	app_ask_form(
		app, &(struct ask){.title = title,
			     .rows = relay_rows,
			     .count = G_N_ELEMENTS(relay_rows),
			     .done = relay_done,
			     .question = "部门没有联机时，由窗口把它的文书或电话照录，标明转录。",
			     .data = screen});
	return EFFECT_NONE;
}

static unsigned archive(struct app *app, struct case_screen *screen)
{
	GError *error = NULL;
	bool good = desk_archive(app_desk(app), screen->case_id, &error);
	if (good)
		app_say(app, SAY_GOOD, "已归档");
	return screens_done(app, good, error);
}

static unsigned take_over(struct app *app, struct case_screen *screen)
{
	GError *error = NULL;
	bool good = desk_custody_ask(app_desk(app), screen->view->number, &error);
	screen->asked |= good;
	if (good)
		app_say(app, SAY_NOTE, "已向中心申请接办，答复到了会显示在这里");
	return screens_done(app, good, error);
}

/* Of another window's case there is one thing to do: to take it over. */
static unsigned more(struct app *app, struct case_screen *screen)
{
	g_autofree char *argument =
		g_strdup_printf("%s\t%d", screen->case_id, selected_index(screen));
	if (screen->view->holder[0] != '\0')
		return take_over(app, screen);
	if (selected(screen) != NULL)
		app_open(app, &screen_acts, argument);
	return EFFECT_NONE;
}

struct question_row {
	enum action action;
	const char *title;
	const char *question;
	const char *initial;
	unsigned (*done)(struct app *app, void *data, const char *text);
};

static const struct question_row questions[] = {
	{ACTION_WITHDRAW, "撤回所在事项", "申请人撤回的原因？", "申请人自愿撤回", withdraw},
	{ACTION_NOTE, "备注", "写一条备注：", "", note},
};

static unsigned case_action(struct app *app, void *data, enum action action)
{
	struct case_screen *screen = data;
	if (list_view_action(&screen->rows, action, 6))
		return EFFECT_RENDER;
	for (gsize i = 0; i < G_N_ELEMENTS(questions); i++)
		if (questions[i].action == action) {
			app_ask(app, &(struct prompt){.title = questions[i].title,
					     .question = questions[i].question,
					     .initial = questions[i].initial,
					     .done = questions[i].done,
					     .data = screen});
			return EFFECT_NONE;
		}
	switch (action) {
	case ACTION_MORE:
		return more(app, screen);
	case ACTION_RESULT_CONFIRM:
		return confirm_result(app, screen);
	case ACTION_ISSUE:
		return issue(app, screen);
	case ACTION_DELIVER:
		return deliver(app, screen);
	case ACTION_RELAY:
		return relay(app, screen);
	case ACTION_PRINT:
		return print_again(app, screen);
	case ACTION_ARCHIVE:
		return archive(app, screen);
	case ACTION_TIMELINE:
		app_open(app, &screen_timeline, screen->case_id);
		return EFFECT_NONE;
	default:
		return EFFECT_UNHANDLED;
	}
}

const struct screen_ops screen_case = {
	.name = "case",
	.context = CONTEXT_CASE,
	.title = "办件",
	.law = "部门签收后一个工作日内受理或不予受理；受理起计时，在承诺时限内决定；决定后一个工作"
	       "日内结果到窗口（操作规程"
	       "第十五至十七条）。可全部办结一起领，也可逐项领；邮寄须全部办结。证照只按部门的结果"
	       "打印。",
	.open = case_screen_open,
	.close = case_close,
	.recalc = case_recalc,
	.render = case_render,
	.action = case_action,
};
