/* A supervisor's view over all windows of a hall: the cases of one day. */
#include "base/err.h"
#include "core/date.h"
#include "hub/handlers.h"
#include "hub/model.h"

/* Appends a bundle's items to the case's list, with their department. */
static bool add_items(struct hub *hub, const struct bundle_row *row, json_t *list, GError **error)
{
	g_autoptr(GPtrArray) items = model_items(hub, row->id, error);
	if (items == NULL)
		return false;
	for (guint i = 0; i < items->len; i++) {
		const struct item_row *item = items->pdata[i];
		json_array_append_new(
			list, json_pack("{s:I, s:s, s:s, s:s, s:s}", "item", (json_int_t)item->item,
				      "name", item->name, "department", row->department, "state",
				      item->state, "due", item->due));
	}
	return true;
}

static json_t *new_case(const struct bundle_row *row)
{
	g_autofree char *taken_in = hub_time_text(row->taken_in_ms);
	return json_pack("{s:s, s:s, s:s, s:s, s:[]}", "number", row->number, "theme", row->theme,
		"window", row->window, "taken_in", taken_in, "items");
}

bool hub_hall_queue(struct hub *hub, struct request *request, GError **error)
{
	const char *hall = request->parts[0];
	const struct caller *caller = &request->caller;
	struct civil_date day;
	if (caller->kind == CALLER_WINDOW && !g_str_equal(hall, caller->hall))
		return err_set(error, ERR_CODE_PERMISSION, "只能查看本大厅");
	g_autofree char *today = civil_date_dup_text(civil_date_of_ms(hub_now_ms(hub)));
	const char *asked = request_query(request, "day", today);
	if (!civil_date_from_text(asked, &day))
		return err_set(error, ERR_CODE_INVALID, "参数 day 要写成 YYYY-MM-DD");
	g_autoptr(GPtrArray) rows = store_rows(hub->store, HUB_STATEMENT_BUNDLE_OF_DAY,
		STORE_VALUES(STORE_TEXT("hall", hall), STORE_TEXT("day", asked)), &bundle_shape,
		error);
	if (rows == NULL)
		return false;
	g_autoptr(json_t) cases = json_array();
	json_t *last = NULL;
	for (guint i = 0; i < rows->len; i++) {
		const struct bundle_row *row = rows->pdata[i];
		if (last == NULL || !g_str_equal(json_text(last, "number", ""), row->number)) {
			last = new_case(row);
			json_array_append_new(cases, last);
		}
		if (!add_items(hub, row, json_object_get(last, "items"), error))
			return false;
	}
	reply_json(&request->reply, 200, json_pack("{s:s, s:O}", "day", asked, "cases", cases));
	return true;
}
