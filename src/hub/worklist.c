/* A department's work list, by deadline. */
#include "base/err.h"
#include "hub/handlers.h"
#include "hub/model.h"

#define MOST_ROWS 200

/* "2026-03-10~17": the due date and the ordinal of the last row seen. */
static bool parse_after(const char *text, char **ret_due, int64_t *ret_ordinal, GError **error)
{
	const char *mark = strchr(text, '~');
	gint64 ordinal = 0;
	if (*text != '\0' && (mark == NULL || !g_ascii_string_to_signed(
						      mark + 1, 10, 0, INT64_MAX, &ordinal, NULL)))
		return err_set(error, ERR_CODE_INVALID, "参数 after 要照抄上一页的 next");
	*ret_due = *text != '\0' ? g_strndup(text, (gsize)(mark - text)) : g_strdup("");
	*ret_ordinal = ordinal;
	return true;
}

static json_t *row_json(struct hub *hub, const struct bundle_row *row, GError **error)
{
	g_autoptr(GPtrArray) items = model_items(hub, row->id, error);
	if (items == NULL)
		return NULL;
	g_autofree char *taken_in = hub_time_text(row->taken_in_ms);
	return json_pack("{s:s, s:s, s:s, s:s, s:b, s:s, s:o}", "id", row->id, "case", row->number,
		"theme", row->theme, "taken_in", taken_in, "open", (int)row->open, "due",
		g_str_equal(row->due, "9999") ? "" : row->due, "items", model_items_json(items));
}

static GPtrArray *rows_of(
	struct hub *hub, const struct request *request, int64_t most, GError **error)
{
	g_autofree char *due = NULL;
	int64_t ordinal = 0;
	const char *state = request_query(request, "state", "open");
	if (!g_str_equal(state, "open") && !g_str_equal(state, "all")) {
		err_set(error, ERR_CODE_INVALID, "参数 state 要是 open 或 all");
		return NULL;
	}
	if (!parse_after(request_query(request, "after", ""), &due, &ordinal, error))
		return NULL;
	return store_rows(hub->store,
		g_str_equal(state, "open") ? HUB_STATEMENT_BUNDLE_OPEN_LIST
					   : HUB_STATEMENT_BUNDLE_ALL_LIST,
		STORE_VALUES(STORE_TEXT("department", request->caller.department),
			STORE_TEXT("due", due), STORE_INTEGER("ordinal", ordinal),
			STORE_INTEGER("most", most)),
		&bundle_shape, error);
}

/* Where the next page begins (g_free), NULL on the last page. */
static char *next_of(const GPtrArray *rows, int64_t most)
{
	if (rows->len == 0 || (int64_t)rows->len < most)
		return NULL;
	const struct bundle_row *last = rows->pdata[rows->len - 1];
	return g_strdup_printf("%s~%" G_GINT64_FORMAT, last->due, (gint64)last->ordinal);
}

bool hub_department_list(struct hub *hub, struct request *request, GError **error)
{
	int64_t most = 0;
	if (!g_str_equal(request->parts[0], request->caller.department))
		return err_set(error, ERR_CODE_PERMISSION, "令牌不属于这个部门");
	if (!request_query_number(request, "most", 50, &most, error))
		return false;
	most = CLAMP(most, 1, MOST_ROWS);
	g_autoptr(GPtrArray) rows = rows_of(hub, request, most, error);
	if (rows == NULL)
		return false;
	g_autoptr(json_t) bundles = json_array();
	for (guint i = 0; i < rows->len; i++) {
		json_t *row = row_json(hub, rows->pdata[i], error);
		if (row == NULL)
			return false;
		json_array_append_new(bundles, row);
	}
	g_autofree char *next = next_of(rows, most);
	reply_json(
		&request->reply, 200, json_pack("{s:O, s:s?}", "bundles", bundles, "next", next));
	return true;
}
