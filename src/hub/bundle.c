/* A bundle: one case for one department, as the frozen bytes it came in. */
#include "base/err.h"
#include "core/date.h"
#include "hub/bind.h"
#include "hub/frozen.h"
#include "hub/handlers.h"
#include "hub/model.h"

#define MOST_ITEMS 200
#define MOST_MATERIALS 1000
#define DUE_NONE "9999"

/* What the hub reads of a bundle; the rest is between window and department. Borrowed. */
struct bundle_input {
	const char *id, *number, *case_id, *department, *hall, *window, *store, *token_digest;
	int64_t taken_in_ms;
	const json_t *theme, *items, *parties, *fields, *materials;
	const char *theme_name;
};

struct item_input {
	int64_t item;
	const char *name, *service, *due;
};

static bool bind_bundle(const json_t *body, struct bundle_input *input, GError **error)
{
	*input = (struct bundle_input){.token_digest = "", .case_id = ""};
	const struct bind binds[] = {BIND_NEED_ID("id", &input->id),
		BIND_NEED_TEXT("case", &input->number, 32),
		BIND_TEXT("case_id", &input->case_id, 64),
		BIND_NEED_TEXT("department", &input->department, 64),
		BIND_NEED_TEXT("hall", &input->hall, 4),
		BIND_NEED_TEXT("window", &input->window, 2), BIND_NEED_ID("store", &input->store),
		BIND_NEED_OBJECT("theme", &input->theme),
		BIND_NEED_TIME("taken_in", &input->taken_in_ms),
		BIND_DIGEST("token_digest", &input->token_digest),
		BIND_NEED_ARRAY("items", &input->items, MOST_ITEMS),
		BIND_NEED_ARRAY("parties", &input->parties, MOST_ITEMS),
		BIND_NEED_OBJECT("fields", &input->fields),
		BIND_NEED_ARRAY("materials", &input->materials, MOST_MATERIALS), BIND_END};
	if (!bind_object(body, NULL, binds, error))
		return false;
	const struct bind theme[] = {BIND_NEED_TEXT("name", &input->theme_name, 300), BIND_END};
	return bind_object(input->theme, "theme", theme, error);
}

static bool bind_item(const json_t *value, size_t i, struct item_input *item, GError **error)
{
	g_autofree char *where = g_strdup_printf("items[%d]", (int)i);
	*item = (struct item_input){.service = "", .due = ""};
	const struct bind binds[] = {BIND_NEED_INTEGER("item", &item->item, 0, 9999),
		BIND_NEED_TEXT("name", &item->name, 300), BIND_TEXT("service", &item->service, 64),
		BIND_TEXT("due", &item->due, 200), BIND_END};
	return bind_object(value, where, binds, error);
}

static bool check_place(struct hub *hub, const struct caller *caller,
	const struct bundle_input *input, GError **error)
{
	char hall[5];
	g_autofree char *name = NULL;
	if (!g_str_equal(input->store, caller->store) || !g_str_equal(input->hall, caller->hall))
		return err_set(error, ERR_CODE_PERMISSION, "要件包不是这台机器的");
	if (!model_number_hall(input->number, hall) || !g_str_equal(hall, input->hall))
		return err_set(error, ERR_CODE_HUB_REFUSED, "办件编号不对或不属于本大厅");
	if (!store_text(hub->store, HUB_STATEMENT_PLACE_NAME,
		    STORE_VALUES(STORE_TEXT("store", input->store), STORE_TEXT("hall", input->hall),
			    STORE_TEXT("window", input->window)),
		    &name, error))
		return false;
	return name != NULL ||
	       err_set(error, ERR_CODE_HUB_REFUSED, "窗口 %s 没有在中心登记", input->window);
}

static bool check_department(struct hub *hub, const char *code, GError **error)
{
	g_autofree char *name = NULL;
	if (!store_text(hub->store, HUB_STATEMENT_DEPARTMENT_NAME,
		    STORE_VALUES(STORE_TEXT("code", code)), &name, error))
		return false;
	return name != NULL || hub->demo ||
	       err_set_next(error, ERR_CODE_HUB_REFUSED, "中心没有登记这个部门",
		       "请数据局先登记该部门，再重新发送");
}

struct blob_state {
	int64_t size, received;
};
static const struct store_column blob_columns[] = {STORE_COLUMN(INTEGER, struct blob_state, size),
	STORE_COLUMN(INTEGER, struct blob_state, received), STORE_COLUMNS_END};
static const struct store_shape blob_state_shape = {sizeof(struct blob_state), blob_columns};

/* D6: images first, then the record. */
static bool check_material(
	struct hub *hub, const struct bundle_input *input, const json_t *value, GError **error)
{
	const char *digest = "";
	const struct bind binds[] = {BIND_DIGEST("digest", &digest), BIND_END};
	struct blob_state state = {0};
	bool found = false;
	if (!bind_object(value, "materials[]", binds, error))
		return false;
	if (*digest == '\0')
		return true;
	if (!store_row(hub->store, HUB_STATEMENT_BLOB_GET,
		    STORE_VALUES(STORE_TEXT("bundle", input->id), STORE_TEXT("digest", digest)),
		    &blob_state_shape, &state, &found, error))
		return false;
	return (found && state.received == state.size) ||
	       err_set(error, ERR_CODE_BLOB_MISSING, NULL);
}

static bool check_materials(struct hub *hub, const struct bundle_input *input, GError **error)
{
	size_t i;
	const json_t *value;
	json_array_foreach((json_t *)input->materials, i,
		value) if (!check_material(hub, input, value, error)) return false;
	return true;
}

static bool put_items(struct hub *hub, const struct bundle_input *input, GError **error)
{
	size_t i;
	const json_t *value;
	if (json_array_size(input->items) == 0)
		return err_set(error, ERR_CODE_HUB_REFUSED, "要件包里没有事项");
	json_array_foreach((json_t *)input->items, i, value)
	{
		struct item_input item;
		if (!bind_item(value, i, &item, error) ||
			!hub_run(hub, HUB_STATEMENT_ITEM_PUT,
				STORE_VALUES(STORE_TEXT("bundle", input->id),
					STORE_INTEGER("item", item.item),
					STORE_TEXT("name", item.name),
					STORE_TEXT("service", item.service),
					STORE_TEXT("due", item.due),
					STORE_INTEGER("changed_ms", input->taken_in_ms)),
				error))
			return false;
	}
	return true;
}

/* The nearest due date among the items; dates only, words such as “date open” come last. */
static const char *nearest_due(const struct bundle_input *input)
{
	const char *nearest = DUE_NONE;
	size_t i;
	const json_t *value;
	json_array_foreach((json_t *)input->items, i, value)
	{
		const char *due = json_text(value, "due", "");
		struct civil_date date;
		if (civil_date_from_text(due, &date) && strcmp(due, nearest) < 0)
			nearest = due;
	}
	return nearest;
}

static bool put_row(struct hub *hub, const struct request *request,
	const struct bundle_input *input, GError **error)
{
	g_autofree char *day = civil_date_dup_text(civil_date_of_ms(input->taken_in_ms));
	return hub_run(hub, HUB_STATEMENT_BUNDLE_PUT,
		STORE_VALUES(STORE_TEXT("id", input->id), STORE_TEXT("number", input->number),
			STORE_TEXT("department", input->department),
			STORE_TEXT("hall", input->hall), STORE_TEXT("window", input->window),
			STORE_TEXT("store", input->store), STORE_TEXT("theme", input->theme_name),
			STORE_INTEGER("taken_in_ms", input->taken_in_ms), STORE_TEXT("day", day),
			STORE_TEXT("due", nearest_due(input)),
			STORE_TEXT("token_digest", input->token_digest),
			STORE_BLOB("bytes", request->body->data, request->body->len),
			STORE_INTEGER("at_ms", hub_now_ms(hub))),
		error);
}

static bool put_bundle(struct hub *hub, const struct request *request,
	const struct bundle_input *input, GError **error)
{
	if (!put_row(hub, request, input, error) || !put_items(hub, input, error))
		return false;
	if (*input->case_id != '\0' && !hub_run(hub, HUB_STATEMENT_LINK_PUT,
					       STORE_VALUES(STORE_TEXT("store", input->store),
						       STORE_TEXT("case_id", input->case_id),
						       STORE_TEXT("number", input->number)),
					       error))
		return false;
	return model_case_put(hub, input->number, input->hall, input->store, input->window, error);
}

/* *ret_known: there is one of this id with these bytes; EXISTS when with others. */
static bool check_known(
	struct hub *hub, const struct request *request, bool *ret_known, GError **error)
{
	struct document_row row = {0};
	static const struct store_column columns[] = {
		STORE_COLUMN(BLOB, struct document_row, bytes), STORE_COLUMNS_END};
	static const struct store_shape shape = {sizeof(struct document_row), columns};
	bool found = false;
	if (!store_row(hub->store, HUB_STATEMENT_BUNDLE_BYTES,
		    STORE_VALUES(STORE_TEXT("id", request->parts[0])), &shape, &row, &found, error))
		return false;
	*ret_known = found;
	if (!found)
		return true;
	gsize size = 0;
	const void *data = g_bytes_get_data(row.bytes, &size);
	bool same = size == request->body->len && memcmp(data, request->body->data, size) == 0;
	store_row_clear(&shape, &row);
	return same || err_set_next(error, ERR_CODE_EXISTS, "这个编号的要件包内容不同",
			       "请告知管理员，已收到的内容不会被替换");
}

bool hub_bundle_put(struct hub *hub, struct request *request, GError **error)
{
	bool known = false;
	struct bundle_input input;
	if (!check_known(hub, request, &known, error))
		return false;
	g_autoptr(json_t) body = request_json(request, error);
	if (body == NULL || !bind_bundle(body, &input, error))
		return false;
	if (!g_str_equal(input.id, request->parts[0]))
		return err_set(error, ERR_CODE_HUB_REFUSED, "要件包的编号与地址不符");
	if (!known && (!frozen_check(request->body, body, "要件包", error) ||
			      !check_place(hub, &request->caller, &input, error) ||
			      !check_department(hub, input.department, error) ||
			      !check_materials(hub, &input, error) ||
			      !put_bundle(hub, request, &input, error)))
		return false;
	reply_json(&request->reply, known ? 200 : 201, json_pack("{s:s}", "id", input.id));
	return true;
}

bool hub_bundle_read(struct hub *hub, struct request *request, GError **error)
{
	struct bundle_row *row = model_bundle(hub, &request->caller, request->parts[0], error);
	if (row == NULL)
		return false;
	json_t *answer = model_bundle_json(hub, row, error);
	store_row_free(row);
	if (answer == NULL)
		return false;
	reply_json(&request->reply, 200, answer);
	return true;
}
