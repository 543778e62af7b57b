/* Lists, and versions that are published and come into force. */
#include <string.h>

#include "base/err.h"
#include "catalog/catalogue_rows.h"
#include "catalog/reader.h"
#include "core/date.h"

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
	       catalogue_index(store, entry->list, (int)entry->current, (int)due, error);
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
	int version; /* as which it was published */
};

static bool publish_version(
	struct store *store, const struct publishing *publishing, int version, GError **error)
{
	const struct catalogue_act *act = publishing->act;
	const char *list = publishing->list;
	if (!store_run(store, STATEMENT_CATALOGUE_VERSION_PUBLISH,
		    STORE_VALUES(STORE_TEXT("list", list), STORE_INTEGER("version", version),
			    STORE_TEXT("effective_from", publishing->from),
			    STORE_TEXT("filing", act->filing), STORE_TEXT("author", act->author),
			    STORE_INTEGER("published_ms", act->now_ms)),
		    error))
		return false;
	json_t *body = catalogue_version_facts(store, list, version, error);
	return body != NULL && catalogue_fact(store, "catalogue_published", act, body, error);
}

/* A draft that nobody submitted is submitted on the way: both are facts. */
static bool publish(struct store *store, void *data, GError **error)
{
	struct publishing *publishing = data;
	const struct catalogue_act *act = publishing->act;
	int draft = 0;
	bool submitted = false;
	if (!catalogue_need_draft(store, publishing->list, &draft, &submitted, error) ||
		(!submitted && !catalogue_submit(store, publishing->list, act, error)) ||
		!catalogue_number_draft(store, publishing->list, &draft, error))
		return false;
	publishing->version = draft;
	struct settling settling = {.now_ms = act->now_ms};
	return publish_version(store, publishing, draft, error) && settle(store, &settling, error);
}

bool catalogue_publish(struct store *store, const char *list, const struct catalogue_act *act,
	int *ret_version, GError **error)
{
	g_autofree char *today = civil_date_dup_text(civil_date_of_ms(act->now_ms));
	const char *from = act->effective_from[0] == '\0' ? today : act->effective_from;
	if (!form_date(from))
		return err_set(error, ERR_CODE_INVALID, "施行日期要写成 2026-12-01 这样");
	if (strcmp(from, today) < 0)
		return err_set(error, ERR_CODE_INVALID, "施行日期 %s 已经过去", from);
	struct publishing publishing = {list, act, from, 0};
	if (!store_write(store, publish, &publishing, error))
		return false;
	if (ret_version != NULL)
		*ret_version = publishing.version;
	return true;
}
