#include "hub/act.h"

#include "base/err.h"
#include "hub/bind.h"

bool act_read(
	const struct request *request, const json_t *body, struct act *ret_act, GError **error)
{
	struct act act = {.item = -1, .expect = -1, .by = ""};
	const struct bind binds[] = {BIND_NEED_ID("id", &act.id),
		BIND_NEED_ID("bundle", &act.bundle), BIND_NEED_TEXT("kind", &act.kind, 64),
		BIND_INTEGER("item", &act.item, -1, 9999), BIND_NEED_TIME("at", &act.at_ms),
		BIND_TEXT("by", &act.by, 200), BIND_INTEGER("expect", &act.expect, 0, INT32_MAX),
		BIND_END};
	if (!bind_object(body, NULL, binds, error))
		return false;
	if (!g_str_equal(act.bundle, request->parts[0]) || !g_str_equal(act.id, request->parts[1]))
		return err_set(error, ERR_CODE_INVALID, "编号与地址不符");
	*ret_act = act;
	return true;
}

bool act_known(struct hub *hub, const struct request *request, enum hub_statement known,
	bool *ret_known, GError **error)
{
	g_autoptr(GBytes) bytes = NULL;
	if (!store_blob(hub->store, (int)known,
		    STORE_VALUES(STORE_TEXT("bundle", request->parts[0]),
			    STORE_TEXT("id", request->parts[1])),
		    &bytes, error))
		return false;
	*ret_known = bytes != NULL;
	if (bytes == NULL)
		return true;
	gsize size = 0;
	const void *data = g_bytes_get_data(bytes, &size);
	bool same = size == request->body->len && memcmp(data, request->body->data, size) == 0;
	return same || err_set_next(error, ERR_CODE_EXISTS, "同一编号已有不同的内容",
			       "请换一个编号发送新的内容");
}

bool act_put(struct hub *hub, const struct request *request, enum hub_statement put,
	const struct act *act, GError **error)
{
	return hub_run(hub, put,
		STORE_VALUES(STORE_TEXT("bundle", act->bundle), STORE_TEXT("id", act->id),
			STORE_TEXT("kind", act->kind), STORE_INTEGER("item", act->item),
			STORE_BLOB("bytes", request->body->data, request->body->len),
			STORE_INTEGER("at_ms", act->at_ms)),
		error);
}

/* The state the item goes to, in words; false with MOVE. */
static bool next_state(const struct item_row *item, const struct act_move *move,
	const char **ret_state, GError **error)
{
	enum item_state state = item_state_from_name(item->state);
	if (move->move != ITEM_MOVE_COUNT &&
		!item_move_apply(item->name, state, move->move, move->by, &state, error))
		return false;
	*ret_state = item_state_word(state);
	return true;
}

static bool write_state(struct hub *hub, const struct act *act, const struct item_row *item,
	const char *state, const char *outcome, GError **error)
{
	return hub_run(hub, HUB_STATEMENT_ITEM_MOVE,
		STORE_VALUES(STORE_TEXT("bundle", act->bundle), STORE_INTEGER("item", item->item),
			STORE_TEXT("state", state), STORE_TEXT("outcome", outcome),
			STORE_INTEGER("changed_ms", act->at_ms)),
		error);
}

static bool move_one(struct hub *hub, struct request *request, const struct act *act,
	const struct item_row *item, const struct act_move *move, GError **error)
{
	const char *state = NULL;
	if (act->expect >= 0 && act->expect != item->version) {
		request->reply.problem = json_pack("{s:I}", "version", (json_int_t)item->version);
		return err_set(error, ERR_CODE_STALE, "这个事项已有新的办理记录");
	}
	return next_state(item, move, &state, error) &&
	       write_state(hub, act, item, state, move->outcome, error);
}

/* All items that the move is open to; the first refusal when there is none. */
static bool move_all(struct hub *hub, const struct act *act, GPtrArray *items,
	const struct act_move *move, GError **error)
{
	int moved = 0;
	g_autoptr(GError) refusal = NULL;
	for (guint i = 0; i < items->len; i++) {
		const char *state = NULL;
		if (!next_state(items->pdata[i], move, &state, refusal == NULL ? &refusal : NULL))
			continue;
		if (!write_state(hub, act, items->pdata[i], state, move->outcome, error))
			return false;
		moved++;
	}
	if (moved == 0 && refusal != NULL)
		g_propagate_error(error, g_steal_pointer(&refusal));
	return moved > 0;
}

static bool recount(struct hub *hub, const char *bundle, GError **error)
{
	return hub_run(hub, HUB_STATEMENT_BUNDLE_RECOUNT,
		STORE_VALUES(STORE_TEXT("bundle", bundle)), error);
}

bool act_move(struct hub *hub, struct request *request, const struct act *act,
	const struct act_move *move, GError **error)
{
	g_autoptr(GPtrArray) items = model_items(hub, act->bundle, error);
	if (items == NULL)
		return false;
	if (act->item < 0)
		return move_all(hub, act, items, move, error) && recount(hub, act->bundle, error);
	for (guint i = 0; i < items->len; i++) {
		const struct item_row *item = items->pdata[i];
		if (item->item == act->item)
			return move_one(hub, request, act, item, move, error) &&
			       recount(hub, act->bundle, error);
	}
	return err_set(error, ERR_CODE_INVALID, "要件包里没有事项 %d", (int)act->item);
}

bool act_reply(struct hub *hub, struct request *request, bool known, GError **error)
{
	g_autoptr(GPtrArray) items = model_items(hub, request->parts[0], error);
	if (items == NULL)
		return false;
	reply_json(&request->reply, known ? 200 : 201,
		json_pack("{s:s, s:o}", "id", request->parts[1], "items", model_items_json(items)));
	return true;
}
