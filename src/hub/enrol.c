/* A home's window joins the hub, and gets its numbers. */
#include "base/err.h"
#include "core/number.h"
#include "hub/bind.h"
#include "hub/handlers.h"
#include "hub/model.h"
#include "hub/secret.h"

#define CODE_LIVES_MS ((int64_t)7 * 24 * 60 * 60 * 1000)
#define BLOCK_SIZE 2000 /* five machines one after the other may serve a window */

struct enrolling {
	const char *store, *hall, *window, *window_name, *secret;
};

struct code_row {
	char *hall, *hall_name, *window;
	int64_t made_ms;
	char *store;
};
static const struct store_column code_columns[] = {STORE_COLUMN(TEXT, struct code_row, hall),
	STORE_COLUMN(TEXT, struct code_row, hall_name), STORE_COLUMN(TEXT, struct code_row, window),
	STORE_COLUMN(INTEGER, struct code_row, made_ms), STORE_COLUMN(TEXT, struct code_row, store),
	STORE_COLUMNS_END};
static const struct store_shape code_shape = {sizeof(struct code_row), code_columns};

static bool code_fits(const struct code_row *row, const struct enrolling *asked, int64_t now_ms)
{
	return g_str_equal(row->hall, asked->hall) && g_str_equal(row->window, asked->window) &&
	       now_ms - row->made_ms < CODE_LIVES_MS &&
	       (row->store[0] == '\0' || g_str_equal(row->store, asked->store));
}

/* Uses the code up for this store; *ret_hall_name g_free. */
static bool use_code(
	struct hub *hub, const struct enrolling *asked, char **ret_hall_name, GError **error)
{
	g_autofree char *digest = secret_digest(asked->secret);
	struct code_row row = {0};
	bool found = false;
	if (!store_row(hub->store, HUB_STATEMENT_ENROLMENT_GET,
		    STORE_VALUES(STORE_TEXT("digest", digest)), &code_shape, &row, &found, error))
		return false;
	bool good = found && code_fits(&row, asked, hub_now_ms(hub));
	if (good)
		*ret_hall_name = g_steal_pointer(&row.hall_name);
	if (found)
		store_row_clear(&code_shape, &row);
	if (!good)
		return err_set_next(error, ERR_CODE_PERMISSION, "登记码不对、过期或已用过",
			"请向管理员要新的登记码");
	return hub_run(hub, HUB_STATEMENT_ENROLMENT_USE,
		STORE_VALUES(STORE_TEXT("digest", digest), STORE_TEXT("store", asked->store)),
		error);
}

static bool put_place(struct hub *hub, const struct enrolling *asked, GError **error)
{
	GError *problem = NULL;
	g_autofree char *lane = model_lane(hub, asked->store, asked->hall, asked->window, &problem);
	if (problem != NULL) {
		g_propagate_error(error, problem);
		return false;
	}
	if (lane == NULL)
		lane = g_strdup_printf("%s/%s", asked->hall, asked->window);
	return hub_run(hub, HUB_STATEMENT_LANE_PUT, STORE_VALUES(STORE_TEXT("name", lane)),
		       error) &&
	       hub_run(hub, HUB_STATEMENT_PLACE_PUT,
		       STORE_VALUES(STORE_TEXT("store", asked->store),
			       STORE_TEXT("hall", asked->hall), STORE_TEXT("window", asked->window),
			       STORE_TEXT("name", asked->window_name), STORE_TEXT("lane", lane)),
		       error);
}

static bool put_token(
	struct hub *hub, const struct enrolling *asked, const char *token, GError **error)
{
	g_autofree char *digest = secret_digest(token);
	int64_t now = hub_now_ms(hub);
	return hub_run(hub, HUB_STATEMENT_TOKEN_REVOKE_PLACE,
		       STORE_VALUES(STORE_TEXT("store", asked->store),
			       STORE_TEXT("hall", asked->hall), STORE_TEXT("window", asked->window),
			       STORE_INTEGER("now_ms", now)),
		       error) &&
	       hub_run(hub, HUB_STATEMENT_TOKEN_PUT,
		       STORE_VALUES(STORE_TEXT("digest", digest), STORE_TEXT("kind", "window"),
			       STORE_TEXT("store", asked->store), STORE_TEXT("hall", asked->hall),
			       STORE_TEXT("window", asked->window), STORE_TEXT("department", ""),
			       STORE_INTEGER("made_ms", now)),
		       error);
}

static bool check_place(struct hub *hub, const char *hall, const char *window, GError **error)
{
	if (!case_number_is_hall(hall) || !case_number_is_window(window))
		return err_set(error, ERR_CODE_INVALID, "大厅要是四位数字，窗口要是两位代码");
	if (!hub->demo && g_str_equal(hall, CASE_NUMBER_DEMO_HALL))
		return err_set_next(error, ERR_CODE_PERMISSION, "0000 是演示大厅，正式中心不收",
			"请用 --demo 启动演示中心");
	return true;
}

bool hub_enrol(struct hub *hub, struct request *request, GError **error)
{
	g_autoptr(json_t) body = request_json(request, error);
	struct enrolling asked = {.window_name = ""};
	const struct bind binds[] = {BIND_NEED_ID("store", &asked.store),
		BIND_NEED_TEXT("hall", &asked.hall, 4), BIND_NEED_TEXT("window", &asked.window, 2),
		BIND_TEXT("window_name", &asked.window_name, 200),
		BIND_NEED_TEXT("secret", &asked.secret, 200), BIND_END};
	g_autofree char *hall_name = NULL;
	g_autofree char *token = secret_new('w');
	if (body == NULL || !bind_object(body, NULL, binds, error) ||
		!check_place(hub, asked.hall, asked.window, error) ||
		!use_code(hub, &asked, &hall_name, error) || !put_place(hub, &asked, error) ||
		!put_token(hub, &asked, token, error))
		return false;
	reply_json(&request->reply, 201,
		json_pack("{s:s, s:s}", "token", token, "hall_name", hall_name));
	return true;
}

struct block {
	int64_t first, last;
};
static const struct store_column block_columns[] = {STORE_COLUMN(INTEGER, struct block, first),
	STORE_COLUMN(INTEGER, struct block, last), STORE_COLUMNS_END};
static const struct store_shape block_shape = {sizeof(struct block), block_columns};

/* The numbers after the last ones given away: 1 to 1999, 2000 to 3999 and so on. */
static bool new_block(
	struct hub *hub, const struct enrolling *asked, struct block *ret_block, GError **error)
{
	int64_t last = 0;
	if (!store_integer(hub->store, HUB_STATEMENT_BLOCK_LAST,
		    STORE_VALUES(
			    STORE_TEXT("hall", asked->hall), STORE_TEXT("window", asked->window)),
		    0, &last, error))
		return false;
	struct block block = {last + 1, last + BLOCK_SIZE - (last == 0)};
	if (block.last > CASE_NUMBER_MOST)
		return err_set_next(error, ERR_CODE_EXISTS, "这个窗口的办件号段已经分完",
			"请换一个窗口代码登记");
	*ret_block = block;
	return hub_run(hub, HUB_STATEMENT_BLOCK_PUT,
		STORE_VALUES(STORE_TEXT("hall", asked->hall), STORE_TEXT("window", asked->window),
			STORE_INTEGER("first", block.first), STORE_INTEGER("last", block.last),
			STORE_TEXT("store", asked->store)),
		error);
}

static bool check_own(
	struct hub *hub, const struct caller *caller, const struct enrolling *asked, GError **error)
{
	g_autofree char *name = NULL;
	if (!g_str_equal(asked->store, caller->store))
		return err_set(error, ERR_CODE_PERMISSION, "令牌不属于这台机器");
	if (!store_text(hub->store, HUB_STATEMENT_PLACE_NAME,
		    STORE_VALUES(STORE_TEXT("store", asked->store), STORE_TEXT("hall", asked->hall),
			    STORE_TEXT("window", asked->window)),
		    &name, error))
		return false;
	return name != NULL || err_set(error, ERR_CODE_PERMISSION, "这个窗口没有在中心登记");
}

bool hub_number_block(struct hub *hub, struct request *request, GError **error)
{
	g_autoptr(json_t) body = request_json(request, error);
	struct enrolling asked = {0};
	const struct bind binds[] = {BIND_NEED_ID("store", &asked.store),
		BIND_NEED_TEXT("hall", &asked.hall, 4), BIND_NEED_TEXT("window", &asked.window, 2),
		BIND_END};
	struct block block = {0};
	bool found = false;
	if (body == NULL || !bind_object(body, NULL, binds, error) ||
		!check_own(hub, &request->caller, &asked, error) ||
		!store_row(hub->store, HUB_STATEMENT_BLOCK_GET,
			STORE_VALUES(STORE_TEXT("hall", asked.hall),
				STORE_TEXT("window", asked.window),
				STORE_TEXT("store", asked.store)),
			&block_shape, &block, &found, error) ||
		(!found && !new_block(hub, &asked, &block, error)))
		return false;
	reply_json(&request->reply, 200,
		json_pack("{s:I, s:I}", "first", (json_int_t)block.first, "last",
			(json_int_t)block.last));
	return true;
}
