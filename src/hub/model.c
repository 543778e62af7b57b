#include "hub/model.h"

#include "base/err.h"
#include "core/number.h"

static const struct store_column bundle_columns[] = {
	STORE_COLUMN(INTEGER, struct bundle_row, ordinal),
	STORE_COLUMN(TEXT, struct bundle_row, id), STORE_COLUMN(TEXT, struct bundle_row, number),
	STORE_COLUMN(TEXT, struct bundle_row, department),
	STORE_COLUMN(TEXT, struct bundle_row, hall), STORE_COLUMN(TEXT, struct bundle_row, window),
	STORE_COLUMN(TEXT, struct bundle_row, store), STORE_COLUMN(TEXT, struct bundle_row, theme),
	STORE_COLUMN(INTEGER, struct bundle_row, taken_in_ms),
	STORE_COLUMN(TEXT, struct bundle_row, due), STORE_COLUMN(INTEGER, struct bundle_row, open),
	STORE_COLUMN(BLOB, struct bundle_row, bytes), STORE_COLUMNS_END};
const struct store_shape bundle_shape = {sizeof(struct bundle_row), bundle_columns};

static const struct store_column item_columns[] = {STORE_COLUMN(INTEGER, struct item_row, item),
	STORE_COLUMN(TEXT, struct item_row, name), STORE_COLUMN(TEXT, struct item_row, service),
	STORE_COLUMN(TEXT, struct item_row, due), STORE_COLUMN(TEXT, struct item_row, state),
	STORE_COLUMN(INTEGER, struct item_row, version),
	STORE_COLUMN(TEXT, struct item_row, outcome),
	STORE_COLUMN(INTEGER, struct item_row, changed_ms), STORE_COLUMNS_END};
const struct store_shape item_shape = {sizeof(struct item_row), item_columns};

static const struct store_column document_columns[] = {STORE_COLUMN(TEXT, struct document_row, id),
	STORE_COLUMN(TEXT, struct document_row, kind),
	STORE_COLUMN(INTEGER, struct document_row, item),
	STORE_COLUMN(INTEGER, struct document_row, at_ms),
	STORE_COLUMN(BLOB, struct document_row, bytes), STORE_COLUMNS_END};
const struct store_shape document_shape = {sizeof(struct document_row), document_columns};

static const struct store_column case_columns[] = {STORE_COLUMN(TEXT, struct hub_case, number),
	STORE_COLUMN(TEXT, struct hub_case, hall), STORE_COLUMN(TEXT, struct hub_case, store),
	STORE_COLUMN(TEXT, struct hub_case, window), STORE_COLUMN(TEXT, struct hub_case, clerk),
	STORE_COLUMN(INTEGER, struct hub_case, held_ms),
	STORE_COLUMN(INTEGER, struct hub_case, version), STORE_COLUMNS_END};
const struct store_shape case_shape = {sizeof(struct hub_case), case_columns};

/* The only row, stolen from its array; NULL without a row or with an error. */
static void *one_row(struct hub *hub, enum hub_statement statement,
	const struct store_value *values, const struct store_shape *shape, GError **error)
{
	g_autoptr(GPtrArray) rows = store_rows(hub->store, statement, values, shape, error);
	return rows != NULL && rows->len > 0 ? g_ptr_array_steal_index(rows, 0) : NULL;
}

static bool may_see(const struct caller *caller, const struct bundle_row *row)
{
	if (caller->kind == CALLER_DEPARTMENT)
		return g_str_equal(caller->department, row->department);
	return caller->kind == CALLER_WINDOW && g_str_equal(caller->hall, row->hall);
}

struct bundle_row *model_bundle(
	struct hub *hub, const struct caller *caller, const char *id, GError **error)
{
	GError *problem = NULL;
	struct bundle_row *row = one_row(hub, HUB_STATEMENT_BUNDLE_GET,
		STORE_VALUES(STORE_TEXT("id", id)), &bundle_shape, &problem);
	if (row != NULL && may_see(caller, row))
		return row;
	store_row_free(row);
	if (problem != NULL)
		g_propagate_error(error, problem);
	else
		err_set(error, ERR_CODE_NOT_FOUND, "没有这个要件包");
	return NULL;
}

GPtrArray *model_items(struct hub *hub, const char *bundle, GError **error)
{
	return store_rows(hub->store, HUB_STATEMENT_ITEM_OF_BUNDLE,
		STORE_VALUES(STORE_TEXT("bundle", bundle)), &item_shape, error);
}

struct hub_case *model_case(
	struct hub *hub, const struct caller *caller, const char *number, GError **error)
{
	GError *problem = NULL;
	struct hub_case *row = one_row(hub, HUB_STATEMENT_CASE_GET,
		STORE_VALUES(STORE_TEXT("number", number)), &case_shape, &problem);
	if (row != NULL && (caller == NULL || g_str_equal(caller->hall, row->hall)))
		return row;
	store_row_free(row);
	if (problem != NULL)
		g_propagate_error(error, problem);
	else
		err_set(error, ERR_CODE_NOT_FOUND, "本大厅没有这个办件");
	return NULL;
}

bool model_case_put(struct hub *hub, const char *number, const char *hall, const char *store,
	const char *window, GError **error)
{
	return hub_run(hub, HUB_STATEMENT_CASE_PUT,
		       STORE_VALUES(STORE_TEXT("number", number), STORE_TEXT("hall", hall),
			       STORE_TEXT("store", store), STORE_TEXT("window", window)),
		       error) &&
	       model_case_touch(hub, number, error);
}

bool model_case_touch(struct hub *hub, const char *number, GError **error)
{
	return hub_run(
		hub, HUB_STATEMENT_CASE_TOUCH, STORE_VALUES(STORE_TEXT("number", number)), error);
}

char *model_lane(
	struct hub *hub, const char *store, const char *hall, const char *window, GError **error)
{
	char *lane = NULL;
	if (!store_text(hub->store, HUB_STATEMENT_LANE_OF_PLACE,
		    STORE_VALUES(STORE_TEXT("store", store), STORE_TEXT("hall", hall),
			    STORE_TEXT("window", window)),
		    &lane, error) ||
		lane != NULL)
		return lane;
	store_text(hub->store, HUB_STATEMENT_LANE_OF_STORE,
		STORE_VALUES(STORE_TEXT("store", store)), &lane, error);
	return lane;
}

bool model_lane_put(
	struct hub *hub, const char *lane, const struct lane_entry *entry, GError **error)
{
	if (!hub_run(hub, HUB_STATEMENT_LANE_STEP, STORE_VALUES(STORE_TEXT("name", lane)), error) ||
		!hub_run(hub, HUB_STATEMENT_LANE_ENTRY_PUT,
			STORE_VALUES(STORE_TEXT("lane", lane), STORE_TEXT("kind", entry->kind),
				STORE_TEXT("bundle", entry->bundle),
				STORE_TEXT("number", entry->number),
				STORE_BLOB("document", entry->bytes, entry->size)),
			error))
		return false;
	g_hash_table_add(hub->news, g_strdup(lane));
	return true;
}

bool model_number_hall(const char *number, char ret_hall[5])
{
	struct case_number parts;
	char canonical[CASE_NUMBER_SIZE];
	if (number == NULL || !case_number_parse(number, &parts, NULL) ||
		!case_number_compose(&parts, canonical, NULL) || !g_str_equal(canonical, number))
		return false;
	g_strlcpy(ret_hall, parts.hall, 5);
	return true;
}

json_t *model_items_json(GPtrArray *items)
{
	json_t *array = json_array();
	for (guint i = 0; i < items->len; i++) {
		const struct item_row *row = items->pdata[i];
		g_autofree char *changed = hub_time_text(row->changed_ms);
		json_array_append_new(
			array, json_pack("{s:I, s:s, s:s, s:s, s:s, s:I, s:s, s:s}", "item",
				       (json_int_t)row->item, "name", row->name, "service",
				       row->service, "due", row->due, "state", row->state,
				       "version", (json_int_t)row->version, "outcome", row->outcome,
				       "changed", changed));
	}
	return array;
}

json_t *model_bytes_text(GBytes *bytes)
{
	gsize size = 0;
	const char *text = bytes != NULL ? g_bytes_get_data(bytes, &size) : NULL;
	json_t *value = text != NULL ? json_stringn(text, size) : NULL;
	return value != NULL ? value : json_null();
}

json_t *model_bytes_value(GBytes *bytes)
{
	gsize size = 0;
	const char *text = bytes != NULL ? g_bytes_get_data(bytes, &size) : NULL;
	json_t *value = text != NULL ? json_read(text, size, "", NULL) : NULL;
	return value != NULL ? value : json_null();
}

static json_t *documents_json(
	struct hub *hub, enum hub_statement statement, const char *bundle, GError **error)
{
	g_autoptr(GPtrArray) rows = store_rows(hub->store, statement,
		STORE_VALUES(STORE_TEXT("bundle", bundle)), &document_shape, error);
	if (rows == NULL)
		return NULL;
	json_t *array = json_array();
	for (guint i = 0; i < rows->len; i++)
		json_array_append_new(
			array, model_bytes_value(((struct document_row *)rows->pdata[i])->bytes));
	return array;
}

/* sent: the department has not taken it yet; received; closed: everything decided. */
static const char *state_word(const struct bundle_row *row, GPtrArray *items)
{
	if (!row->open)
		return "closed";
	for (guint i = 0; i < items->len; i++)
		if (!g_str_equal(((struct item_row *)items->pdata[i])->state, "dispatched"))
			return "received";
	return "sent";
}

json_t *model_bundle_json(struct hub *hub, const struct bundle_row *row, GError **error)
{
	g_autoptr(GPtrArray) items = model_items(hub, row->id, error);
	if (items == NULL)
		return NULL;
	g_autoptr(json_t) updates =
		documents_json(hub, HUB_STATEMENT_UPDATE_OF_BUNDLE, row->id, error);
	if (updates == NULL)
		return NULL;
	g_autoptr(json_t) messages =
		documents_json(hub, HUB_STATEMENT_MESSAGE_OF_BUNDLE, row->id, error);
	if (messages == NULL)
		return NULL;
	return json_pack("{s:o, s:s, s:o, s:O, s:O}", "bundle", model_bytes_value(row->bytes),
		"state", state_word(row, items), "items", model_items_json(items), "updates",
		updates, "messages", messages);
}
