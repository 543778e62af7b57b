/* A case as the hub knows it, and who continues it. */
#include "base/clock.h"
#include "base/err.h"
#include "hub/bind.h"
#include "hub/fact.h"
#include "hub/gate.h"
#include "hub/handlers.h"
#include "hub/model.h"

/* A hold lapses when the holder's home has been silent for so long. */
#define HOLD_LAPSES_MS ((int64_t)10 * 60 * 1000)

static char *etag_of(const struct hub_case *row)
{
	return g_strdup_printf("\"%" G_GINT64_FORMAT "\"", (gint64)row->version);
}

static json_t *holder_json(const struct hub_case *row)
{
	return json_pack("{s:s, s:s, s:s, s:b}", "store", row->store, "window", row->window,
		"clerk", row->clerk, "held", (int)(row->held_ms != 0));
}

static json_t *case_facts(struct hub *hub, const char *number, GError **error)
{
	g_autoptr(GPtrArray) rows = store_rows(hub->store, HUB_STATEMENT_FACT_OF_NUMBER,
		STORE_VALUES(STORE_TEXT("number", number)), &journal_row_shape, error);
	if (rows == NULL)
		return NULL;
	json_t *facts = json_array();
	for (guint i = 0; i < rows->len; i++)
		json_array_append_new(facts, fact_json(rows->pdata[i]));
	return facts;
}

static json_t *case_bundles(struct hub *hub, const char *number, GError **error)
{
	g_autoptr(GPtrArray) rows = store_rows(hub->store, HUB_STATEMENT_BUNDLE_OF_NUMBER,
		STORE_VALUES(STORE_TEXT("number", number)), &bundle_shape, error);
	if (rows == NULL)
		return NULL;
	g_autoptr(json_t) bundles = json_array();
	for (guint i = 0; i < rows->len; i++) {
		json_t *bundle = model_bundle_json(hub, rows->pdata[i], error);
		if (bundle == NULL)
			return NULL;
		json_array_append_new(bundles, bundle);
	}
	return g_steal_pointer(&bundles);
}

bool hub_case_read(struct hub *hub, struct request *request, GError **error)
{
	struct hub_case *row = model_case(hub, &request->caller, request->parts[0], error);
	if (row == NULL)
		return false;
	g_autoptr(json_t) facts = case_facts(hub, row->number, error);
	g_autoptr(json_t) bundles = facts != NULL ? case_bundles(hub, row->number, error) : NULL;
	g_autofree char *etag = etag_of(row);
	if (bundles != NULL) {
		reply_json(&request->reply, 200,
			json_pack("{s:s, s:o, s:s, s:O, s:O}", "number", row->number, "holder",
				holder_json(row), "etag", etag, "facts", facts, "bundles",
				bundles));
		request->reply.etag = g_steal_pointer(&etag);
	}
	store_row_free(row);
	return bundles != NULL;
}

struct custody {
	const char *store, *window, *clerk;
	int hold; /* -1: takes over; else the holder reports */
};

static bool hold_lives(struct hub *hub, const struct hub_case *row)
{
	if (row->held_ms == 0)
		return false;
	int64_t seen = gate_last_seen_ms(hub->gate, row->store);
	if (seen != 0)
		return clock_monotonic_ms() - seen < HOLD_LAPSES_MS;
	return hub_now_ms(hub) - MAX(row->held_ms, hub->started_ms) < HOLD_LAPSES_MS;
}

/* HELD with the name of the holder's window and the clerk. */
static bool refuse_held(struct hub *hub, const struct hub_case *row, GError **error)
{
	g_autofree char *name = NULL;
	if (!store_text(hub->store, HUB_STATEMENT_PLACE_NAME,
		    STORE_VALUES(STORE_TEXT("store", row->store), STORE_TEXT("hall", row->hall),
			    STORE_TEXT("window", row->window)),
		    &name, error))
		return false;
	return err_set(error, ERR_CODE_HELD, "办件正由 %s 窗口%s%s%s%s办理", row->window,
		name != NULL && *name ? "（" : "", name != NULL ? name : "",
		name != NULL && *name ? "）" : "", row->clerk);
}

static bool check_asker(
	struct hub *hub, const struct request *request, const struct custody *asked, GError **error)
{
	const struct caller *caller = &request->caller;
	g_autofree char *name = NULL;
	if (!g_str_equal(asked->store, caller->store))
		return err_set(error, ERR_CODE_PERMISSION, "令牌不属于这台机器");
	if (!store_text(hub->store, HUB_STATEMENT_PLACE_NAME,
		    STORE_VALUES(STORE_TEXT("store", asked->store),
			    STORE_TEXT("hall", caller->hall), STORE_TEXT("window", asked->window)),
		    &name, error))
		return false;
	return name != NULL || err_set(error, ERR_CODE_PERMISSION, "这个窗口没有在中心登记");
}

static bool write_hold(
	struct hub *hub, const struct hub_case *row, const struct custody *asked, GError **error)
{
	int64_t held = asked->hold == 0 ? 0 : hub_now_ms(hub);
	return hub_run(hub, HUB_STATEMENT_CASE_HOLD,
		STORE_VALUES(STORE_TEXT("number", row->number), STORE_TEXT("window", asked->window),
			STORE_TEXT("clerk", asked->clerk), STORE_INTEGER("held_ms", held)),
		error);
}

/* What the former holder reads; NULL with error. */
static json_t *custody_document(
	struct hub *hub, const struct hub_case *row, const struct custody *asked, GError **error)
{
	g_autofree char *name = NULL;
	uint8_t random[16];
	if (!store_text(hub->store, HUB_STATEMENT_PLACE_NAME,
		    STORE_VALUES(STORE_TEXT("store", asked->store), STORE_TEXT("hall", row->hall),
			    STORE_TEXT("window", asked->window)),
		    &name, error))
		return NULL;
	digest_random(random, sizeof random);
	g_autofree char *id = digest_hex(random, sizeof random);
	g_autofree char *at = hub_time_text(hub_now_ms(hub));
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "id", id, "kind", "custody",
		"case", row->number, "holder", name != NULL ? name : "", "store", asked->store,
		"window", asked->window, "at", at, "by", asked->clerk);
}

/* The home that loses the case is told. */
static bool tell_former(
	struct hub *hub, const struct hub_case *row, const struct custody *asked, GError **error)
{
	GError *problem = NULL;
	g_autofree char *lane = model_lane(hub, row->store, row->hall, row->window, &problem);
	if (lane == NULL) {
		if (problem != NULL)
			g_propagate_error(error, problem);
		return problem == NULL;
	}
	g_autoptr(json_t) document = custody_document(hub, row, asked, error);
	if (document == NULL)
		return false;
	size_t size = 0;
	g_autofree char *bytes = json_frozen(document, &size);
	return model_lane_put(
		hub, lane, &(struct lane_entry){"custody", "", row->number, bytes, size}, error);
}

static bool take_over(struct hub *hub, const struct request *request, const struct hub_case *row,
	const struct custody *asked, GError **error)
{
	g_autofree char *etag = etag_of(row);
	if (hold_lives(hub, row))
		return refuse_held(hub, row, error);
	if (request->if_match == NULL || !g_str_equal(request->if_match, etag))
		return err_set(error, ERR_CODE_PRECONDITION, NULL);
	return hub_run(hub, HUB_STATEMENT_CASE_PASS,
		       STORE_VALUES(STORE_TEXT("number", row->number),
			       STORE_TEXT("store", asked->store),
			       STORE_TEXT("window", asked->window),
			       STORE_TEXT("clerk", asked->clerk),
			       STORE_INTEGER("held_ms", hub_now_ms(hub))),
		       error) &&
	       tell_former(hub, row, asked, error);
}

static bool change_custody(struct hub *hub, const struct request *request,
	const struct hub_case *row, const struct custody *asked, GError **error)
{
	if (g_str_equal(row->store, asked->store))
		return write_hold(hub, row, asked, error);
	if (asked->hold != -1)
		return refuse_held(hub, row, error);
	return take_over(hub, request, row, asked, error);
}

bool hub_custody(struct hub *hub, struct request *request, GError **error)
{
	g_autoptr(json_t) body = request_json(request, error);
	struct custody asked = {.clerk = "", .hold = -1};
	const struct bind binds[] = {BIND_NEED_ID("store", &asked.store),
		BIND_NEED_TEXT("window", &asked.window, 2), BIND_TEXT("clerk", &asked.clerk, 200),
		BIND_FLAG("hold", &asked.hold), BIND_END};
	if (body == NULL || !bind_object(body, NULL, binds, error) ||
		!check_asker(hub, request, &asked, error))
		return false;
	struct hub_case *row = model_case(hub, &request->caller, request->parts[0], error);
	if (row == NULL)
		return false;
	bool good = change_custody(hub, request, row, &asked, error);
	store_row_free(row);
	row = good ? model_case(hub, &request->caller, request->parts[0], error) : NULL;
	if (row == NULL)
		return false;
	reply_json(&request->reply, 200, json_pack("{s:o}", "holder", holder_json(row)));
	request->reply.etag = etag_of(row);
	store_row_free(row);
	return true;
}
