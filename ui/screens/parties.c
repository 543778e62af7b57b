/* Who else takes part: adding and removing an agent, guardian or subject, and the whole number of a
 * party. */
#include "screens/parties.h"

#include "screens/ask.h"

static const enum party_role roles[] = {PARTY_ROLE_AGENT, PARTY_ROLE_GUARDIAN, PARTY_ROLE_SUBJECT,
	PARTY_ROLE_APPLICANT, PARTY_ROLE_FIRM};
static const enum document_kind documents[] = {DOCUMENT_KIND_IDENTITY, DOCUMENT_KIND_PASSPORT,
	DOCUMENT_KIND_HK_MACAO_PERMIT, DOCUMENT_KIND_TAIWAN_PERMIT, DOCUMENT_KIND_CREDIT,
	DOCUMENT_KIND_BIRTH, DOCUMENT_KIND_OTHER, DOCUMENT_KIND_NONE};

static const struct ask_row party_rows[] = {
	{"身份", {"代理人", "监护人", "当事对象", "申请人", "企业"},
		"不满十四周岁的，由监护人代办（个人信息保护法第三十一条）", true},
	{"姓名或名称", {NULL}, "", true},
	{"证件", {"身份证", "护照", "港澳", "台胞", "信用代码", "出生", "其他", "无"}, "", true},
	{"证件号码", {NULL}, "没有号码的，证件选“无”，下面写原因", false},
	{"没有号码的原因", {NULL}, "如 新生儿尚无证件、企业尚未设立、证件遗失补办中", false},
	{"电话", {NULL}, "", false},
};

static bool add_done(struct app *app, void *data, const struct ask_answer *answers, GError **error)
{
	g_autoptr(case_view) view = desk_case_view(app_desk(app), data, error);
	if (view == NULL)
		return false;
	struct party_input input = {.role = roles[answers[0].choice],
		.name = answers[1].text,
		.document = documents[answers[2].choice],
		.number = answers[3].text,
		.missing_reason = answers[4].text,
		.phone = answers[5].text};
	if (!desk_party_set(app_desk(app), view->id, (int)view->parties->len, &input, error))
		return false;
	app_say(app, SAY_GOOD, "已加%s %s", party_role_name(input.role), input.name);
	return true;
}

void parties_add(struct app *app, char *case_id)
{
	app_ask_form(app, &(struct ask){.title = "增加当事人",
				  .rows = party_rows,
				  .count = G_N_ELEMENTS(party_rows),
				  .done = add_done,
				  .data = case_id});
}

/* "1 申请人 演示一  2 代理人 演示二": how a party is chosen. */
static char *numbered(const struct case_view *view)
{
	GString *words = g_string_new(NULL);
	for (guint i = 0; i < view->parties->len; i++) {
		const struct case_party *party = view->parties->pdata[i];
		g_string_append_printf(
			words, "%u %s %s  ", i + 1, party_role_name(party->role), party->name);
	}
	return g_string_free(words, FALSE);
}

static const struct ask_row remove_rows[] = {
	{"去掉第几位", {NULL}, "写上面的序号。第 1 位是申请人，去掉后要重新填写", true},
};

static bool remove_done(
	struct app *app, void *data, const struct ask_answer *answers, GError **error)
{
	int ordinal = (int)g_ascii_strtoll(answers[0].text, NULL, 10) - 1;
	return desk_party_remove(app_desk(app), data, ordinal, error);
}

static const struct ask_row number_rows[] = {
	{"第几位", {NULL}, "写上面的序号", true},
	{"用途", {NULL}, "如 与证件原件核对。谁、何时、为什么看，都会留痕", true},
};

static bool number_done(
	struct app *app, void *data, const struct ask_answer *answers, GError **error)
{
	int ordinal = (int)g_ascii_strtoll(answers[0].text, NULL, 10) - 1;
	g_autofree char *number =
		desk_party_number(app_desk(app), data, ordinal, answers[1].text, error);
	if (number == NULL)
		return false;
	app_say(app, SAY_NOTE, "证件号 %s（已留痕，按任意键收起）",
		number[0] == '\0' ? "没有登记" : number);
	return true;
}

static void ask_which(struct app *app, const struct case_view *view, const struct ask *ask)
{
	if (view->parties->len == 0) {
		app_say(app, SAY_NOTE, "还没有当事人，请先在表单填写申请人");
		return;
	}
	g_autofree char *which = numbered(view);
	struct ask whole = *ask;
	whole.question = which;
	app_ask_form(app, &whole);
}

void parties_remove(struct app *app, const struct case_view *view, char *case_id)
{
	ask_which(app, view,
		&(struct ask){.title = "去掉当事人",
			.rows = remove_rows,
			.count = G_N_ELEMENTS(remove_rows),
			.done = remove_done,
			.data = case_id});
}

void parties_show_number(struct app *app, const struct case_view *view, char *case_id)
{
	ask_which(app, view,
		&(struct ask){.title = "显示完整证件号",
			.rows = number_rows,
			.count = G_N_ELEMENTS(number_rows),
			.done = number_done,
			.data = case_id});
}
