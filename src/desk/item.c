#include <string.h>

#include "desk/private.h"
#include "desk/theme_hold.h"

struct item_row *item_find(const GPtrArray *items, int item)
{
	for (guint i = 0; i < items->len; i++) {
		struct item_row *row = items->pdata[i];
		if (row->item == item)
			return row;
	}
	return NULL;
}

bool case_whole_read(
	struct desk *desk, const char *case_id, struct case_whole *ret_whole, GError **error)
{
	struct case_whole whole = {0};
	if (!case_read(desk, case_id, &whole.file, error))
		return false;
	whole.items = store_rows(desk->store, STATEMENT_CASE_ITEM_ALL,
		STORE_VALUES(STORE_TEXT("case_id", case_id)), &item_shape, error);
	struct theme_hold *hold =
		whole.items == NULL ? NULL
				    : theme_hold_get(desk, whole.file.list, (int)whole.file.version,
					      whole.file.theme, error);
	if (hold != NULL) {
		whole.hold = hold;
		whole.theme = hold->theme;
		whole.definitions = hold->definitions;
		*ret_whole = whole;
		return true;
	}
	case_whole_clear(&whole);
	return false;
}

void case_whole_clear(struct case_whole *whole)
{
	file_row_clear(&whole->file);
	g_clear_pointer(&whole->items, g_ptr_array_unref);
	theme_hold_drop(whole->hold);
	whole->hold = NULL;
}

bool item_move_row(struct item_row *row, enum item_move move, unsigned by, GError **error)
{
	enum item_state state = ITEM_STATE_COUNT;
	if (!item_move_apply(row->name, item_state_from_name(row->state), move, by, &state, error))
		return false;
	row_set(&row->state, item_state_word(state));
	return true;
}

/* ---- due dates ---- */

static bool is_running(const struct item_row *row)
{
	enum item_state state = item_state_from_name(row->state);
	return state == ITEM_STATE_ACCEPTED || state == ITEM_STATE_SUSPENDED ||
	       state == ITEM_STATE_WAITING;
}

struct pause_row {
	int64_t from_ms;
	int64_t to_ms;
	char *exclusion;
};

static const struct store_column pause_columns[] = {
	STORE_COLUMN(INTEGER, struct pause_row, from_ms),
	STORE_COLUMN(INTEGER, struct pause_row, to_ms),
	STORE_COLUMN(TEXT, struct pause_row, exclusion),
	STORE_COLUMNS_END,
};
static const struct store_shape pause_shape = {sizeof(struct pause_row), pause_columns};

bool item_pauses(struct desk *desk, const char *case_id, int item, GArray *pauses, GError **error)
{
	g_autoptr(GPtrArray) rows = store_rows(desk->store, STATEMENT_CASE_PAUSE_ALL,
		STORE_VALUES(STORE_TEXT("case_id", case_id), STORE_INTEGER("item", item)),
		&pause_shape, error);
	for (guint i = 0; rows != NULL && i < rows->len; i++) {
		const struct pause_row *row = rows->pdata[i];
		const struct limit_pause pause = {.from_ms = row->from_ms,
			.to_ms = row->to_ms,
			.exclusion = limit_exclusion_from_name(row->exclusion)};
		g_array_append_val(pauses, pause);
	}
	return rows != NULL;
}

bool item_due(struct desk *desk, const struct case_whole *whole, const struct item_row *row,
	struct limit_due *ret_due, GError **error)
{
	const struct service *service = definitions_service(whole->definitions, row->service);
	if (service == NULL || row->accepted_ms == 0 || !is_running(row)) {
		*ret_due = (struct limit_due){.kind = LIMIT_DUE_NONE};
		return true;
	}
	g_autoptr(GArray) pauses = g_array_new(FALSE, TRUE, sizeof(struct limit_pause));
	if (!item_pauses(desk, whole->file.id, (int)row->item, pauses, error))
		return false;
	const struct limit_input input = {
		.rule = service->promised.present ? service->promised : service->statutory,
		.start_ms = row->accepted_ms,
		.pauses = (const struct limit_pause *)(const void *)pauses->data,
		.pause_count = pauses->len,
		.extension = (int)row->extension,
	};
	*ret_due = limit_compute(&input, desk_calendar(desk));
	return true;
}

bool item_set_due(
	struct desk *desk, const struct case_whole *whole, struct item_row *row, GError **error)
{
	struct limit_due due;
	if (!item_due(desk, whole, row, &due, error))
		return false;
	bool dated = due.kind == LIMIT_DUE_DATE || due.kind == LIMIT_DUE_HOUR;
	g_autofree char *text = limit_due_text(&due);
	row_set(&row->due, dated ? text : "");
	row_set(&row->due_open, dated ? "" : text);
	row->due_ms = dated ? due.ms : 0;
	row_set(&row->due_unit, dated ? limit_unit_word(due.unit) : "");
	return true;
}

char *due_words(struct desk *desk, const char *due, const char *unit, int64_t due_ms,
	const char *open, int *ret_urgency)
{
	*ret_urgency = 0;
	if (due_ms == 0)
		return g_strdup(g_str_has_prefix(open, "自") ? "日期待定" : open);
	struct limit_due at = {
		.kind = strcmp(unit, "hour") == 0 ? LIMIT_DUE_HOUR : LIMIT_DUE_DATE,
		.date = civil_date_of_ms(due_ms),
		.ms = due_ms,
		.start = civil_date_of_ms(due_ms),
		.unit = limit_unit_from_name(unit),
	};
	char *words = NULL;
	enum limit_light light = limit_look(&at, desk_calendar(desk), desk_now_ms(desk), &words);
	*ret_urgency = light == LIMIT_LIGHT_OVERDUE				 ? 2
		       : light == LIMIT_LIGHT_SOON || light == LIMIT_LIGHT_TODAY ? 1
										 : 0;
	return words;
}

/* ---- an item as JSON ---- */

json_t *item_to_json(const struct item_row *row)
{
	json_t *json = json_pack(
		"{s:I,s:s,s:s,s:s,s:s,s:b,s:s,s:I,s:s,s:I,s:I,s:s,s:s,s:b,s:s,s:I}", "item",
		(json_int_t)row->item, "name", row->name, "service", row->service, "department",
		row->department, "department_name", row->department_name, "taken", row->taken != 0,
		"state", row->state, "version", (json_int_t)row->version_no, "acceptance_no",
		row->acceptance_no, "accepted_ms", (json_int_t)row->accepted_ms, "extension",
		(json_int_t)row->extension, "outcome", row->outcome, "reason", row->reason,
		"relayed", row->relayed != 0, "result_label", row->result_label, "delivered_ms",
		(json_int_t)row->delivered_ms);
	if (row->result != NULL)
		json_object_set_new(json, "result",
			json_stringn(g_bytes_get_data(row->result, NULL),
				g_bytes_get_size(row->result)));
	return json;
}

struct item_row *item_from_json(const json_t *json)
{
	struct item_row *row = item_row_new();
	row->item = json_integer_or(json, "item", -1);
	row_set(&row->name, json_text(json, "name", ""));
	row_set(&row->service, json_text(json, "service", ""));
	row_set(&row->department, json_text(json, "department", ""));
	row_set(&row->department_name, json_text(json, "department_name", ""));
	row->taken = json_flag(json, "taken", true);
	row_set(&row->state, json_text(json, "state", "draft"));
	row->version_no = json_integer_or(json, "version", 0);
	row_set(&row->acceptance_no, json_text(json, "acceptance_no", ""));
	row->accepted_ms = json_integer_or(json, "accepted_ms", 0);
	row->extension = json_integer_or(json, "extension", 0);
	row_set(&row->outcome, json_text(json, "outcome", ""));
	row_set(&row->reason, json_text(json, "reason", ""));
	row->relayed = json_flag(json, "relayed", false);
	row_set(&row->result_label, json_text(json, "result_label", ""));
	row->delivered_ms = json_integer_or(json, "delivered_ms", 0);
	const char *result = json_text(json, "result", NULL);
	if (result != NULL)
		row->result = g_bytes_new(result, strlen(result));
	return row;
}

struct item_row *item_row_new(void)
{
	struct item_row *row = g_new0(struct item_row, 1);
	for (const struct store_column *column = item_shape.columns; column->name != NULL; column++)
		if (column->type == STORE_TYPE_TEXT)
			*(char **)(void *)((char *)row + column->offset) = g_strdup("");
	row->taken = 1;
	return row;
}

void item_row_free(struct item_row *row)
{
	store_row_clear(&item_shape, row);
	g_free(row);
}

/* ---- writing ---- */

bool item_put(struct desk *desk, const char *case_id, const struct item_row *row, GError **error)
{
	gsize size = 0;
	const void *data = row->result != NULL ? g_bytes_get_data(row->result, &size) : NULL;
	const struct store_value none = STORE_NULL("result");
	const struct store_value some = STORE_BLOB("result", data, size);
	return store_run(desk->store, STATEMENT_CASE_ITEM_PUT,
		STORE_VALUES(STORE_TEXT("case_id", case_id), STORE_INTEGER("item", row->item),
			STORE_TEXT("name", row->name), STORE_TEXT("service", row->service),
			STORE_TEXT("department", row->department),
			STORE_TEXT("department_name", row->department_name),
			STORE_INTEGER("taken", row->taken), STORE_TEXT("state", row->state),
			STORE_INTEGER("version_no", row->version_no),
			STORE_TEXT("acceptance_no", row->acceptance_no),
			STORE_INTEGER("accepted_ms", row->accepted_ms), STORE_TEXT("due", row->due),
			STORE_TEXT("due_open", row->due_open), STORE_INTEGER("due_ms", row->due_ms),
			STORE_TEXT("due_unit", row->due_unit),
			STORE_INTEGER("extension", row->extension),
			STORE_TEXT("outcome", row->outcome), STORE_TEXT("reason", row->reason),
			STORE_INTEGER("relayed", row->relayed), data != NULL ? some : none,
			STORE_TEXT("result_label", row->result_label),
			STORE_INTEGER("delivered_ms", row->delivered_ms)),
		error);
}

bool item_write(struct desk *desk, struct case_whole *whole, struct item_row *row,
	const struct item_act *act, json_t *body_take, GError **error)
{
	g_autoptr(json_t) body = body_take != NULL ? body_take : json_object();
	row->version_no++;
	if (!item_set_due(desk, whole, row, error) || !item_put(desk, whole->file.id, row, error))
		return false;
	json_object_set_new(body, "name", json_string(row->name));
	json_object_set_new(body, "department", json_string(row->department_name));
	json_object_set_new(body, "after", item_to_json(row));
	if (whole->file.number != NULL)
		json_object_set_new(body, "number", json_string(whole->file.number));
	const struct desk_fact fact = {
		.kind = act->kind,
		.case_id = whole->file.id,
		.item = (int)row->item,
		.authority = act->authority,
		.source = act->source,
		.happened_ms = act->happened_ms,
	};
	return desk_fact(desk, &fact, g_steal_pointer(&body), error);
}

/* ---- what lists show ---- */

/* The nearest of the items' due dates and that of the theme as a whole. */
struct nearest {
	char *due;
	int64_t due_ms;
	const char *unit;
};

static void nearest_item(const GPtrArray *items, struct nearest *nearest)
{
	for (guint i = 0; i < items->len; i++) {
		const struct item_row *row = items->pdata[i];
		if (!row->taken || row->due_ms == 0 ||
			(nearest->due_ms != 0 && row->due_ms >= nearest->due_ms))
			continue;
		nearest->due_ms = row->due_ms;
		nearest->unit = row->due_unit;
		row_set(&nearest->due, row->due);
	}
}

static bool has_accepted(const GPtrArray *items)
{
	for (guint i = 0; i < items->len; i++)
		if (((struct item_row *)items->pdata[i])->accepted_ms > 0)
			return true;
	return false;
}

static bool nearest_joint(struct desk *desk, const char *case_id, const GPtrArray *items,
	struct nearest *nearest, GError **error)
{
	struct file_row file = {0};
	struct limit_due due;
	int extension = 0;
	if (!has_accepted(items))
		return true;
	if (!case_read(desk, case_id, &file, error))
		return false;
	g_autoptr(theme_hold) hold =
		theme_hold_get(desk, file.list, (int)file.version, file.theme, error);
	extension = (int)file.joint_extension;
	file_row_clear(&file);
	if (hold == NULL)
		return false;
	const struct joint_case joint = {case_id, hold->theme, hold->definitions, items, extension};
	if (!joint_due(desk, &joint, &due, error))
		return false;
	if (due.ms == 0 || (nearest->due_ms != 0 && due.ms >= nearest->due_ms))
		return true;
	nearest->due_ms = due.ms;
	nearest->unit = limit_unit_word(due.unit);
	g_free(nearest->due);
	nearest->due = limit_due_text(&due);
	return true;
}

static size_t view_items(const GPtrArray *items, struct item_view *views)
{
	size_t count = 0;
	for (guint i = 0; i < items->len; i++) {
		const struct item_row *row = items->pdata[i];
		if (!row->taken)
			continue;
		views[count++] = (struct item_view){
			.item = (int)row->item,
			.state = item_state_from_name(row->state),
			.denied = strcmp(row->outcome, "denied") == 0,
			.department = row->department,
		};
	}
	return count;
}

static bool nearest_promise(struct desk *desk, const char *case_id, char **ret_due, GError **error)
{
	g_autoptr(GPtrArray) materials = store_rows(desk->store, STATEMENT_CASE_MATERIAL_ALL,
		STORE_VALUES(STORE_TEXT("case_id", case_id)), &material_shape, error);
	if (materials == NULL)
		return false;
	const char *due = "";
	for (guint i = 0; i < materials->len; i++) {
		const struct material_row *row = materials->pdata[i];
		bool open = strcmp(row->status, "deferred") == 0 && *row->promise_due != '\0';
		if (open && (*due == '\0' || strcmp(row->promise_due, due) < 0))
			due = row->promise_due;
	}
	*ret_due = g_strdup(due);
	return true;
}

bool case_settle(struct desk *desk, const char *case_id, bool archived, GError **error)
{
	g_autofree char *promise = NULL;
	g_autoptr(GPtrArray) items = store_rows(desk->store, STATEMENT_CASE_ITEM_ALL,
		STORE_VALUES(STORE_TEXT("case_id", case_id)), &item_shape, error);
	if (items == NULL || !nearest_promise(desk, case_id, &promise, error))
		return false;
	g_autofree struct item_view *views = g_new0(struct item_view, items->len + 1);
	size_t count = view_items(items, views);
	enum case_state state = case_state_of(views, count, archived);
	g_autofree char *progress = case_progress(views, count, archived);
	struct nearest near = {g_strdup(""), 0, ""};
	nearest_item(items, &near);
	g_autofree char *due = NULL;
	bool read = archived || nearest_joint(desk, case_id, items, &near, error);
	due = near.due;
	if (!read)
		return false;
	bool over = archived || case_may_archive(views, count);
	return store_run(desk->store, STATEMENT_CASE_SETTLE,
		STORE_VALUES(STORE_TEXT("id", case_id), STORE_TEXT("state", case_state_word(state)),
			STORE_TEXT("progress", progress), STORE_TEXT("due", due),
			STORE_INTEGER("due_ms", near.due_ms), STORE_TEXT("due_unit", near.unit),
			STORE_TEXT("promise_due", over ? "" : promise),
			STORE_INTEGER("now_ms", desk_now_ms(desk))),
		error);
}
