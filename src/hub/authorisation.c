/* Which themes the bureau authorises (授权) for a hall: one document a hall and list, the newest
 * stands. */
#include <string.h>

#include "base/err.h"
#include "catalog/reader.h"
#include "core/number.h"
#include "hub/bind.h"
#include "hub/handlers.h"
#include "hub/model.h"
#include "hub/supply.h"

#define MOST_THEMES 20000

struct grant_row {
	char *list, *digest;
	int64_t at_ms;
	GBytes *body;
};
static const struct store_column grant_columns[] = {STORE_COLUMN(TEXT, struct grant_row, list),
	STORE_COLUMN(TEXT, struct grant_row, digest),
	STORE_COLUMN(INTEGER, struct grant_row, at_ms), STORE_COLUMN(BLOB, struct grant_row, body),
	STORE_COLUMNS_END};
static const struct store_shape grant_shape = {sizeof(struct grant_row), grant_columns};

static bool check_hall(const struct request *request, GError **error)
{
	const struct caller *caller = &request->caller;
	if (!case_number_is_hall(request->parts[0]))
		return err_set(error, ERR_CODE_NOT_FOUND, "大厅要是四位数字");
	return caller->kind != CALLER_WINDOW || g_str_equal(request->parts[0], caller->hall) ||
	       err_set(error, ERR_CODE_PERMISSION, "只能查看本大厅");
}

static json_t *grant_json(const struct grant_row *row)
{
	g_autofree char *at = hub_time_text(row->at_ms);
	json_t *value = model_bytes_value(row->body);
	json_object_set_new(value, "list", json_string(row->list));
	json_object_set_new(value, "digest", json_string(row->digest));
	json_object_set_new(value, "published", json_string(at));
	return value;
}

bool hub_authorisations(struct hub *hub, struct request *request, GError **error)
{
	if (!check_hall(request, error))
		return false;
	g_autoptr(GPtrArray) rows = store_rows(hub->store, HUB_STATEMENT_AUTHORISATION_OF_HALL,
		STORE_VALUES(STORE_TEXT("hall", request->parts[0])), &grant_shape, error);
	if (rows == NULL)
		return false;
	json_t *list = json_array();
	for (guint i = 0; i < rows->len; i++)
		json_array_append_new(list, grant_json(rows->pdata[i]));
	supply_list(request, "authorisations", list);
	return true;
}

static bool find_grant(struct hub *hub, const struct request *request, struct grant_row *ret_row,
	bool *ret_found, GError **error)
{
	if (!check_hall(request, error))
		return false;
	if (!form_list_id(request->parts[1]))
		return err_set(error, ERR_CODE_NOT_FOUND,
			"清单编号要用小写字母、数字和连字符，如 jiangmen-2020");
	return store_row(hub->store, HUB_STATEMENT_AUTHORISATION_GET,
		STORE_VALUES(STORE_TEXT("hall", request->parts[0]),
			STORE_TEXT("list", request->parts[1])),
		&grant_shape, ret_row, ret_found, error);
}

bool hub_authorisation_read(struct hub *hub, struct request *request, GError **error)
{
	struct grant_row row = {0};
	bool found = false;
	if (!find_grant(hub, request, &row, &found, error))
		return false;
	if (!found)
		return err_set(error, ERR_CODE_NOT_FOUND, "没有给这个大厅授权这份清单");
	reply_json(&request->reply, 200, grant_json(&row));
	store_row_clear(&grant_shape, &row);
	return true;
}

static gint by_text(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Ids in order, each once, so that the same grant has the same bytes. */
static json_t *sorted_themes(const json_t *themes, GError **error)
{
	g_autoptr(GPtrArray) ids = g_ptr_array_new();
	size_t i;
	const json_t *value;
	json_array_foreach((json_t *)themes, i, value)
	{
		size_t size = json_string_length(value);
		if (size == 0 || size > 60) {
			err_set(error, ERR_CODE_INVALID, "themes[%d] 要是主题的编号，如 企业-2",
				(int)i);
			return NULL;
		}
		g_ptr_array_add(ids, (gpointer)json_string_value(value));
	}
	g_ptr_array_sort(ids, by_text);
	json_t *sorted = json_array();
	for (guint at = 0; at < ids->len; at++)
		if (at == 0 || !g_str_equal(ids->pdata[at - 1], ids->pdata[at]))
			json_array_append_new(sorted, json_string(ids->pdata[at]));
	return sorted;
}

/* {"all":true} or {"themes":[…]}, a new reference. */
static json_t *read_grant(const json_t *body, GError **error)
{
	int all = 0;
	const json_t *themes = NULL;
	const struct bind binds[] = {
		BIND_FLAG("all", &all), BIND_ARRAY("themes", &themes, MOST_THEMES), BIND_END};
	if (!bind_object(body, NULL, binds, error))
		return NULL;
	if ((all != 0) == (themes != NULL)) {
		err_set(error, ERR_CODE_INVALID, "要写 {\"all\":true} 或 {\"themes\":[…]} 之一");
		return NULL;
	}
	if (all)
		return json_pack("{s:b}", "all", 1);
	json_t *sorted = sorted_themes(themes, error);
	return sorted != NULL ? json_pack("{s:o}", "themes", sorted) : NULL;
}

static bool put_grant(struct hub *hub, const struct request *request, const char *digest,
	const char *frozen, size_t size, GError **error)
{
	return hub_run(hub, HUB_STATEMENT_AUTHORISATION_PUT,
		       STORE_VALUES(STORE_TEXT("hall", request->parts[0]),
			       STORE_TEXT("list", request->parts[1]), STORE_TEXT("digest", digest),
			       STORE_INTEGER("at_ms", hub_now_ms(hub)),
			       STORE_BLOB("body", frozen, size)),
		       error) &&
	       supply_changed(hub, error);
}

bool hub_authorisation_put(struct hub *hub, struct request *request, GError **error)
{
	g_autoptr(json_t) body = request_json(request, error);
	g_autoptr(json_t) grant = body != NULL ? read_grant(body, error) : NULL;
	if (grant == NULL)
		return false;
	size_t size = 0;
	g_autofree char *frozen = json_frozen(grant, &size);
	g_autofree char *digest = supply_digest(frozen, size);
	struct grant_row row = {0};
	bool found = false;
	if (!find_grant(hub, request, &row, &found, error))
		return false;
	bool same = found && g_str_equal(row.digest, digest);
	if (found)
		store_row_clear(&grant_shape, &row);
	if (!same && !put_grant(hub, request, digest, frozen, size, error))
		return false;
	supply_kept(request, !found, digest);
	return true;
}
