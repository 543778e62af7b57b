/* What a department does with a bundle, and how the window hears of it. */
#include "base/clock.h"
#include "base/err.h"
#include "hub/act.h"
#include "hub/bind.h"
#include "hub/handlers.h"
#include "hub/supply.h"

#define MOST_WAIT_S 30
#define MOST_ENTRIES 100

enum need {
	NEED_REASON = 1 << 0,
	NEED_OUTCOME = 1 << 1,
	NEED_SENTENCES = 1 << 2,
	NEED_DAYS = 1 << 3,
	NEED_RESULT = 1 << 4,
	NEED_ITEM = 1 << 5,
};

static const struct update_kind {
	const char *kind;
	enum item_move move; /* ITEM_MOVE_COUNT: the state stays */
	unsigned needs;
} update_kinds[] = {
	{"received", ITEM_MOVE_RECEIVED, 0},
	{"accepted", ITEM_MOVE_ACCEPTED, NEED_ITEM},
	{"refused", ITEM_MOVE_REFUSED, NEED_ITEM | NEED_REASON},
	{"correction", ITEM_MOVE_CORRECTION, NEED_ITEM | NEED_SENTENCES},
	{"suspended", ITEM_MOVE_SUSPENDED, NEED_ITEM | NEED_REASON},
	{"resumed", ITEM_MOVE_RESUMED, NEED_ITEM},
	{"extended", ITEM_MOVE_EXTENDED, NEED_ITEM | NEED_REASON | NEED_DAYS},
	{"decided", ITEM_MOVE_DECIDED, NEED_ITEM | NEED_OUTCOME},
	{"result", ITEM_MOVE_COUNT, NEED_ITEM | NEED_RESULT},
	{"returned_papers", ITEM_MOVE_COUNT, 0},
};

struct update_input {
	const char *number, *reason, *remedies, *outcome, *until;
	int64_t days;
	const json_t *sentences, *result;
};

static const struct update_kind *find_kind(const char *kind, GError **error)
{
	for (size_t i = 0; i < G_N_ELEMENTS(update_kinds); i++)
		if (g_str_equal(update_kinds[i].kind, kind))
			return &update_kinds[i];
	err_set(error, ERR_CODE_INVALID,
		"kind 要是 received、accepted、refused、correction、suspended、"
		"resumed、extended、decided、result 或 returned_papers");
	return NULL;
}

static bool bind_update(const json_t *body, struct update_input *input, GError **error)
{
	*input = (struct update_input){.reason = "", .outcome = ""};
	const struct bind binds[] = {BIND_TEXT("number", &input->number, 200),
		BIND_TEXT("reason", &input->reason, 4000),
		BIND_TEXT("remedies", &input->remedies, 4000),
		BIND_TEXT("outcome", &input->outcome, 16),
		BIND_INTEGER("days", &input->days, 0, 3650), BIND_TEXT("until", &input->until, 64),
		BIND_ARRAY("sentences", &input->sentences, 200),
		BIND_OBJECT("result", &input->result), BIND_END};
	return bind_object(body, NULL, binds, error);
}

static bool check_sentences(const json_t *sentences, GError **error)
{
	size_t i;
	const json_t *value;
	if (sentences == NULL || json_array_size(sentences) == 0)
		return err_set(error, ERR_CODE_INVALID, "补正要在 sentences 里一次说清要补什么");
	json_array_foreach((json_t *)sentences, i,
		value) if (!json_is_string(value) ||
			   json_string_length(value) == 0) return err_set(error, ERR_CODE_INVALID,
		"sentences 的每一项要是非空文字");
	return true;
}

static bool check_result(const json_t *result, GError **error)
{
	const char *title = NULL;
	const struct bind binds[] = {BIND_NEED_TEXT("title", &title, 300), BIND_END};
	if (result == NULL)
		return err_set(error, ERR_CODE_INVALID, "缺少 result");
	return bind_object(result, "result", binds, error);
}

static bool check_outcome(const struct update_input *input, GError **error)
{
	if (g_str_equal(input->outcome, "granted"))
		return true;
	if (!g_str_equal(input->outcome, "denied"))
		return err_set(error, ERR_CODE_INVALID, "outcome 要是 granted 或 denied");
	return *input->reason != '\0' || err_set(error, ERR_CODE_INVALID, "要写明理由 reason");
}

static bool check_needs(const struct update_kind *kind, const struct act *act,
	const struct update_input *input, GError **error)
{
	unsigned needs = kind->needs;
	if ((needs & NEED_ITEM) && act->item < 0)
		return err_set(error, ERR_CODE_INVALID, "要写明是哪个事项 item");
	if ((needs & NEED_REASON) && *input->reason == '\0')
		return err_set(error, ERR_CODE_INVALID, "要写明理由 reason");
	if ((needs & NEED_DAYS) && input->days == 0)
		return err_set(error, ERR_CODE_INVALID, "要写明延长天数 days");
	return (!(needs & NEED_OUTCOME) || check_outcome(input, error)) &&
	       (!(needs & NEED_SENTENCES) || check_sentences(input->sentences, error)) &&
	       (!(needs & NEED_RESULT) || check_result(input->result, error));
}

/* A result belongs to an item that has been decided or refused (R29). */
static bool check_decided(struct hub *hub, const struct act *act, GError **error)
{
	g_autoptr(GPtrArray) items = model_items(hub, act->bundle, error);
	if (items == NULL)
		return false;
	for (guint i = 0; i < items->len; i++) {
		const struct item_row *item = items->pdata[i];
		if (item->item == act->item && !g_str_equal(item->state, "decided") &&
			!g_str_equal(item->state, "refused"))
			return err_set(
				error, ERR_CODE_MOVE, "“%s”还没有办结，不能送结果", item->name);
	}
	return true;
}

/* Into the lane of whoever holds the case now. */
static bool tell_holder(struct hub *hub, const struct request *request,
	const struct bundle_row *row, GError **error)
{
	struct hub_case *held = model_case(hub, NULL, row->number, error);
	if (held == NULL)
		return false;
	GError *problem = NULL;
	g_autofree char *lane = model_lane(hub, held->store, held->hall, held->window, &problem);
	store_row_free(held);
	if (problem != NULL) {
		g_propagate_error(error, problem);
		return false;
	}
	if (lane == NULL)
		return err_set(error, ERR_CODE_INTERNAL, NULL);
	return model_lane_put(hub, lane,
		&(struct lane_entry){
			"update", row->id, row->number, request->body->data, request->body->len},
		error);
}

static bool apply(struct hub *hub, struct request *request, const struct bundle_row *row,
	const struct act *act, const struct update_input *input, GError **error)
{
	const struct update_kind *kind = find_kind(act->kind, error);
	if (kind == NULL || !check_needs(kind, act, input, error))
		return false;
	if ((kind->needs & NEED_RESULT) && !check_decided(hub, act, error))
		return false;
	bool refused = kind->move == ITEM_MOVE_REFUSED;
	const struct act_move move = {
		kind->move, ITEM_BY_DEPARTMENT, refused ? "refused" : input->outcome};
	return act_put(hub, request, HUB_STATEMENT_UPDATE_PUT, act, error) &&
	       act_move(hub, request, act, &move, error) &&
	       model_case_touch(hub, row->number, error) && tell_holder(hub, request, row, error);
}

static bool put_update(
	struct hub *hub, struct request *request, const struct bundle_row *row, GError **error)
{
	bool known = false;
	struct act act;
	struct update_input input;
	if (!act_known(hub, request, HUB_STATEMENT_UPDATE_BYTES, &known, error))
		return false;
	g_autoptr(json_t) body = request_json(request, error);
	if (body == NULL || !act_read(request, body, &act, error) ||
		!bind_update(body, &input, error))
		return false;
	if (*act.by == '\0')
		return err_set(error, ERR_CODE_INVALID, "要写明是谁办理的 by");
	if (!known && !apply(hub, request, row, &act, &input, error))
		return false;
	return act_reply(hub, request, known, error);
}

bool hub_update_put(struct hub *hub, struct request *request, GError **error)
{
	struct bundle_row *row = model_bundle(hub, &request->caller, request->parts[0], error);
	if (row == NULL)
		return false;
	bool good = put_update(hub, request, row, error);
	store_row_free(row);
	return good;
}

/* ---- a window fetches ---- */

struct entry_row {
	int64_t cursor;
	char *kind, *bundle, *number;
	GBytes *document;
};
static const struct store_column entry_columns[] = {STORE_COLUMN(INTEGER, struct entry_row, cursor),
	STORE_COLUMN(TEXT, struct entry_row, kind), STORE_COLUMN(TEXT, struct entry_row, bundle),
	STORE_COLUMN(TEXT, struct entry_row, number),
	STORE_COLUMN(BLOB, struct entry_row, document), STORE_COLUMNS_END};
static const struct store_shape entry_shape = {sizeof(struct entry_row), entry_columns};

static json_t *entry_json(const struct entry_row *row)
{
	json_t *entry = json_pack("{s:I, s:s, s:s, s:o}", "cursor", (json_int_t)row->cursor, "kind",
		row->kind, "case", row->number, "document", model_bytes_text(row->document));
	if (g_str_equal(row->kind, "update")) {
		json_object_set_new(entry, "bundle", json_string(row->bundle));
	} else {
		g_autoptr(json_t) document = model_bytes_value(row->document);
		json_object_set_new(entry, "holder",
			json_pack("{s:s, s:s, s:s}", "store", json_text(document, "store", ""),
				"window", json_text(document, "window", ""), "name",
				json_text(document, "holder", "")));
	}
	return entry;
}

/* A cursor beyond the lane's end: the hub was set back. */
static bool check_cursor(struct hub *hub, struct request *request, int64_t after, GError **error)
{
	int64_t last = 0;
	if (!store_integer(hub->store, HUB_STATEMENT_LANE_LAST,
		    STORE_VALUES(STORE_TEXT("name", request->lane)), 0, &last, error))
		return false;
	if (after <= last)
		return true;
	request->reply.problem = json_pack("{s:I}", "cursor", (json_int_t)last);
	return err_set_next(
		error, ERR_CODE_STALE, "游标超过了中心的最新一条", "请从中心给出的游标重新取");
}

/* True while it is worth to keep the caller waiting. */
static bool may_wait(const struct hub *hub, struct request *request, int64_t wait_s)
{
	int64_t now = clock_monotonic_ms();
	if (request->deadline_ms == 0)
		request->deadline_ms = now + MIN(wait_s, MOST_WAIT_S) * 1000;
	return !hub->stopping && now < request->deadline_ms;
}

/* What a caller who names the stamp it knows is told: the present one (-1: it did not ask). */
static bool read_stamp(struct hub *hub, const struct request *request, int64_t *ret_stamp,
	bool *ret_new, GError **error)
{
	int64_t known = -1;
	if (!request_query_number(request, "supply", -1, &known, error))
		return false;
	*ret_stamp = -1;
	*ret_new = false;
	if (known < 0)
		return true;
	if (!supply_stamp(hub, ret_stamp, error))
		return false;
	*ret_new = *ret_stamp != known;
	return true;
}

static bool answer_updates(
	struct hub *hub, struct request *request, int64_t after, int64_t wait_s, GError **error)
{
	int64_t stamp = -1;
	bool news = false;
	if (!read_stamp(hub, request, &stamp, &news, error))
		return false;
	g_autoptr(GPtrArray) rows = store_rows(hub->store, HUB_STATEMENT_LANE_ENTRY_AFTER,
		STORE_VALUES(STORE_TEXT("lane", request->lane), STORE_INTEGER("after", after),
			STORE_INTEGER("most", MOST_ENTRIES)),
		&entry_shape, error);
	if (rows == NULL)
		return false;
	if (rows->len == 0 && !news && may_wait(hub, request, wait_s)) {
		request->reply.wait = true;
		return true;
	}
	json_t *updates = json_array();
	for (guint i = 0; i < rows->len; i++) {
		const struct entry_row *row = rows->pdata[i];
		after = row->cursor;
		json_array_append_new(updates, entry_json(row));
	}
	json_t *answer = json_pack("{s:o, s:I}", "updates", updates, "cursor", (json_int_t)after);
	if (stamp >= 0)
		json_object_set_new(answer, "supply", json_integer(stamp));
	reply_json(&request->reply, 200, answer);
	return true;
}

bool hub_updates(struct hub *hub, struct request *request, GError **error)
{
	const struct caller *caller = &request->caller;
	int64_t after = 0, wait_s = 0;
	if (!request_query_number(request, "after", 0, &after, error) ||
		!request_query_number(request, "wait", 0, &wait_s, error))
		return false;
	if (request->lane == NULL)
		request->lane = model_lane(hub, caller->store, caller->hall, caller->window, error);
	return request->lane != NULL && check_cursor(hub, request, after, error) &&
	       answer_updates(hub, request, after, wait_s, error);
}
