/* What a window tells a department about a bundle. */
#include "base/err.h"
#include "hub/act.h"
#include "hub/handlers.h"

/* Some move the item at the hub, too, so that the department's next act meets the right version. */
static const struct message_kind {
	const char *kind;
	enum item_move move; /* ITEM_MOVE_COUNT: none */
	unsigned by;
	bool always; /* kept although the item's state here does not allow the move: the department
			was relayed on paper, and the hub has not heard of it */
} message_kinds[] = {
	{"supplement", ITEM_MOVE_SUPPLEMENTED, ITEM_BY_WINDOW, true},
	{"withdrawal", ITEM_MOVE_WITHDRAWN, ITEM_BY_APPLICANT, false},
	{"predecessor_result", ITEM_MOVE_COUNT, 0, false},
	{"reminder", ITEM_MOVE_COUNT, 0, false},
	{"order", ITEM_MOVE_COUNT, 0, false},
	{"relay", ITEM_MOVE_COUNT, 0, false},
};

static const struct message_kind *find_kind(const char *kind, GError **error)
{
	for (size_t i = 0; i < G_N_ELEMENTS(message_kinds); i++)
		if (g_str_equal(message_kinds[i].kind, kind))
			return &message_kinds[i];
	err_set(error, ERR_CODE_INVALID,
		"kind 要是 supplement、withdrawal、predecessor_result、reminder、"
		"order 或 relay");
	return NULL;
}

static bool apply(struct hub *hub, struct request *request, const struct act *act, GError **error)
{
	const struct message_kind *kind = find_kind(act->kind, error);
	if (kind == NULL || !act_put(hub, request, HUB_STATEMENT_MESSAGE_PUT, act, error))
		return false;
	if (kind->move == ITEM_MOVE_COUNT)
		return true;
	g_autoptr(GError) refusal = NULL;
	const struct act_move move = {kind->move, kind->by, ""};
	if (act_move(hub, request, act, &move, &refusal) ||
		(kind->always && err_is(refusal, ERR_CODE_MOVE)))
		return true;
	g_propagate_error(error, g_steal_pointer(&refusal));
	return false;
}

bool hub_message_put(struct hub *hub, struct request *request, GError **error)
{
	bool known = false;
	struct act act;
	struct bundle_row *row = model_bundle(hub, &request->caller, request->parts[0], error);
	if (row == NULL)
		return false;
	g_autofree char *number = g_strdup(row->number);
	store_row_free(row);
	if (!act_known(hub, request, HUB_STATEMENT_MESSAGE_BYTES, &known, error))
		return false;
	g_autoptr(json_t) body = request_json(request, error);
	if (body == NULL || !act_read(request, body, &act, error))
		return false;
	if (!known && (!apply(hub, request, &act, error) || !model_case_touch(hub, number, error)))
		return false;
	return act_reply(hub, request, known, error);
}
