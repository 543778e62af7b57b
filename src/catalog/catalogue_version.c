/* Versions and the entries that stand in them, for reading. */
#include <string.h>

#include "base/err.h"
#include "base/text.h"
#include "catalog/catalogue_rows.h"
#include "store/journal.h"

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
	STORE_COLUMN(TEXT, struct catalogue_version, origin),
	STORE_COLUMN(TEXT, struct catalogue_version, submitter),
	STORE_COLUMN(INTEGER, struct catalogue_version, submitted_ms),
	STORE_COLUMN(TEXT, struct catalogue_version, note),
	STORE_COLUMN(TEXT, struct catalogue_version, returned),
	STORE_COLUMN(INTEGER, struct catalogue_version, in_force),
	STORE_COLUMN(INTEGER, struct catalogue_version, is_past),
	STORE_COLUMNS_END,
};
static const struct store_shape version_shape = {sizeof(struct catalogue_version), version_columns};

GPtrArray *catalogue_versions(struct store *store, GError **error)
{
	return store_rows(
		store, STATEMENT_CATALOGUE_VERSION_ALL, STORE_NO_VALUES, &version_shape, error);
}

GPtrArray *catalogue_to_push(struct store *store, GError **error)
{
	return store_rows(
		store, STATEMENT_CATALOGUE_VERSION_LOCAL, STORE_NO_VALUES, &version_shape, error);
}

bool catalogue_fact(struct store *store, const char *kind, const struct catalogue_act *act,
	json_t *body_take, GError **error)
{
	g_autoptr(json_t) body = body_take;
	struct fact fact = {
		.kind = kind,
		.item = -1,
		.time_ms = act->now_ms,
		.actor = act->actor != NULL ? act->actor : act->author,
		.window = act->window != NULL ? act->window : "",
		.authority = AUTHORITY_BUREAU,
		.source = FACT_SOURCE_DIRECT,
		.body = body,
	};
	return journal_append(store, &fact, NULL, error);
}

bool catalogue_draft_of(struct store *store, const char *list, int *ret_version,
	bool *ret_submitted, GError **error)
{
	int64_t draft = 0;
	g_autofree char *status = NULL;
	if (!store_integer(store, STATEMENT_CATALOGUE_VERSION_DRAFT,
		    STORE_VALUES(STORE_TEXT("list", list)), 0, &draft, error) ||
		!store_text(store, STATEMENT_CATALOGUE_VERSION_STATUS,
			STORE_VALUES(STORE_TEXT("list", list), STORE_INTEGER("version", draft)),
			&status, error))
		return false;
	*ret_version = (int)draft;
	if (ret_submitted != NULL)
		*ret_submitted = g_strcmp0(status, "submitted") == 0;
	return true;
}

bool catalogue_newest_of(struct store *store, const char *list, int *ret_version, GError **error)
{
	int64_t last = 0;
	if (!store_integer(store, STATEMENT_CATALOGUE_VERSION_LAST,
		    STORE_VALUES(STORE_TEXT("list", list)), 0, &last, error))
		return false;
	g_autofree char *shown = catalog_quote(list, 60);
	if (last == 0)
		return err_set(error, ERR_CODE_NOT_FOUND, "没有清单 %s", shown);
	*ret_version = (int)last;
	return true;
}

/* ---- entries of a version ---- */

struct definition_row {
	char *code;
	GBytes *body;
};

static const struct store_column definition_columns[] = {
	STORE_COLUMN(TEXT, struct definition_row, code),
	STORE_COLUMN(BLOB, struct definition_row, body),
	STORE_COLUMNS_END,
};
static const struct store_shape definition_shape = {
	sizeof(struct definition_row), definition_columns};

static void code_free(void *data)
{
	struct catalogue_code *code = data;
	g_free(code->code);
	g_free(code->name);
	g_free(code);
}

static struct catalogue_code *code_new(const char *code, const char *name, bool described)
{
	struct catalogue_code *entry = g_new0(struct catalogue_code, 1);
	entry->code = g_strdup(code);
	entry->name = g_strdup(name);
	entry->described = described;
	return entry;
}

static GPtrArray *theme_codes(struct store *store, const char *list, int version, GError **error)
{
	g_autoptr(GPtrArray) themes = catalogue_themes(store, list, version, error);
	if (themes == NULL)
		return NULL;
	GPtrArray *codes = g_ptr_array_new_with_free_func(code_free);
	for (guint i = 0; i < themes->len; i++) {
		const struct theme_hit *hit = themes->pdata[i];
		g_ptr_array_add(codes, code_new(hit->theme, hit->name, hit->described != 0));
	}
	return codes;
}

static bool add_codes(struct store *store, const struct store_value *which, GPtrArray *codes,
	GHashTable *seen, GError **error)
{
	g_autoptr(GPtrArray) rows = store_rows(
		store, STATEMENT_CATALOGUE_DEFINITION_CODES, which, &definition_shape, error);
	for (guint i = 0; rows != NULL && i < rows->len; i++) {
		const struct definition_row *row = rows->pdata[i];
		g_autoptr(json_t) value = catalogue_parse(row->body, error);
		if (value == NULL)
			return false;
		const char *name = json_text(value, "name", json_text(value, "label", ""));
		if (seen == NULL || g_hash_table_add(seen, g_strdup(row->code)))
			g_ptr_array_add(codes, code_new(row->code, name, true));
	}
	return rows != NULL;
}

static bool check_kind(const char *kind, GError **error)
{
	static const char *const kinds[] = {
		"theme", "service", "material", "field", "department", NULL};
	return g_strv_contains(kinds, kind) ||
	       err_set_next(error, ERR_CODE_INVALID, "没有这种条目",
		       "请写 theme、service、material、field 或 department");
}

GPtrArray *catalogue_codes(
	struct store *store, const char *list, int version, const char *kind, GError **error)
{
	if (!check_kind(kind, error) ||
		!catalogue_version_of(store, list, version, &version, error))
		return NULL;
	if (strcmp(kind, "theme") == 0)
		return theme_codes(store, list, version, error);
	g_autoptr(GPtrArray) codes = g_ptr_array_new_with_free_func(code_free);
	const struct store_value *which = STORE_VALUES(STORE_TEXT("list", list),
		STORE_INTEGER("version", version), STORE_TEXT("kind", kind));
	return add_codes(store, which, codes, NULL, error) ? g_steal_pointer(&codes) : NULL;
}

/* NULL without error: the theme has no guide. */
static json_t *theme_guide(
	struct store *store, const char *list, int version, const char *theme, GError **error)
{
	g_autoptr(json_t) body = catalogue_row_json(store, STATEMENT_CATALOGUE_THEME_BODY,
		STORE_VALUES(STORE_TEXT("list", list), STORE_INTEGER("version", version),
			STORE_TEXT("theme", theme)),
		error);
	g_autofree char *shown = catalog_quote(theme, 60);
	if (body == NULL && (error == NULL || *error == NULL))
		err_set(error, ERR_CODE_NOT_FOUND, "清单 %s 没有主题 %s", list, shown);
	return body == NULL ? NULL : json_incref(json_object_get(body, "guide"));
}

json_t *catalogue_definition_json(struct store *store, const char *list, int version,
	const char *kind, const char *code, GError **error)
{
	if (!check_kind(kind, error) ||
		!catalogue_version_of(store, list, version, &version, error))
		return NULL;
	if (strcmp(kind, "theme") == 0)
		return theme_guide(store, list, version, code, error);
	json_t *value = catalogue_row_json(store, STATEMENT_CATALOGUE_DEFINITION_GET,
		STORE_VALUES(STORE_TEXT("list", list), STORE_INTEGER("version", version),
			STORE_TEXT("kind", kind), STORE_TEXT("code", code)),
		error);
	g_autofree char *shown = catalog_quote(code, 60);
	if (value == NULL && (error == NULL || *error == NULL))
		err_set(error, ERR_CODE_NOT_FOUND, "清单 %s 里没有 %s", list, shown);
	return value;
}

/* ---- departments of this hall ---- */

struct department_row {
	char *code;
	char *name;
};

static const struct store_column department_columns[] = {
	STORE_COLUMN(TEXT, struct department_row, code),
	STORE_COLUMN(TEXT, struct department_row, name),
	STORE_COLUMNS_END,
};
static const struct store_shape department_shape = {
	sizeof(struct department_row), department_columns};

static gint by_code(gconstpointer a, gconstpointer b)
{
	return strcmp((*(struct catalogue_code *const *)a)->code,
		(*(struct catalogue_code *const *)b)->code);
}

GPtrArray *catalogue_departments(struct store *store, GError **error)
{
	g_autoptr(GPtrArray) codes = g_ptr_array_new_with_free_func(code_free);
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(GPtrArray) lists = catalogue_list_all(store, error);
	g_autoptr(GPtrArray) own = store_rows(store, STATEMENT_HALL_DEPARTMENT_ALL, STORE_NO_VALUES,
		&department_shape, lists == NULL ? NULL : error);
	for (guint i = 0; lists != NULL && i < lists->len; i++) {
		const struct catalogue_entry *entry = lists->pdata[i];
		if (!add_codes(store,
			    STORE_VALUES(STORE_TEXT("list", entry->list),
				    STORE_INTEGER("version", entry->current),
				    STORE_TEXT("kind", "department")),
			    codes, seen, error))
			return NULL;
	}
	if (lists == NULL || own == NULL)
		return NULL;
	for (guint i = 0; i < own->len; i++) {
		const struct department_row *row = own->pdata[i];
		if (g_hash_table_add(seen, g_strdup(row->code)))
			g_ptr_array_add(codes, code_new(row->code, row->name, true));
	}
	g_ptr_array_sort(codes, by_code);
	return g_steal_pointer(&codes);
}
