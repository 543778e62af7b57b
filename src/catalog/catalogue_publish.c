/* Versions that come into force, and the hall's shelf. */
#include <string.h>

#include "base/err.h"
#include "base/text.h"
#include "catalog/catalogue_rows.h"
#include "catalog/reader.h"
#include "core/date.h"
#include "store/journal.h"

static const struct store_column entry_columns[] = {
	STORE_COLUMN(TEXT, struct catalogue_entry, list),
	{"short", STORE_TYPE_TEXT, offsetof(struct catalogue_entry, short_title)},
	STORE_COLUMN(TEXT, struct catalogue_entry, title),
	STORE_COLUMN(TEXT, struct catalogue_entry, issuer),
	STORE_COLUMN(TEXT, struct catalogue_entry, doc_no),
	STORE_COLUMN(TEXT, struct catalogue_entry, date),
	STORE_COLUMN(INTEGER, struct catalogue_entry, current),
	STORE_COLUMN(INTEGER, struct catalogue_entry, themes),
	STORE_COLUMN(INTEGER, struct catalogue_entry, items),
	STORE_COLUMN(INTEGER, struct catalogue_entry, on_shelf),
	STORE_COLUMNS_END,
};
static const struct store_shape entry_shape = {sizeof(struct catalogue_entry), entry_columns};

GPtrArray *catalogue_list_all(struct store *store, GError **error)
{
	return store_rows(
		store, STATEMENT_CATALOGUE_LIST_ALL, STORE_NO_VALUES, &entry_shape, error);
}

/* ---- coming into force ---- */

struct settling {
	int64_t now_ms;
	bool changed;
};

static bool settle_list(struct store *store, const struct catalogue_entry *entry, const char *date,
	bool *changed, GError **error)
{
	int64_t due = 0;
	if (!store_integer(store, STATEMENT_CATALOGUE_VERSION_IN_FORCE,
		    STORE_VALUES(STORE_TEXT("list", entry->list), STORE_TEXT("date", date)), 0,
		    &due, error))
		return false;
	if (due == 0 || due == entry->current)
		return true;
	*changed = true;
	return store_run(store, STATEMENT_CATALOGUE_LIST_SET_CURRENT,
		       STORE_VALUES(STORE_TEXT("list", entry->list), STORE_INTEGER("version", due)),
		       error) &&
	       catalogue_reindex(store, entry->list, (int)entry->current, (int)due, error);
}

static bool settle(struct store *store, void *data, GError **error)
{
	struct settling *settling = data;
	g_autofree char *date = civil_date_dup_text(civil_date_of_ms(settling->now_ms));
	g_autoptr(GPtrArray) entries = catalogue_list_all(store, error);
	for (guint i = 0; entries != NULL && i < entries->len; i++)
		if (!settle_list(store, entries->pdata[i], date, &settling->changed, error))
			return false;
	return entries != NULL;
}

/* Whether any list has a version due that is not in force yet. */
static bool is_due(struct store *store, int64_t now_ms, bool *ret_due, GError **error)
{
	g_autofree char *date = civil_date_dup_text(civil_date_of_ms(now_ms));
	int64_t count = 0;
	if (!store_integer(store, STATEMENT_CATALOGUE_DUE, STORE_VALUES(STORE_TEXT("date", date)),
		    0, &count, error))
		return false;
	*ret_due = count != 0;
	return true;
}

bool catalogue_settle(struct store *store, int64_t now_ms, bool *ret_changed, GError **error)
{
	struct settling settling = {.now_ms = now_ms};
	bool due = false;
	if (!is_due(store, now_ms, &due, error) ||
		(due && !store_write(store, settle, &settling, error)))
		return false;
	if (ret_changed != NULL)
		*ret_changed = settling.changed;
	return true;
}

/* ---- publishing ---- */

struct publishing {
	const char *list;
	const struct catalogue_act *act;
	const char *from;
};

static bool publish_version(
	struct store *store, const struct publishing *publishing, int version, GError **error)
{
	const struct catalogue_act *act = publishing->act;
	const char *list = publishing->list;
	g_autofree char *digest = NULL;
	if (!store_run(store, STATEMENT_CATALOGUE_VERSION_PUBLISH,
		    STORE_VALUES(STORE_TEXT("list", list), STORE_INTEGER("version", version),
			    STORE_TEXT("effective_from", publishing->from),
			    STORE_TEXT("filing", act->filing), STORE_TEXT("author", act->author),
			    STORE_INTEGER("published_ms", act->now_ms)),
		    error) ||
		!store_text(store, STATEMENT_CATALOGUE_VERSION_DIGEST,
			STORE_VALUES(STORE_TEXT("list", list), STORE_INTEGER("version", version)),
			&digest, error))
		return false;
	g_autofree char *written = g_strconcat("sm3:", digest, NULL);
	json_t *body = json_pack("{s:s,s:i,s:s,s:s,s:s,s:s}", "list", list, "version", version,
		"digest", written, "effective_from", publishing->from, "author", act->author,
		"filing", act->filing);
	return catalogue_fact(store, "catalogue_published", act, body, error);
}

static bool publish(struct store *store, void *data, GError **error)
{
	const struct publishing *publishing = data;
	int64_t draft = 0;
	if (!store_integer(store, STATEMENT_CATALOGUE_VERSION_DRAFT,
		    STORE_VALUES(STORE_TEXT("list", publishing->list)), 0, &draft, error))
		return false;
	g_autofree char *shown = text_clean(publishing->list, false);
	if (draft == 0)
		return err_set_next(error, ERR_CODE_NOT_FOUND, shown,
			"这份清单没有草稿，请先用 catalog import 导入");
	struct settling settling = {.now_ms = publishing->act->now_ms};
	return publish_version(store, publishing, (int)draft, error) &&
	       settle(store, &settling, error);
}

bool catalogue_publish(
	struct store *store, const char *list, const struct catalogue_act *act, GError **error)
{
	g_autofree char *today = civil_date_dup_text(civil_date_of_ms(act->now_ms));
	const char *from = act->effective_from[0] == '\0' ? today : act->effective_from;
	if (!form_date(from))
		return err_set(error, ERR_CODE_INVALID, "施行日期要写成 2026-12-01 这样");
	if (strcmp(from, today) < 0)
		return err_set(error, ERR_CODE_INVALID, "施行日期 %s 已经过去", from);
	struct publishing publishing = {list, act, from};
	return store_write(store, publish, &publishing, error);
}
