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

static const struct store_column version_columns[] = {
	STORE_COLUMN(TEXT, struct catalogue_version, list),
	STORE_COLUMN(INTEGER, struct catalogue_version, version),
	STORE_COLUMN(TEXT, struct catalogue_version, digest),
	STORE_COLUMN(TEXT, struct catalogue_version, status),
	STORE_COLUMN(TEXT, struct catalogue_version, title),
	STORE_COLUMN(TEXT, struct catalogue_version, issuer),
	STORE_COLUMN(TEXT, struct catalogue_version, doc_no),
	STORE_COLUMN(TEXT, struct catalogue_version, date),
	STORE_COLUMN(INTEGER, struct catalogue_version, themes),
	STORE_COLUMN(INTEGER, struct catalogue_version, items),
	STORE_COLUMN(TEXT, struct catalogue_version, effective_from),
	STORE_COLUMN(TEXT, struct catalogue_version, author),
	STORE_COLUMN(TEXT, struct catalogue_version, filing),
	STORE_COLUMN(INTEGER, struct catalogue_version, made_ms),
	STORE_COLUMN(INTEGER, struct catalogue_version, published_ms),
	STORE_COLUMNS_END,
};
static const struct store_shape version_shape = {sizeof(struct catalogue_version), version_columns};

GPtrArray *catalogue_list_all(struct store *store, GError **error)
{
	return store_rows(
		store, STATEMENT_CATALOGUE_LIST_ALL, STORE_NO_VALUES, &entry_shape, error);
}

GPtrArray *catalogue_versions(struct store *store, GError **error)
{
	return store_rows(
		store, STATEMENT_CATALOGUE_VERSION_ALL, STORE_NO_VALUES, &version_shape, error);
}

/* A fact of the home by the bureau; takes the body. */
static bool append_fact(struct store *store, const char *kind, const char *actor, int64_t now_ms,
	json_t *body, GError **error)
{
	g_autoptr(json_t) owned = body;
	struct fact fact = {
		.kind = kind,
		.item = -1,
		.time_ms = now_ms,
		.actor = actor,
		.window = "",
		.authority = AUTHORITY_BUREAU,
		.source = FACT_SOURCE_DIRECT,
		.body = owned,
	};
	int64_t seq = 0;
	return journal_append(store, &fact, &seq, error);
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
	return append_fact(store, "catalogue_published", act->author, act->now_ms, body, error);
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

/* ---- the shelf ---- */

struct shelving {
	const char *list;
	const char *theme;
	bool on_shelf;
	const char *actor;
	int64_t now_ms;
};

bool catalogue_is_on_shelf(struct store *store, const char *list, const char *theme,
	bool *ret_on_shelf, GError **error)
{
	int64_t count = 0;
	if (!store_integer(store, STATEMENT_THEME_SHELF_GET,
		    STORE_VALUES(STORE_TEXT("list", list), STORE_TEXT("theme", theme)), 0, &count,
		    error))
		return false;
	*ret_on_shelf = count != 0;
	return true;
}

/* NOT_FOUND without the theme, MOVE when nothing describes it. */
static bool may_shelve(struct store *store, const struct shelving *shelving, GError **error)
{
	int64_t described = -1;
	g_autofree char *list = text_clean(shelving->list, false);
	g_autofree char *theme = text_clean(shelving->theme, false);
	if (!store_integer(store, STATEMENT_CATALOGUE_THEME_DESCRIBED,
		    STORE_VALUES(STORE_TEXT("list", shelving->list),
			    STORE_TEXT("theme", shelving->theme)),
		    -1, &described, error))
		return false;
	if (described < 0)
		return err_set(error, ERR_CODE_NOT_FOUND, "清单 %s 没有主题 %s", list, theme);
	if (described == 0 && shelving->on_shelf)
		return err_set_next(error, ERR_CODE_MOVE, "这个主题还没有办事指南，不能上架",
			"请先在指南里写明事项的服务");
	return true;
}

static bool shelve(struct store *store, void *data, GError **error)
{
	const struct shelving *shelving = data;
	bool now = false;
	if (!may_shelve(store, shelving, error) ||
		!catalogue_is_on_shelf(store, shelving->list, shelving->theme, &now, error))
		return false;
	if (now == shelving->on_shelf)
		return true;
	json_t *body = json_pack("{s:s,s:s}", "list", shelving->list, "theme", shelving->theme);
	return store_run(store,
		       shelving->on_shelf ? STATEMENT_THEME_SHELF_PUT : STATEMENT_THEME_SHELF_DROP,
		       STORE_VALUES(STORE_TEXT("list", shelving->list),
			       STORE_TEXT("theme", shelving->theme)),
		       error) &&
	       append_fact(store, shelving->on_shelf ? "theme_shelved" : "theme_unshelved",
		       shelving->actor, shelving->now_ms, body, error);
}

bool catalogue_shelf(struct store *store, const char *list, const char *theme, bool on_shelf,
	const char *actor, int64_t now_ms, GError **error)
{
	struct shelving shelving = {list, theme, on_shelf, actor, now_ms};
	return store_write(store, shelve, &shelving, error);
}
