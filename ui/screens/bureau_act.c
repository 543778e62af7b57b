/* What the keys of a list do through the desk: authorise, shelve, submit, return, publish, give up.
 */
#include "core/date.h"
#include "screens/bureau_list.h"

/* ---- gates ---- */

static unsigned done(struct app *app, bool good, GError *error, const char *said)
{
	if (!good)
		app_fail(app, error);
	else
		app_say(app, SAY_GOOD, "%s", said);
	return EFFECT_RECALC;
}

static unsigned authorise_one(struct app *app, const struct bureau_list *list, bool on)
{
	const struct bureau_theme *theme = bureau_list_selected(list);
	GError *error = NULL;
	bool good = desk_bureau_authorise(app_desk(app), list->id, theme->id, on, &error);
	g_autofree char *said = g_strdup_printf("“%s”%s", theme->name,
		on ? "已授权本大厅办理" : "已收回授权，不再收件；已收的照办");
	return done(app, good, error, said);
}

static unsigned authorise_done(struct app *app, void *data, const char *text)
{
	(void)text;
	return authorise_one(app, data, false);
}

/* Giving leave is done at once; taking it back stops the windows and is asked. */
static unsigned authorise(struct app *app, struct bureau_list *list)
{
	const struct bureau_theme *theme = bureau_list_selected(list);
	if (theme == NULL)
		return EFFECT_NONE;
	if (!theme->gates.authorised)
		return authorise_one(app, list, true);
	g_autofree char *question = g_strdup_printf("收回“%s”在本大厅的授权？", theme->name);
	app_ask(app, &(struct prompt){.title = "收回授权",
			     .question = question,
			     .confirm = true,
			     .done = authorise_done,
			     .data = list});
	return EFFECT_NONE;
}

static unsigned shelve(struct app *app, const struct bureau_list *list)
{
	const struct bureau_theme *theme = bureau_list_selected(list);
	if (theme == NULL)
		return EFFECT_NONE;
	GError *error = NULL;
	bool on = !theme->gates.on_shelf;
	bool good = desk_bureau_shelf(app_desk(app), list->id, theme->id, on, &error);
	g_autofree char *said =
		g_strdup_printf("“%s”%s", theme->name, on ? "已上架" : "已撤下，只供参考");
	return done(app, good, error, said);
}

/* ---- drafts ---- */

/* A sentence and false when the list is not at the step the key is for. */
static bool is_at(struct app *app, const struct bureau_list *list, enum bureau_status status)
{
	static const char *const sentences[] = {
		[BUREAU_DRAFT] = "没有待提交的草稿；回车打开一件事，改动会存为草稿",
		[BUREAU_SUBMITTED] = "没有已提交的草稿；先 F6 提交",
	};
	if (list->status == status)
		return true;
	if (status == BUREAU_DRAFT && list->status == BUREAU_SUBMITTED)
		app_say(app, SAY_NOTE, "草稿已经提交；F8 发布，或 F7 退回修改");
	else if (status == BUREAU_SUBMITTED && list->status == BUREAU_DRAFT)
		app_say(app, SAY_NOTE, "草稿还没有提交；F6 提交并填备案号");
	else
		app_say(app, SAY_NOTE, "%s", sentences[status]);
	return false;
}

static const struct ask_row submit_rows[] = {
	{"备案号", {NULL}, "牵头部门报备案的文号；还没有的空着，版本里写“未备案”", false},
	{"说明", {NULL}, "这一版改了什么、为什么", false},
};

static bool submit_done(
	struct app *app, void *data, const struct ask_answer *answers, GError **error)
{
	const struct bureau_list *list = data;
	if (!desk_bureau_submit(app_desk(app), list->id, answers[0].text, answers[1].text, error))
		return false;
	app_say(app, SAY_GOOD, "第%d版已提交；F8 发布，有问题 F7 退回", list->version);
	return true;
}

static unsigned submit(struct app *app, struct bureau_list *list)
{
	if (!is_at(app, list, BUREAU_DRAFT))
		return EFFECT_NONE;
	g_autofree char *question =
		g_strdup_printf("提交清单“%s”的草稿第%d版，待发布。", list->title, list->version);
	app_ask_form(app, &(struct ask){.title = "提交草稿",
				  .question = question,
				  .rows = submit_rows,
				  .count = G_N_ELEMENTS(submit_rows),
				  .done = submit_done,
				  .data = list});
	return EFFECT_NONE;
}

static const struct ask_row return_rows[] = {
	{"退回原因", {NULL}, "写给改草稿的人", true},
};

static bool return_done(
	struct app *app, void *data, const struct ask_answer *answers, GError **error)
{
	const struct bureau_list *list = data;
	if (!desk_bureau_return(app_desk(app), list->id, answers[0].text, error))
		return false;
	app_say(app, SAY_GOOD, "第%d版已退回，改后再提交", list->version);
	return true;
}

static unsigned send_back(struct app *app, struct bureau_list *list)
{
	if (!is_at(app, list, BUREAU_SUBMITTED))
		return EFFECT_NONE;
	app_ask_form(app, &(struct ask){.title = "退回草稿",
				  .rows = return_rows,
				  .count = G_N_ELEMENTS(return_rows),
				  .done = return_done,
				  .data = list});
	return EFFECT_NONE;
}

/* The safe answer stands first: nothing is published by Enter alone. */
static const struct ask_row publish_rows[] = {
	{"施行日期", {NULL}, "写成 2026-12-01；空着是今天起。到这一天 0 点起，各窗口按新版本收件",
		false},
	{"备案号", {NULL}, "牵头部门报备案的文号；空着的版本写“未备案”", false},
	{"发布吗", {"不发布", "发布，不能再改"}, "", false},
};

static bool publish_done(
	struct app *app, void *data, const struct ask_answer *answers, GError **error)
{
	struct bureau_list *list = data;
	int version = 0;
	if (answers[2].choice == 0) {
		app_say(app, SAY_NOTE, "没有发布");
		return true;
	}
	if (!desk_bureau_publish(
		    app_desk(app), list->id, answers[1].text, answers[0].text, &version, error))
		return false;
	bureau_undo_forget(app);
	app_say(app, SAY_GOOD, "“%s”第%d版已发布，%s起施行；已收的办件仍按原版本", list->title,
		version, answers[0].text[0] == '\0' ? "今天" : answers[0].text);
	return true;
}

static unsigned publish(struct app *app, struct bureau_list *list)
{
	if (!is_at(app, list, BUREAU_SUBMITTED))
		return EFFECT_NONE;
	g_autofree char *question =
		g_strdup_printf("发布清单“%s”第%d版。发布后的版本不能再改，只能再发布下一版。",
			list->title, list->version);
	struct civil_date today = civil_date_of_ms(desk_now_ms(app_desk(app)));
	g_autofree char *tomorrow = civil_date_dup_text(civil_date_add_days(today, 1));
	app_ask_form(app, &(struct ask){.title = "发布",
				  .question = question,
				  .rows = publish_rows,
				  .count = G_N_ELEMENTS(publish_rows),
				  .texts = {tomorrow, list->filing},
				  .done = publish_done,
				  .data = list});
	return EFFECT_NONE;
}

static unsigned drop_done(struct app *app, void *data, const char *text)
{
	(void)text;
	const struct bureau_list *list = data;
	GError *error = NULL;
	bool good = desk_bureau_discard(app_desk(app), list->id, &error);
	if (good)
		bureau_undo_forget(app);
	return done(app, good, error, "草稿已放弃，施行中的版本不变");
}

static unsigned drop(struct app *app, struct bureau_list *list)
{
	if (list->status == BUREAU_PUBLISHED) {
		app_say(app, SAY_NOTE, "没有草稿可以放弃");
		return EFFECT_NONE;
	}
	g_autofree char *question = g_strdup_printf(
		"放弃清单“%s”的草稿第%d版？里面的改动都不要了。", list->title, list->version);
	app_ask(app, &(struct prompt){.title = "放弃草稿",
			     .question = question,
			     .confirm = true,
			     .done = drop_done,
			     .data = list});
	return EFFECT_NONE;
}

unsigned bureau_list_act(struct app *app, struct bureau_list *list, enum action action)
{
	switch (action) {
	case ACTION_AUTHORISE:
		return authorise(app, list);
	case ACTION_SHELVE:
		return shelve(app, list);
	case ACTION_SUBMIT:
		return submit(app, list);
	case ACTION_RETURN:
		return send_back(app, list);
	case ACTION_PUBLISH:
		return publish(app, list);
	case ACTION_DRAFT_DROP:
		return drop(app, list);
	default:
		return EFFECT_UNHANDLED;
	}
}
