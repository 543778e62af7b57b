/* act: every other desk call by name, with its input as a JSON document. One row an act. */
#include <string.h>

#include "base/err.h"
#include "base/text.h"
#include "cli/desk_cli.h"
#include "desk/script.h"

struct act {
	struct cli *cli;
	struct desk *desk;
	const char *case_id; /* local id */
	const json_t *input; /* an object, maybe empty */
};

struct act_row {
	const char *name;
	bool (*run)(const struct act *act, GError **error);
};

static int item_of(const struct act *act)
{
	return (int)json_integer_or(act->input, "item", -1);
}

static const char *text_of(const struct act *act, const char *key)
{
	return json_text(act->input, key, "");
}

/* What an act gave beside its success: {"name": value}. */
static void gave(const struct act *act, const char *name, const char *value)
{
	cli_say(act->cli, "%s", value);
	cli_json(act->cli, json_pack("{s:s}", name, value));
}

static bool act_answer(const struct act *act, GError **error)
{
	return desk_answer(act->desk, act->case_id, text_of(act, "question"),
		json_text(act->input, "option", NULL), error);
}

static bool act_item(const struct act *act, GError **error)
{
	return desk_item_take(
		act->desk, act->case_id, item_of(act), json_flag(act->input, "take", true), error);
}

static bool act_party(const struct act *act, GError **error)
{
	return desk_parties_document(
		act->desk, act->case_id, json_object_get(act->input, "parties"), error);
}

static bool act_field(const struct act *act, GError **error)
{
	return desk_field_set(
		act->desk, act->case_id, text_of(act, "field"), text_of(act, "value"), error);
}

static bool act_material(const struct act *act, GError **error)
{
	return desk_material_document(act->desk, act->case_id, act->input, error);
}

static bool act_notice(const struct act *act, GError **error)
{
	g_autofree char *label = NULL;
	if (!desk_notice_give(act->desk, act->case_id, &label, error))
		return false;
	gave(act, "label", label);
	return true;
}

static bool act_take_in(const struct act *act, GError **error)
{
	g_autofree char *number = NULL;
	if (!desk_take_in(act->desk, act->case_id, &number, error))
		return false;
	gave(act, "number", number);
	return true;
}

static bool act_correct(const struct act *act, GError **error)
{
	g_autoptr(GPtrArray) sentences = g_ptr_array_new();
	size_t index;
	json_t *sentence;
	json_array_foreach(json_object_get(act->input, "sentences"), index,
		sentence) if (json_is_string(sentence))
		g_ptr_array_add(sentences, (gpointer)json_string_value(sentence));
	g_autofree char *label = NULL;
	if (!desk_correct(act->desk, act->case_id, sentences, &label, error))
		return false;
	gave(act, "label", label);
	return true;
}

static bool act_withdraw(const struct act *act, GError **error)
{
	return desk_withdraw(act->desk, act->case_id, item_of(act), text_of(act, "reason"), error);
}

static bool act_note(const struct act *act, GError **error)
{
	return desk_note(act->desk, act->case_id, text_of(act, "text"), error);
}

static bool act_relay(const struct act *act, GError **error)
{
	struct relay_input input = {
		.kind = text_of(act, "kind"),
		.item = item_of(act),
		.source = fact_source_from_name(json_text(act->input, "source", "paper")),
		.reference = text_of(act, "reference"),
		.outcome = text_of(act, "outcome"),
		.reason = text_of(act, "reason"),
	};
	const char *at = json_text(act->input, "at", NULL);
	if (at != NULL && !civil_time_from_rfc3339(at, &input.happened_ms))
		return err_set(error, ERR_CODE_INVALID, "at 要写成 2026-11-20T14:32:00+08:00");
	return desk_relay(act->desk, act->case_id, &input, error);
}

static bool act_result(const struct act *act, GError **error)
{
	return desk_result_confirm(act->desk, act->case_id, item_of(act), error);
}

static bool act_issue(const struct act *act, GError **error)
{
	g_autofree char *job = NULL;
	if (!desk_issue(act->desk, act->case_id, item_of(act),
		    json_text(act->input, "reason", NULL), &job, error))
		return false;
	gave(act, "job", job);
	return true;
}

static bool act_deliver(const struct act *act, GError **error)
{
	struct delivery_input input = {
		.way = json_text(act->input, "way", "window"),
		.receiver = text_of(act, "receiver"),
		.document = text_of(act, "document"),
		.courier_no = text_of(act, "courier_no"),
		.signed_for = json_flag(act->input, "signed", true),
	};
	return desk_deliver(act->desk, act->case_id, item_of(act), &input, error);
}

static bool act_archive(const struct act *act, GError **error)
{
	return desk_archive(act->desk, act->case_id, error);
}

static bool act_print(const struct act *act, GError **error)
{
	g_autofree char *job = NULL;
	if (!desk_print_request(act->desk, act->case_id, json_text(act->input, "kind", "receipt"),
		    item_of(act), text_of(act, "reason"), &job, error))
		return false;
	gave(act, "job", job);
	return true;
}

static bool act_discard(const struct act *act, GError **error)
{
	return desk_draft_discard(act->desk, act->case_id, error);
}

static bool act_supplement(const struct act *act, GError **error)
{
	return desk_supplement(act->desk, act->case_id, item_of(act), text_of(act, "text"), error);
}

static bool act_lapse(const struct act *act, GError **error)
{
	return desk_lapse(act->desk, act->case_id, item_of(act), text_of(act, "basis"), error);
}

static bool act_deemed(const struct act *act, GError **error)
{
	return desk_deem(act->desk, act->case_id, item_of(act), text_of(act, "basis"), error);
}

static bool act_remind(const struct act *act, GError **error)
{
	return desk_remind(act->desk, act->case_id, item_of(act), text_of(act, "text"), error);
}

static bool act_extend(const struct act *act, GError **error)
{
	const struct extension extension = {.days = (int)json_integer_or(act->input, "days", 0),
		.approval = text_of(act, "approval"),
		.reason = text_of(act, "reason")};
	return desk_extend_joint(act->desk, act->case_id, &extension, error);
}

static bool act_delivery(const struct act *act, GError **error)
{
	return desk_delivery_choose(act->desk, act->case_id, json_text(act->input, "way", "window"),
		json_flag(act->input, "together", true), error);
}

/* A supervisor has looked at the clock; the case is only named. */
static bool act_clock(const struct act *act, GError **error)
{
	return desk_clock_confirm(act->desk, error);
}

static bool act_custody(const struct act *act, GError **error)
{
	return desk_custody_ask(act->desk, cli_argument(act->cli, 1), error);
}

/* The case is the id of a print job. */
static bool act_paper(const struct act *act, GError **error)
{
	return desk_paper_answer(act->desk, cli_argument(act->cli, 1),
		json_flag(act->input, "came_out", true), text_of(act, "reason"), error);
}

/* The case is the id of an outbox entry. */
static bool act_retry(const struct act *act, GError **error)
{
	return desk_outbox_retry(act->desk, cli_argument(act->cli, 1), error);
}

static const struct act_row rows[] = {
	{"answer", act_answer},
	{"item", act_item},
	{"party", act_party},
	{"field", act_field},
	{"material", act_material},
	{"notice", act_notice},
	{"take_in", act_take_in},
	{"correct", act_correct},
	{"withdraw", act_withdraw},
	{"note", act_note},
	{"relay", act_relay},
	{"result", act_result},
	{"issue", act_issue},
	{"deliver", act_deliver},
	{"archive", act_archive},
	{"print", act_print},
	{"discard", act_discard},
	{"supplement", act_supplement},
	{"lapse", act_lapse},
	{"deemed", act_deemed},
	{"remind", act_remind},
	{"extend", act_extend},
	{"delivery", act_delivery},
	{"clock", act_clock},
};

/* Acts whose second word is no case of this home. */
static const struct act_row other_rows[] = {
	{"custody", act_custody}, {"paper", act_paper}, {"retry", act_retry}};

static const struct act_row *find_row(const struct act_row *table, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(table[i].name, name) == 0)
			return &table[i];
	return NULL;
}

static bool unknown_act(const char *name, GError **error)
{
	GString *names = g_string_new(NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		g_string_append_printf(names, "%s ", rows[i].name);
	for (size_t i = 0; i < G_N_ELEMENTS(other_rows); i++)
		g_string_append_printf(names, "%s ", other_rows[i].name);
	g_autofree char *shown = text_clean(name, false);
	err_set(error, ERR_CODE_USAGE, "没有名叫 %s 的办理，可用的有：%s", shown, names->str);
	g_string_free(names, TRUE);
	return false;
}

static bool run_on_case(const struct act_row *row, struct act *act, GError **error)
{
	g_autoptr(case_view) view = desk_case_view(act->desk, cli_argument(act->cli, 1), error);
	if (view == NULL)
		return false;
	act->case_id = view->id;
	bool good = row->run(act, error);
	desk_case_release(act->desk, view->id);
	return good;
}

bool cli_act(struct cli *cli, GError **error)
{
	const char *name = cli_argument(cli, 0), *file = cli_argument(cli, 2);
	const struct act_row *row = find_row(rows, G_N_ELEMENTS(rows), name);
	const struct act_row *other = find_row(other_rows, G_N_ELEMENTS(other_rows), name);
	if (row == NULL && other == NULL)
		return unknown_act(name, error);
	g_autoptr(json_t) input = file == NULL ? json_object() : json_read_file(file, error);
	if (input == NULL)
		return false;
	g_autoptr(desk) desk = cli_desk_as(cli, "yanshi", error);
	if (desk == NULL)
		return false;
	struct act act = {.cli = cli, .desk = desk, .input = input};
	bool good = row != NULL ? run_on_case(row, &act, error) : other->run(&act, error);
	if (good)
		cli_done(cli);
	return good;
}
