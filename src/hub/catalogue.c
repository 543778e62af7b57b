/* Versions of the lists: pushed by the bureau, fetched by windows; they never change. */
#include <string.h>

#include "base/err.h"
#include "base/text.h"
#include "catalog/reader.h"
#include "core/date.h"
#include "hub/catalogue_check.h"
#include "hub/handlers.h"
#include "hub/supply.h"

#define MOST_VERSION 1000000
#define MOST_TEXT 200
#define WHOLE INT32_MAX

struct version_row {
	char *list;
	int64_t version;
	char *digest;
	int64_t size;
	char *effective_from, *title;
	int64_t themes;
	char *filing, *author;
	int64_t at_ms;
};
static const struct store_column version_columns[] = {STORE_COLUMN(TEXT, struct version_row, list),
	STORE_COLUMN(INTEGER, struct version_row, version),
	STORE_COLUMN(TEXT, struct version_row, digest),
	STORE_COLUMN(INTEGER, struct version_row, size),
	STORE_COLUMN(TEXT, struct version_row, effective_from),
	STORE_COLUMN(TEXT, struct version_row, title),
	STORE_COLUMN(INTEGER, struct version_row, themes),
	STORE_COLUMN(TEXT, struct version_row, filing),
	STORE_COLUMN(TEXT, struct version_row, author),
	STORE_COLUMN(INTEGER, struct version_row, at_ms), STORE_COLUMNS_END};
static const struct store_shape version_shape = {sizeof(struct version_row), version_columns};

struct piece_row {
	int64_t size;
	char *digest;
	GBytes *piece;
};
static const struct store_column piece_columns[] = {STORE_COLUMN(INTEGER, struct piece_row, size),
	STORE_COLUMN(TEXT, struct piece_row, digest), STORE_COLUMN(BLOB, struct piece_row, piece),
	STORE_COLUMNS_END};
static const struct store_shape piece_shape = {sizeof(struct piece_row), piece_columns};

bool hub_catalogues(struct hub *hub, struct request *request, GError **error)
{
	g_autoptr(GPtrArray) rows = store_rows(
		hub->store, HUB_STATEMENT_VERSION_LIST, STORE_NO_VALUES, &version_shape, error);
	if (rows == NULL)
		return false;
	json_t *list = json_array();
	for (guint i = 0; i < rows->len; i++) {
		const struct version_row *row = rows->pdata[i];
		g_autofree char *at = hub_time_text(row->at_ms);
		json_array_append_new(
			list, json_pack("{s:s, s:I, s:s, s:I, s:s, s:s, s:I, s:s, s:s, s:s}",
				      "list", row->list, "version", (json_int_t)row->version,
				      "digest", row->digest, "size", (json_int_t)row->size,
				      "effective_from", row->effective_from, "title", row->title,
				      "themes", (json_int_t)row->themes, "filing", row->filing,
				      "author", row->author, "published", at));
	}
	supply_list(request, "catalogues", list);
	return true;
}

/* The version an address names. */
static bool read_address(const struct request *request, int64_t *ret_version, GError **error)
{
	gint64 version = 0;
	if (!form_list_id(request->parts[0]))
		return err_set(error, ERR_CODE_NOT_FOUND,
			"清单编号要用小写字母、数字和连字符，如 jiangmen-2020");
	if (!g_ascii_string_to_signed(request->parts[1], 10, 1, MOST_VERSION, &version, NULL))
		return err_set(error, ERR_CODE_NOT_FOUND, "版本要是 1 到 %d 的整数", MOST_VERSION);
	*ret_version = version;
	return true;
}

/* *ret_found false: there is no such version. store_row_clear the row when it is there. */
static bool find_piece(struct hub *hub, const struct request *request, int64_t offset, int64_t most,
	struct piece_row *ret_row, bool *ret_found, GError **error)
{
	int64_t version = 0;
	return read_address(request, &version, error) &&
	       store_row(hub->store, HUB_STATEMENT_VERSION_PIECE,
		       STORE_VALUES(STORE_TEXT("list", request->parts[0]),
			       STORE_INTEGER("version", version), STORE_INTEGER("offset", offset),
			       STORE_INTEGER("most", most)),
		       &piece_shape, ret_row, ret_found, error);
}

/* ---- reading ---- */

/* "bytes=A-B" or "bytes=A-"; anything else is no range, as HTTP has it. */
static bool read_range(const struct request *request, int64_t *ret_offset, int64_t *ret_most)
{
	gint64 first = 0, last = INT64_MAX - 1;
	if (request->range == NULL || !g_str_has_prefix(request->range, "bytes="))
		return false;
	g_auto(GStrv) parts = g_strsplit(request->range + strlen("bytes="), "-", 3);
	if (g_strv_length(parts) != 2 ||
		!g_ascii_string_to_signed(parts[0], 10, 0, INT32_MAX, &first, NULL) ||
		(*parts[1] != '\0' &&
			!g_ascii_string_to_signed(parts[1], 10, first, INT32_MAX, &last, NULL)))
		return false;
	*ret_offset = first;
	*ret_most = MIN(last - first + 1, INT32_MAX);
	return true;
}

static void reply_piece(
	struct request *request, const struct piece_row *row, bool ranged, int64_t offset)
{
	struct reply *reply = &request->reply;
	reply_bytes(reply, ranged ? 206 : 200, "application/json", g_bytes_ref(row->piece));
	reply->digest = g_strdup(row->digest);
	reply->etag = g_strdup_printf("\"%s\"", row->digest + strlen("sm3:"));
	reply->piece_offset = offset;
	reply->piece_whole = ranged ? row->size : -1;
}

bool hub_catalogue_read(struct hub *hub, struct request *request, GError **error)
{
	struct piece_row row = {0};
	bool found = false;
	int64_t offset = 0, most = WHOLE;
	bool ranged = read_range(request, &offset, &most);
	if (!find_piece(hub, request, offset, most, &row, &found, error))
		return false;
	if (!found)
		return err_set(error, ERR_CODE_NOT_FOUND, "没有这个版本");
	bool good = row.piece != NULL && g_bytes_get_size(row.piece) > 0;
	if (good)
		reply_piece(request, &row, ranged, offset);
	store_row_clear(&piece_shape, &row);
	return good || err_set(error, ERR_CODE_INVALID, "Range 超过了这个版本的长度");
}

/* ---- putting ---- */

/* Texts are borrowed from the request. */
struct offer {
	const char *list;
	int64_t version;
	const char *from, *filing, *author;
	char today[CIVIL_DATE_TEXT_SIZE];
};

static bool is_plain(const char *text)
{
	g_autofree char *clean = text_clean(text, false);
	return strlen(text) <= MOST_TEXT && g_str_equal(clean, text);
}

static bool read_offer(
	struct hub *hub, const struct request *request, struct offer *offer, GError **error)
{
	struct civil_date date;
	civil_date_to_text(civil_date_of_ms(hub_now_ms(hub)), offer->today);
	offer->list = request->parts[0];
	offer->from = request_query(request, "effective_from", offer->today);
	offer->filing = request_query(request, "filing", "");
	offer->author = request_query(request, "author", "");
	if (!read_address(request, &offer->version, error))
		return false;
	if (!form_date(offer->from) || !civil_date_from_text(offer->from, &date))
		return err_set(
			error, ERR_CODE_INVALID, "参数 effective_from 要写成 2026-12-01 这样");
	return (is_plain(offer->filing) && is_plain(offer->author)) ||
	       err_set(error, ERR_CODE_INVALID, "filing 和 author 要在 %d 字节以内，不含控制字符",
		       MOST_TEXT);
}

/* Known already: answered. EXISTS when with other bytes. */
static bool answer_known(struct request *request, const struct offer *offer,
	const struct piece_row *row, GError **error)
{
	gsize size = 0;
	const void *data = g_bytes_get_data(row->piece, &size);
	if (size != request->body->len || memcmp(data, request->body->data, size) != 0)
		return err_set_next(error, ERR_CODE_EXISTS,
			"中心的这个版本是别的内容，版本发布后不再改动",
			"请把新内容发布成下一个版本");
	supply_kept(request, false, row->digest);
	return true;
}

static bool find_known(struct hub *hub, struct request *request, const struct offer *offer,
	bool *ret_known, GError **error)
{
	struct piece_row row = {0};
	if (!find_piece(hub, request, 0, WHOLE, &row, ret_known, error))
		return false;
	if (!*ret_known)
		return true;
	bool good = answer_known(request, offer, &row, error);
	store_row_clear(&piece_shape, &row);
	return good;
}

/* Numbers rise: what is below the newest and not here was never handed out. */
static bool check_number(
	struct hub *hub, struct request *request, const struct offer *offer, GError **error)
{
	int64_t last = 0;
	if (!store_integer(hub->store, HUB_STATEMENT_VERSION_LAST,
		    STORE_VALUES(STORE_TEXT("list", offer->list)), 0, &last, error))
		return false;
	if (offer->version > last)
		return true;
	request->reply.problem = json_pack("{s:I}", "version", (json_int_t)last);
	return err_set_next(error, ERR_CODE_STALE, "中心已有更新的版本",
		"请先收取中心的版本，再发布成下一个版本");
}

static bool put_version(
	struct hub *hub, struct request *request, const struct offer *offer, GError **error)
{
	const json_t *found = request->findings;
	const char *digest = json_text(found, "digest", "");
	if (!hub_run(hub, HUB_STATEMENT_VERSION_PUT,
		    STORE_VALUES(STORE_TEXT("list", offer->list),
			    STORE_INTEGER("version", offer->version), STORE_TEXT("digest", digest),
			    STORE_INTEGER("size", request->body->len),
			    STORE_TEXT("effective_from", offer->from),
			    STORE_TEXT("title", json_text(found, "title", "")),
			    STORE_INTEGER("themes", json_integer_or(found, "themes", 0)),
			    STORE_TEXT("filing", offer->filing),
			    STORE_TEXT("author", offer->author),
			    STORE_INTEGER("at_ms", hub_now_ms(hub)),
			    STORE_BLOB("bytes", request->body->data, request->body->len)),
		    error) ||
		!supply_changed(hub, error))
		return false;
	supply_kept(request, true, digest);
	return true;
}

/* Twice: before the long check, so that what is known costs none, and after it. */
bool hub_catalogue_put(struct hub *hub, struct request *request, GError **error)
{
	struct offer offer;
	bool known = false;
	if (!read_offer(hub, request, &offer, error) ||
		!find_known(hub, request, &offer, &known, error))
		return false;
	if (known)
		return true;
	if (!check_number(hub, request, &offer, error))
		return false;
	if (!request->checked) {
		request->reply.check = catalogue_check;
		return true;
	}
	if (request->fault == NULL)
		return put_version(hub, request, &offer, error);
	request->reply.problem = json_incref(request->findings);
	g_propagate_error(error, g_error_copy(request->fault));
	return false;
}
