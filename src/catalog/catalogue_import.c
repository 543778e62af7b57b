/* From files, or a fragment in memory, to draft versions. */
#include <string.h>

#include "base/digest.h"
#include "base/err.h"
#include "catalog/calendar_file.h"
#include "catalog/catalogue_rows.h"

/* A version that stood behind an import when it was checked. */
struct stored {
	char *list;
	int version;
	GBytes *bytes;
	bool differs; /* a definition of its own is not the one the set has from another list */
};

/* One import on its way into the store. */
struct importing {
	struct catalog_set *set;
	const struct catalogue_act *act;
	GPtrArray *stored; /* struct stored, in the order of lists */
	GPtrArray *lists;  /* ids of lists that got or lost a draft, owned */
};

/* ---- what the store has stands behind what the files bring ---- */

static void stored_free(void *data)
{
	struct stored *stored = data;
	g_free(stored->list);
	if (stored->bytes != NULL)
		g_bytes_unref(stored->bytes);
	g_free(stored);
}

static void add_stored(
	struct catalog_set *set, struct catalog_faults *faults, const struct stored *stored)
{
	size_t size = 0;
	const char *data = g_bytes_get_data(stored->bytes, &size);
	g_autofree char *name = g_strdup_printf("%s@%d（已入库）", stored->list, stored->version);
	set->is_in_store = true;
	if (g_hash_table_contains(set->whole, stored->list))
		return;
	catalog_set_add(set, faults, name, data, size, true);
}

/* The newest version of every list, drafts included. */
static GPtrArray *read_stored(struct store *store, GError **error)
{
	g_autoptr(GPtrArray) entries = catalogue_list_all(store, error);
	g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(stored_free);
	for (guint i = 0; entries != NULL && i < entries->len; i++) {
		const struct catalogue_entry *entry = entries->pdata[i];
		int64_t last = 0;
		if (!store_integer(store, STATEMENT_CATALOGUE_VERSION_LAST,
			    STORE_VALUES(STORE_TEXT("list", entry->list)), 0, &last, error))
			return NULL;
		if (last == 0)
			continue;
		struct stored *stored = g_new0(struct stored, 1);
		g_ptr_array_add(all, stored);
		stored->list = g_strdup(entry->list);
		stored->version = (int)last;
		stored->bytes = catalogue_bytes(store, entry->list, (int)last, error);
		if (stored->bytes == NULL)
			return NULL;
	}
	return entries == NULL ? NULL : g_steal_pointer(&all);
}

static struct stored *stored_of(const struct importing *importing, const char *list)
{
	for (guint i = 0; i < importing->stored->len; i++) {
		struct stored *stored = importing->stored->pdata[i];
		if (strcmp(stored->list, list) == 0)
			return stored;
	}
	return NULL;
}

static void add_all_stored(struct importing *importing, struct catalog_faults *faults)
{
	for (guint i = 0; i < importing->stored->len; i++) {
		struct stored *stored = importing->stored->pdata[i];
		importing->set->differs = false;
		add_stored(importing->set, faults, stored);
		stored->differs = importing->set->differs;
	}
}

/*
 * Where two stored lists define one thing differently, each keeps its own: the set that `list` is
 * packed from has that list's definitions before those of the others. NULL with CATALOG.
 */
static struct catalog_set *set_apart(
	const struct importing *importing, const struct stored *first, GError **error)
{
	g_autoptr(catalog_set) set = catalog_set_new();
	g_autoptr(catalog_faults) faults = catalog_faults_new();
	catalog_set_repeat(set, importing->set, faults);
	add_stored(set, faults, first);
	for (guint i = 0; i < importing->stored->len; i++)
		if (importing->stored->pdata[i] != first)
			add_stored(set, faults, importing->stored->pdata[i]);
	catalog_set_finish(set, faults);
	return catalog_faults_settle(faults, error) ? g_steal_pointer(&set) : NULL;
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

bool catalogue_put_list(
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

bool catalogue_put_version(struct store *store, const struct catalogue_act *act,
	const struct list *list, int version, GBytes *bytes, GError **error)
{
	size_t size = 0;
	const void *data = g_bytes_get_data(bytes, &size);
	struct digest digest = digest_of(data, size);
	return store_run(store, STATEMENT_CATALOGUE_VERSION_PUT,
		STORE_VALUES(STORE_TEXT("list", list->id), STORE_INTEGER("version", version),
			STORE_BLOB("digest", digest.bytes, DIGEST_SIZE),
			STORE_BLOB("bytes", data, size), STORE_TEXT("title", list->title),
			STORE_TEXT("issuer", list->issuer), STORE_TEXT("doc_no", list->doc_no),
			STORE_TEXT("date", list->date), STORE_INTEGER("themes", list->themes->len),
			STORE_INTEGER("items", count_items(list)),
			STORE_TEXT("author", act->author), STORE_INTEGER("made_ms", act->now_ms)),
		error);
}

bool catalogue_drop_draft(struct store *store, const char *list, int version, GError **error)
{
	const struct store_value *which =
		STORE_VALUES(STORE_TEXT("list", list), STORE_INTEGER("version", version));
	return store_run(store, STATEMENT_CATALOGUE_VERSION_DROP_DRAFT, which, error) &&
	       store_run(store, STATEMENT_CATALOGUE_THEME_DROP, which, error) &&
	       store_run(store, STATEMENT_CATALOGUE_DEFINITION_DROP, which, error);
}

/* The draft that a newer import replaces is dropped; *ret_draft 0 when there was none. */
static bool make_room(struct store *store, const char *list, int *ret_draft, GError **error)
{
	int draft = 0;
	bool submitted = false;
	if (!catalogue_draft_of(store, list, &draft, &submitted, error))
		return false;
	g_autofree char *sentence =
		g_strdup_printf("清单 %s 第 %d 版已提交，不能再改", list, draft);
	if (submitted)
		return err_set_next(error, ERR_CODE_MOVE, sentence, "请先退回，或等它发布");
	*ret_draft = draft;
	return draft == 0 || catalogue_drop_draft(store, list, draft, error);
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

/* What was checked must still be what the store has: somebody else may have changed it since. */
static bool check_unchanged(struct store *store, const struct importing *importing,
	const char *list, int64_t *ret_last, GError **error)
{
	const struct stored *stored = stored_of(importing, list);
	if (!store_integer(store, STATEMENT_CATALOGUE_VERSION_LAST,
		    STORE_VALUES(STORE_TEXT("list", list)), 0, ret_last, error))
		return false;
	if (stored == NULL)
		return *ret_last == 0 || err_set(error, ERR_CODE_STALE, NULL);
	size_t size = 0;
	const void *data = g_bytes_get_data(stored->bytes, &size);
	struct digest digest = digest_of(data, size);
	bool same = false;
	return is_same(store, list, *ret_last, &digest, &same, error) &&
	       ((same && *ret_last == stored->version) || err_set(error, ERR_CODE_STALE, NULL));
}

/*
 * Whether the stored version says the same although its bytes differ: an older program may have
 * written them in another order.
 */
static bool says_the_same(const struct stored *stored, GBytes *bytes)
{
	g_autoptr(catalog_set) set = catalog_set_new();
	g_autoptr(catalog_faults) faults = catalog_faults_new();
	if (stored == NULL)
		return false;
	add_stored(set, faults, stored);
	if (faults->errors != 0 || catalog_set_list(set, stored->list) == NULL)
		return false;
	g_autoptr(GBytes) today = catalog_set_package(set, stored->list);
	return g_bytes_equal(today, bytes);
}

/* Puts the bytes as the next draft of the list. */
static bool put_next(struct store *store, struct importing *importing, struct catalog_set *set,
	const struct list *list, GBytes *bytes, GError **error)
{
	int64_t version = 0;
	return store_integer(store, STATEMENT_CATALOGUE_VERSION_NEXT,
		       STORE_VALUES(STORE_TEXT("list", list->id)), 1, &version, error) &&
	       catalogue_put_version(store, importing->act, list, (int)version, bytes, error) &&
	       catalogue_put_rows(store, set, list, (int)version, error);
}

/*
 * In the place of the draft, if there is one. What is equal to the version before the draft needs
 * none: then the draft is given up, since an empty one would wait for somebody for ever.
 */
static bool replace_draft(struct store *store, struct importing *importing, struct catalog_set *set,
	const struct list *list, GBytes *bytes, GError **error)
{
	size_t size = 0;
	const void *data = g_bytes_get_data(bytes, &size);
	struct digest digest = digest_of(data, size);
	int draft = 0;
	int64_t last = 0;
	bool same = false;
	if (!catalogue_draft_of(store, list->id, &draft, NULL, error))
		return false;
	g_autoptr(json_t) facts =
		draft == 0 ? NULL : catalogue_version_facts(store, list->id, draft, error);
	if ((draft != 0 && facts == NULL) || !make_room(store, list->id, &draft, error) ||
		!store_integer(store, STATEMENT_CATALOGUE_VERSION_LAST,
			STORE_VALUES(STORE_TEXT("list", list->id)), 0, &last, error) ||
		!is_same(store, list->id, last, &digest, &same, error))
		return false;
	g_ptr_array_add(importing->lists, g_strdup(list->id));
	if (draft != 0 && same)
		return catalogue_fact(store, "catalogue_discarded", importing->act,
			g_steal_pointer(&facts), error);
	return put_next(store, importing, set, list, bytes, error);
}

static bool put_draft(struct store *store, struct importing *importing, struct catalog_set *set,
	const struct list *list, GError **error)
{
	g_autoptr(GBytes) bytes = catalog_set_package(set, list->id);
	size_t size = 0;
	const void *data = g_bytes_get_data(bytes, &size);
	if (size > JSON_MOST_BYTES)
		return err_set(error, ERR_CODE_TOO_LARGE, "清单 %s 的一个版本超过 32 MB", list->id);
	struct digest digest = digest_of(data, size);
	int64_t version = 0;
	bool same = false;
	if (!catalogue_put_list(store, importing->set, list->id, error) ||
		!check_unchanged(store, importing, list->id, &version, error) ||
		!is_same(store, list->id, version, &digest, &same, error))
		return false;
	if (same || says_the_same(stored_of(importing, list->id), bytes))
		return true;
	return replace_draft(store, importing, set, list, bytes, error);
}

static bool import_list(
	struct store *store, struct importing *importing, const struct list *list, GError **error)
{
	const struct stored *stored = stored_of(importing, list->id);
	if (stored == NULL || !stored->differs)
		return put_draft(store, importing, importing->set, list, error);
	g_autoptr(catalog_set) apart = set_apart(importing, stored, error);
	return apart != NULL &&
	       put_draft(store, importing, apart, catalog_set_list(apart, list->id), error);
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

static bool import_set(
	struct store *store, struct importing *importing, GStrv *ret_lists, GError **error)
{
	importing->lists = g_ptr_array_new_with_free_func(g_free);
	bool done = store_write(store, import_all, importing, error);
	if (done && ret_lists != NULL) {
		g_ptr_array_set_free_func(importing->lists, NULL);
		g_ptr_array_add(importing->lists, NULL);
		*ret_lists = (GStrv)g_ptr_array_free(importing->lists, FALSE);
	} else {
		g_ptr_array_unref(importing->lists);
	}
	return done;
}

bool catalogue_import_set(struct store *store, struct catalog_set *set,
	const struct catalogue_act *act, struct catalog_faults *faults, GStrv *ret_lists,
	GError **error)
{
	if (!catalog_faults_settle(faults, error))
		return false;
	g_autoptr(GPtrArray) stored = read_stored(store, error);
	if (stored == NULL)
		return false;
	struct importing importing = {.set = set, .act = act, .stored = stored};
	add_all_stored(&importing, faults);
	catalog_set_finish(set, faults);
	return catalog_faults_settle(faults, error) &&
	       import_set(store, &importing, ret_lists, error);
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

/* ---- a fragment from memory ---- */

/* Puts a guide in the place of the one of its theme, or behind the others. */
static void merge_guide(json_t *themes, json_t *guide)
{
	size_t i;
	json_t *other;
	json_array_foreach(themes, i, other)
	{
		if (strcmp(json_text(other, "theme", ""), json_text(guide, "theme", "")) != 0)
			continue;
		json_array_set(themes, i, guide);
		return;
	}
	json_array_append(themes, guide);
}

/* The guides of the newest version of a list with those of the fragment in their places. */
static json_t *merge_guides(struct store *store, const json_t *fragment, GError **error)
{
	int version = 0;
	const char *list = json_text(fragment, "list", "");
	if (!catalogue_newest_of(store, list, &version, error))
		return NULL;
	g_autoptr(GBytes) bytes = catalogue_bytes(store, list, version, error);
	g_autoptr(json_t) package = bytes == NULL ? NULL : catalogue_parse(bytes, error);
	if (package == NULL)
		return NULL;
	json_t *stored = json_object_get(json_object_get(package, "guides"), "themes");
	g_autoptr(json_t) themes = stored == NULL ? json_array() : json_incref(stored);
	size_t i;
	json_t *guide;
	json_array_foreach(json_object_get(fragment, "themes"), i, guide)
	{
		merge_guide(themes, guide);
	}
	return json_pack("{s:s,s:O}", "list", list, "themes", themes);
}

static bool add_fragment(struct store *store, struct catalog_set *set,
	struct catalog_faults *faults, json_t *fragment, GError **error)
{
	bool is_list = json_object_get(fragment, "title") != NULL ||
		       json_object_get(fragment, "format") != NULL ||
		       (json_object_get(fragment, "themes") != NULL &&
			       json_object_get(fragment, "list") == NULL);
	if (is_list)
		return err_set_next(
			error, ERR_CODE_INVALID, "清单的原文不在这里改", "请导入清单文件");
	g_autoptr(json_t) merged = NULL;
	if (json_is_array(json_object_get(fragment, "themes"))) {
		merged = merge_guides(store, fragment, error);
		if (merged == NULL)
			return false;
	}
	catalog_set_add_json(set, faults, "修改", merged != NULL ? merged : fragment, false);
	return true;
}

/* A fragment in memory is bounded as a file is: it may have come from anywhere. */
static json_t *bounded(const json_t *fragment, GError **error)
{
	char *bytes = json_dumps(fragment, JSON_COMPACT | JSON_ENCODE_ANY);
	json_t *value = NULL;
	if (bytes == NULL)
		err_set(error, ERR_CODE_JSON, NULL);
	else
		value = json_read(bytes, strlen(bytes), "修改", error);
	free(bytes);
	return value;
}

bool catalogue_change(struct store *store, const json_t *fragment, const struct catalogue_act *act,
	struct catalog_faults *faults, GStrv *ret_lists, GError **error)
{
	g_autoptr(catalog_set) set = catalog_set_new();
	g_autoptr(catalog_faults) own = faults == NULL ? catalog_faults_new() : NULL;
	g_autoptr(json_t) value = bounded(fragment, error);
	if (value == NULL)
		return false;
	if (faults == NULL)
		faults = own;
	if (!json_is_array(value))
		return add_fragment(store, set, faults, value, error) &&
		       catalogue_import_set(store, set, act, faults, ret_lists, error);
	if (json_array_size(value) == 0)
		return err_set(error, ERR_CODE_INVALID, "没有内容，什么也没有改");
	for (size_t i = 0; i < json_array_size(value); i++)
		if (!add_fragment(store, set, faults, json_array_get(value, i), error))
			return false;
	return catalogue_import_set(store, set, act, faults, ret_lists, error);
}

bool catalogue_check(
	struct store *store, const char *list, struct catalog_faults *faults, GError **error)
{
	g_autoptr(catalog_set) set = catalog_set_new();
	g_autoptr(GPtrArray) stored = read_stored(store, error);
	int version = 0;
	if (stored == NULL || (list != NULL && !catalogue_newest_of(store, list, &version, error)))
		return false;
	struct importing importing = {.set = set, .stored = stored};
	if (list != NULL)
		add_stored(set, faults, stored_of(&importing, list));
	else
		add_all_stored(&importing, faults);
	set->is_in_store = list == NULL; /* one list is judged alone: the others are not here */
	catalog_set_finish(set, faults);
	return true;
}
