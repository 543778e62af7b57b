#include <string.h>

#include "base/text.h"
#include "desk/act_item.h"
#include "desk/decision.h"

static json_t *relay_document(
	const struct relay_input *input, const char *reference, const char *reason, int64_t at_ms)
{
	g_autofree char *at = time_dup_utc(at_ms);
	return json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s}", "kind", input->kind, "at", at,
		"reference", reference, "number", reference, "outcome",
		input->outcome != NULL ? input->outcome : "", "reason", reason, "seen",
		fact_source_name(input->source), "title", "");
}

static bool send_relay(struct item_work *work, const struct case_whole *whole,
	const struct item_row *row, const json_t *document, GError **error)
{
	g_autofree char *bundle =
		bundle_of(work->desk, whole->file.id, row->department, (int)row->item, error);
	if (bundle == NULL)
		return false;
	json_t *body = json_pack("{s:O}", "relayed", document);
	if (*bundle != '\0')
		return message_send(work->desk, bundle, "relay", (int)row->item, body, error);
	json_decref(body);
	return true;
}

static bool relay_item(struct item_work *work, struct case_whole *whole, struct item_row *row,
	enum item_move move, GError **error)
{
	const struct relay_input *input = work->input;
	struct desk *desk = work->desk;
	int64_t at_ms = input->happened_ms != 0 ? input->happened_ms : desk_now_ms(desk);
	g_autofree char *reference = text_clean(input->reference, false);
	g_autofree char *reason = text_clean(input->reason, false);
	g_autoptr(json_t) document = relay_document(input, reference, reason, at_ms);
	if (!item_move_row(row, move, ITEM_BY_DEPARTMENT, error))
		return false;
	decision_fill(row, move, document, at_ms);
	row->relayed = 1;
	g_autofree char *kind = g_strconcat("relayed_", input->kind, NULL);
	const struct item_act act = {
		.kind = kind,
		.by = ITEM_BY_DEPARTMENT,
		.authority = AUTHORITY_DEPARTMENT,
		.source = input->source,
		.happened_ms = input->happened_ms,
	};
	g_autoptr(json_t) body = json_pack("{s:O,s:s,s:s}", "relayed", document, "reference",
		reference, "reason", row->reason);
	return decision_pause(desk, whole->file.id, row, move, document, at_ms, error) &&
	       item_write(desk, whole, row, &act, g_steal_pointer(&body), error) &&
	       send_relay(work, whole, row, document, error);
}

static bool is_empty(const char *text)
{
	return text == NULL || *text == '\0';
}

/* What a decision typed in must say beside its kind. */
static bool check_decision(const struct relay_input *input, enum item_move move, GError **error)
{
	bool decided = move == ITEM_MOVE_DECIDED;
	bool denied = g_strcmp0(input->outcome, "denied") == 0;
	if (decided && !denied && g_strcmp0(input->outcome, "granted") != 0)
		return err_set(error, ERR_CODE_INCOMPLETE, "转录办结要写明同意还是不同意");
	if ((move == ITEM_MOVE_REFUSED || (decided && denied)) && is_empty(input->reason))
		return err_set(error, ERR_CODE_INCOMPLETE, "不予受理或不同意的，要写明理由");
	return true;
}

static bool is_departments(enum item_move move)
{
	for (int from = 0; move != ITEM_MOVE_COUNT && from < ITEM_STATE_COUNT; from++) {
		const struct item_move_rule *rule = item_move_find((enum item_state)from, move);
		if (rule != NULL)
			return (rule->by & ITEM_BY_DEPARTMENT) != 0;
	}
	return false;
}

static bool check_relay(const struct relay_input *input, enum item_move move, GError **error)
{
	if (!is_departments(move))
		return err_set_next(error, ERR_CODE_INVALID, "这不是部门的动作，不能转录",
			"可以转录签收、受理、不予受理、补正、中止、恢复、延期和办结");
	if (input->source != FACT_SOURCE_PAPER && input->source != FACT_SOURCE_TELEPHONE)
		return err_set(error, ERR_CODE_INVALID, "转录要写明来自纸质文书还是电话");
	if (is_empty(input->reference))
		return err_set(error, ERR_CODE_INCOMPLETE, "转录要写文书编号，或与谁通的电话");
	return check_decision(input, move, error);
}

static bool relay(struct item_work *work, struct case_whole *whole, GError **error)
{
	const struct relay_input *input = work->input;
	struct item_row *row = item_wanted(whole, input->item, error);
	return row != NULL && relay_item(work, whole, row, item_move_from_name(input->kind), error);
}

bool desk_relay(
	struct desk *desk, const char *case_id, const struct relay_input *input, GError **error)
{
	if (!check_relay(input, item_move_from_name(input->kind), error))
		return false;
	struct item_work work = {.desk = desk,
		.case_id = case_id,
		.item = input->item,
		.input = input,
		.run = relay};
	return item_work_run(&work, DESK_ACT_RELAY, error);
}
