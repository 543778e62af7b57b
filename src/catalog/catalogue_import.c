/* From files to draft versions. */
#include <string.h>

#include "base/digest.h"
#include "base/err.h"
#include "catalog/calendar_file.h"
#include "catalog/catalogue_rows.h"

/* One import on its way into the store. */
struct importing {
	struct catalog_set *set;
	const struct catalogue_act *act;
	GPtrArray *lists; /* ids of lists that got a draft, owned */
};

/* ---- what the store has stands behind what the files bring ---- */

static bool add_stored_version(struct store *store, struct catalog_set *set,
	struct catalog_faults *faults, const char *list, int version, GError **error)
{
	g_autoptr(GBytes) bytes = catalogue_bytes(store, list, version, error);
	if (bytes == NULL)
		return false;
	size_t size = 0;
	const char *data = g_bytes_get_data(bytes, &size);
	g_autofree char *name = g_strdup_printf("%s@%d（已入库）", list, version);
	catalog_set_add(set, faults, name, data, size, true);
	return true;
}

/* The newest version of every list, drafts included. */
static bool add_stored(
	struct store *store, struct catalog_set *set, struct catalog_faults *faults, GError **error)
{
	g_autoptr(GPtrArray) entries = catalogue_list_all(store, error);
	for (guint i = 0; entries != NULL && i < entries->len; i++) {
		const struct catalogue_entry *entry = entries->pdata[i];
		int64_t last = 0;
		if (!store_integer(store, STATEMENT_CATALOGUE_VERSION_LAST,
			    STORE_VALUES(STORE_TEXT("list", entry->list)), 0, &last, error))
			return false;
		if (last != 0 &&
			!add_stored_version(store, set, faults, entry->list, (int)last, error))
			return false;
	}
	return entries != NULL;
}

/* ---- writing ---- */

static const struct catalog_shelf *shelf_of(
	const struct catalog_set *set, const char *list, guint *ret_position)
{
	for (guint i = 0; i < set->shelves->len; i++) {
		const struct catalog_shelf *shelf = set->shelves->pdata[i];
		*ret_position = i + 1;
		if (strcmp(shelf->list, list) == 0)
			return shelf;
	}
	return NULL;
}

/* Makes the list known: by shelf.json, else behind the others under its id. */
static bool put_list(
	struct store *store, const struct catalog_set *set, const char *list, GError **error)
{
	guint at = 0;
	const struct catalog_shelf *shelf = shelf_of(set, list, &at);
	int64_t known = -1, position = at;
	if (!store_integer(store, STATEMENT_CATALOGUE_LIST_CURRENT,
		    STORE_VALUES(STORE_TEXT("list", list)), -1, &known, error))
		return false;
	if (shelf == NULL && known >= 0)
		return true;
	if (shelf == NULL && !store_integer(store, STATEMENT_CATALOGUE_LIST_POSITION,
				     STORE_NO_VALUES, 0, &position, error))
		return false;
	return store_run(store, STATEMENT_CATALOGUE_LIST_PUT,
		STORE_VALUES(STORE_TEXT("list", list),
			STORE_TEXT("short", shelf == NULL ? list : shelf->title),
			STORE_INTEGER("position", position)),
		error);
}

static int count_items(const struct list *list)
{
	int items = 0;
	for (guint i = 0; i < list->themes->len; i++)
		items += (int)((struct theme *)list->themes->pdata[i])->items->len;
	return items;
}

static bool put_version(struct store *store, const struct importing *importing,
	const struct list *list, int version, GBytes *bytes, const struct digest *digest,
	GError **error)
{
	size_t size = 0;
	const void *data = g_bytes_get_data(bytes, &size);
	return store_run(store, STATEMENT_CATALOGUE_VERSION_PUT,
		STORE_VALUES(STORE_TEXT("list", list->id), STORE_INTEGER("version", version),
			STORE_BLOB("digest", digest->bytes, DIGEST_SIZE),
			STORE_BLOB("bytes", data, size), STORE_TEXT("title", list->title),
			STORE_TEXT("issuer", list->issuer), STORE_TEXT("doc_no", list->doc_no),
			STORE_TEXT("date", list->date), STORE_INTEGER("themes", list->themes->len),
			STORE_INTEGER("items", count_items(list)),
			STORE_TEXT("author", importing->act->author),
			STORE_INTEGER("made_ms", importing->act->now_ms)),
		error);
}

/* Drops the draft a newer import replaces; *version keeps its number then. */
static bool drop_draft(struct store *store, const char *list, int64_t *version, GError **error)
{
	int64_t draft = 0;
	if (!store_integer(store, STATEMENT_CATALOGUE_VERSION_DRAFT,
		    STORE_VALUES(STORE_TEXT("list", list)), 0, &draft, error))
		return false;
	*version = draft == 0 ? *version + 1 : draft;
	if (draft == 0)
		return true;
	const struct store_value *which =
		STORE_VALUES(STORE_TEXT("list", list), STORE_INTEGER("version", draft));
	return store_run(store, STATEMENT_CATALOGUE_VERSION_DROP_DRAFT, which, error) &&
	       store_run(store, STATEMENT_CATALOGUE_THEME_DROP, which, error) &&
	       store_run(store, STATEMENT_CATALOGUE_DEFINITION_DROP, which, error);
}

static bool is_same(struct store *store, const char *list, int64_t version,
	const struct digest *digest, bool *ret_same, GError **error)
{
	g_autofree char *stored = NULL;
	g_autofree char *ours = digest_hex(digest->bytes, DIGEST_SIZE);
	if (!store_text(store, STATEMENT_CATALOGUE_VERSION_DIGEST,
		    STORE_VALUES(STORE_TEXT("list", list), STORE_INTEGER("version", version)),
		    &stored, error))
		return false;
	*ret_same = g_strcmp0(stored, ours) == 0;
	return true;
}

static bool import_list(
	struct store *store, struct importing *importing, const struct list *list, GError **error)
{
	g_autoptr(GBytes) bytes = catalog_set_package(importing->set, list->id);
	size_t size = 0;
	const void *data = g_bytes_get_data(bytes, &size);
	struct digest digest = digest_of(data, size);
	int64_t version = 0;
	bool same = false;
	if (!put_list(store, importing->set, list->id, error) ||
		!store_integer(store, STATEMENT_CATALOGUE_VERSION_LAST,
			STORE_VALUES(STORE_TEXT("list", list->id)), 0, &version, error) ||
		!is_same(store, list->id, version, &digest, &same, error))
		return false;
	if (same)
		return true;
	if (!drop_draft(store, list->id, &version, error) ||
		!put_version(store, importing, list, (int)version, bytes, &digest, error) ||
		!catalogue_put_rows(store, importing->set, list, (int)version, error))
		return false;
	g_ptr_array_add(importing->lists, g_strdup(list->id));
	return true;
}

static bool import_calendar(
	struct store *store, const struct catalog_origin *origin, GError **error)
{
	size_t size = 0;
	g_autofree char *body = json_frozen(origin->value, &size);
	struct digest digest = digest_of(body, size);
	return store_run(store, STATEMENT_CALENDAR_YEAR_PUT,
		STORE_VALUES(STORE_INTEGER("year", calendar_file_year(origin->value)),
			STORE_BLOB("digest", digest.bytes, DIGEST_SIZE),
			STORE_BLOB("body", body, size)),
		error);
}

static bool import_all(struct store *store, void *data, GError **error)
{
	struct importing *importing = data;
	for (guint i = 0; i < importing->set->lists->len; i++)
		if (!import_list(store, importing, importing->set->lists->pdata[i], error))
			return false;
	for (guint i = 0; i < importing->set->calendars->len; i++)
		if (!import_calendar(store, importing->set->calendars->pdata[i], error))
			return false;
	g_autoptr(calendar) calendar = catalogue_calendar(store, error);
	return calendar != NULL;
}

static bool import_set(struct store *store, struct catalog_set *set,
	const struct catalogue_act *act, GStrv *ret_lists, GError **error)
{
	struct importing importing = {set, act, g_ptr_array_new_with_free_func(g_free)};
	bool done = store_write(store, import_all, &importing, error);
	if (done && ret_lists != NULL) {
		g_ptr_array_set_free_func(importing.lists, NULL);
		g_ptr_array_add(importing.lists, NULL);
		*ret_lists = (GStrv)g_ptr_array_free(importing.lists, FALSE);
	} else {
		g_ptr_array_unref(importing.lists);
	}
	return done;
}

bool catalogue_import_set(struct store *store, struct catalog_set *set,
	const struct catalogue_act *act, struct catalog_faults *faults, GStrv *ret_lists,
	GError **error)
{
	if (!catalog_faults_settle(faults, error) || !add_stored(store, set, faults, error))
		return false;
	catalog_set_finish(set, faults);
	return catalog_faults_settle(faults, error) &&
	       import_set(store, set, act, ret_lists, error);
}

bool catalogue_import(struct store *store, const char *const *paths,
	const struct catalogue_act *act, struct catalog_faults *faults, GStrv *ret_lists,
	GError **error)
{
	g_autoptr(catalog_set) set = catalog_set_new();
	g_autoptr(catalog_faults) own = faults == NULL ? catalog_faults_new() : NULL;
	if (faults == NULL)
		faults = own;
	for (; *paths != NULL; paths++)
		catalog_set_add_path(set, faults, *paths);
	return catalogue_import_set(store, set, act, faults, ret_lists, error);
}
