/* Working-day calendars: one document a year, a corrected one replaces it. */
#include "base/err.h"
#include "catalog/calendar_file.h"
#include "hub/handlers.h"
#include "hub/supply.h"

struct year_row {
	int64_t year;
	char *digest;
	int64_t at_ms;
	GBytes *body; /* NULL in lists */
};
static const struct store_column year_columns[] = {STORE_COLUMN(INTEGER, struct year_row, year),
	STORE_COLUMN(TEXT, struct year_row, digest), STORE_COLUMN(INTEGER, struct year_row, at_ms),
	STORE_COLUMN(BLOB, struct year_row, body), STORE_COLUMNS_END};
static const struct store_shape year_shape = {sizeof(struct year_row), year_columns};
static const struct store_column year_list_columns[] = {
	STORE_COLUMN(INTEGER, struct year_row, year), STORE_COLUMN(TEXT, struct year_row, digest),
	STORE_COLUMN(INTEGER, struct year_row, at_ms), STORE_COLUMNS_END};
static const struct store_shape year_list_shape = {sizeof(struct year_row), year_list_columns};

bool hub_calendars(struct hub *hub, struct request *request, GError **error)
{
	g_autoptr(GPtrArray) rows = store_rows(
		hub->store, HUB_STATEMENT_CALENDAR_LIST, STORE_NO_VALUES, &year_list_shape, error);
	if (rows == NULL)
		return false;
	json_t *list = json_array();
	for (guint i = 0; i < rows->len; i++) {
		const struct year_row *row = rows->pdata[i];
		g_autofree char *at = hub_time_text(row->at_ms);
		json_array_append_new(
			list, json_pack("{s:I, s:s, s:s}", "year", (json_int_t)row->year, "digest",
				      row->digest, "published", at));
	}
	supply_list(request, "calendars", list);
	return true;
}

static bool read_year(const struct request *request, int64_t *ret_year, GError **error)
{
	gint64 year = 0;
	if (!g_ascii_string_to_signed(request->parts[0], 10, 2000, 2999, &year, NULL))
		return err_set(error, ERR_CODE_NOT_FOUND, "年份要是 2000 到 2999 的整数");
	*ret_year = year;
	return true;
}

static bool find_year(struct hub *hub, const struct request *request, struct year_row *ret_row,
	bool *ret_found, GError **error)
{
	int64_t year = 0;
	return read_year(request, &year, error) &&
	       store_row(hub->store, HUB_STATEMENT_CALENDAR_GET,
		       STORE_VALUES(STORE_INTEGER("year", year)), &year_shape, ret_row, ret_found,
		       error);
}

bool hub_calendar_read(struct hub *hub, struct request *request, GError **error)
{
	struct year_row row = {0};
	bool found = false;
	if (!find_year(hub, request, &row, &found, error))
		return false;
	if (!found)
		return err_set(error, ERR_CODE_NOT_FOUND, "没有这一年的工作日历");
	reply_bytes(&request->reply, 200, "application/json", g_bytes_ref(row.body));
	request->reply.digest = g_strdup(row.digest);
	store_row_clear(&year_shape, &row);
	return true;
}

static bool check_year(const struct request *request, const json_t *body, GError **error)
{
	int64_t year = 0;
	g_autoptr(catalog_faults) faults = catalog_faults_new();
	if (!read_year(request, &year, error))
		return false;
	if (calendar_file_year(body) != year)
		return err_set(error, ERR_CODE_INVALID, "内容不是 %d 年的工作日历", (int)year);
	calendar_file_check(faults, "工作日历", body);
	return catalog_faults_settle(faults, error);
}

static bool put_year(struct hub *hub, const struct request *request, const char *digest,
	const char *frozen, size_t size, GError **error)
{
	int64_t year = 0;
	return read_year(request, &year, error) &&
	       hub_run(hub, HUB_STATEMENT_CALENDAR_PUT,
		       STORE_VALUES(STORE_INTEGER("year", year), STORE_TEXT("digest", digest),
			       STORE_INTEGER("at_ms", hub_now_ms(hub)),
			       STORE_BLOB("body", frozen, size)),
		       error) &&
	       supply_changed(hub, error);
}

bool hub_calendar_put(struct hub *hub, struct request *request, GError **error)
{
	g_autoptr(json_t) body = request_json(request, error);
	if (body == NULL || !check_year(request, body, error))
		return false;
	size_t size = 0;
	g_autofree char *frozen = json_frozen(body, &size);
	g_autofree char *digest = supply_digest(frozen, size);
	struct year_row row = {0};
	bool found = false;
	if (!supply_check_digest(request, digest, error) ||
		!find_year(hub, request, &row, &found, error))
		return false;
	bool same = found && g_str_equal(row.digest, digest);
	if (found)
		store_row_clear(&year_shape, &row);
	if (!same && !put_year(hub, request, digest, frozen, size, error))
		return false;
	supply_kept(request, !found, digest);
	return true;
}
