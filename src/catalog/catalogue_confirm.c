/* Definitions that were compared with the local implementation list: until then they are 参考. */
#include <string.h>

#include "base/err.h"
#include "base/text.h"
#include "catalog/catalogue_rows.h"
#include "core/date.h"

struct confirmation_row {
	char *digest;
	char *basis;
	int64_t at_ms;
};

static const struct store_column confirmation_columns[] = {
	STORE_COLUMN(TEXT, struct confirmation_row, digest),
	STORE_COLUMN(TEXT, struct confirmation_row, basis),
	STORE_COLUMN(INTEGER, struct confirmation_row, at_ms),
	STORE_COLUMNS_END,
};
static const struct store_shape confirmation_shape = {
	sizeof(struct confirmation_row), confirmation_columns};

static bool add_used(struct store *store, const struct catalogue_definition *definition,
	const char *member, const char *kind, json_t *whole, GError **error)
{
	json_t *used = json_object();
	json_object_set_new(whole, member, used);
	size_t i;
	json_t *use;
	json_array_foreach(json_object_get(definition->value, member), i, use)
	{
		const char *code = json_text(use, kind, "");
		json_t *value = catalogue_definition_json(
			store, definition->list, definition->version, kind, code, error);
		if (value == NULL)
			return false;
		json_object_set_new(used, code, value);
	}
	return true;
}

/* All that was compared: of a service also the shared materials and fields it asks for. */
static json_t *whole_of(
	struct store *store, const struct catalogue_definition *definition, GError **error)
{
	g_autoptr(json_t) whole = json_pack("{s:O}", definition->kind, (json_t *)definition->value);
	if (strcmp(definition->kind, "service") == 0 &&
		(!add_used(store, definition, "materials", "material", whole, error) ||
			!add_used(store, definition, "fields", "field", whole, error)))
		return NULL;
	return g_steal_pointer(&whole);
}

static struct digest digest_of_json(const json_t *value)
{
	size_t size = 0;
	g_autofree char *bytes = json_frozen(value, &size);
	return digest_of(bytes, size);
}

/* Whether the definition is still what it was when it was confirmed. */
static bool is_still(struct store *store, const struct catalogue_definition *definition,
	const char *confirmed, bool *ret_same, GError **error)
{
	g_autoptr(json_t) whole = whole_of(store, definition, error);
	if (whole == NULL)
		return false;
	struct digest digest = digest_of_json(whole);
	g_autofree char *now = digest_hex(digest.bytes, DIGEST_SIZE);
	*ret_same = strcmp(now, confirmed) == 0;
	return true;
}

bool catalogue_confirmed(struct store *store, const struct catalogue_definition *definition,
	char **ret_basis, char **ret_on, GError **error)
{
	struct confirmation_row row = {NULL};
	bool found = false;
	const char *list = strcmp(definition->kind, "service") == 0 ? "" : definition->list;
	if (!store_row(store, STATEMENT_CATALOGUE_CONFIRMATION_GET,
		    STORE_VALUES(STORE_TEXT("kind", definition->kind), STORE_TEXT("list", list),
			    STORE_TEXT("code", definition->code)),
		    &confirmation_shape, &row, &found, error))
		return false;
	*ret_basis = NULL;
	*ret_on = NULL;
	if (!found)
		return true;
	bool same = false, read = is_still(store, definition, row.digest, &same, error);
	if (same) {
		*ret_basis = g_strdup(row.basis);
		*ret_on = civil_date_dup_text(civil_date_of_ms(row.at_ms));
	}
	store_row_clear(&confirmation_shape, &row);
	return read;
}

/* ---- which definition is meant ---- */

/* The definition of a list in force, whole; *ret_whole NULL: the list has none. */
static bool definition_in(struct store *store, const char *list, const char *kind, const char *code,
	json_t **ret_whole, GError **error)
{
	g_autoptr(GError) local = NULL;
	g_autoptr(json_t) value = catalogue_definition_json(store, list, 0, kind, code, &local);
	*ret_whole = NULL;
	if (value != NULL) {
		const struct catalogue_definition definition = {kind, list, 0, code, value};
		*ret_whole = whole_of(store, &definition, error);
		return *ret_whole != NULL;
	}
	if (local == NULL || err_is(local, ERR_CODE_NOT_FOUND))
		return true;
	g_propagate_error(error, g_steal_pointer(&local));
	return false;
}

/* The one definition that all lists in force share; INVALID when they differ. */
static bool shared_definition(
	struct store *store, const char *code, json_t **ret_value, GError **error)
{
	g_autoptr(GPtrArray) lists = catalogue_list_all(store, error);
	g_autoptr(json_t) found = NULL;
	for (guint i = 0; lists != NULL && i < lists->len; i++) {
		const struct catalogue_entry *entry = lists->pdata[i];
		g_autoptr(json_t) value = NULL;
		if (!definition_in(store, entry->list, "service", code, &value, error))
			return false;
		if (found != NULL && value != NULL && !json_equal(found, value))
			return err_set_next(error, ERR_CODE_INVALID,
				"施行中的清单里这项服务的内容不一样", "请写明是哪份清单的");
		if (found == NULL)
			found = g_steal_pointer(&value);
	}
	*ret_value = g_steal_pointer(&found);
	return lists != NULL;
}

static bool find_definition(struct store *store, const char *kind, const char *list,
	const char *code, json_t **ret_value, GError **error)
{
	bool service = strcmp(kind, "service") == 0;
	if (!service && strcmp(kind, "theme") != 0)
		return err_set(error, ERR_CODE_INVALID, "只能确认服务（service）或主题（theme）");
	bool read = service && *list == '\0'
			    ? shared_definition(store, code, ret_value, error)
			    : definition_in(store, list, kind, code, ret_value, error);
	g_autofree char *shown = catalog_quote(code, 60);
	return read && (*ret_value != NULL || err_set(error, ERR_CODE_NOT_FOUND,
						      "施行中的清单里没有 %s 的内容", shown));
}

/* ---- confirming ---- */

struct confirming {
	const char *kind;
	const char *list;
	const char *code;
	const char *basis;
	const struct catalogue_act *act;
};

static bool confirm(struct store *store, void *data, GError **error)
{
	const struct confirming *what = data;
	g_autoptr(json_t) value = NULL;
	if (!find_definition(store, what->kind, what->list, what->code, &value, error))
		return false;
	bool service = strcmp(what->kind, "service") == 0;
	const char *list = service ? "" : what->list;
	const char *actor = what->act->actor != NULL ? what->act->actor : what->act->author;
	struct digest digest = digest_of_json(value);
	char text[DIGEST_TEXT_SIZE];
	digest_to_text(&digest, text);
	return store_run(store, STATEMENT_CATALOGUE_CONFIRMATION_PUT,
		       STORE_VALUES(STORE_TEXT("kind", what->kind), STORE_TEXT("list", list),
			       STORE_TEXT("code", what->code),
			       STORE_BLOB("digest", digest.bytes, DIGEST_SIZE),
			       STORE_TEXT("basis", what->basis), STORE_TEXT("actor", actor),
			       STORE_INTEGER("at_ms", what->act->now_ms)),
		       error) &&
	       catalogue_touch(store, error) &&
	       catalogue_fact(store, "catalogue_confirmed", what->act,
		       json_pack("{s:s,s:s,s:s,s:s,s:s}", "kind", what->kind, "list", list, "code",
			       what->code, "digest", text, "basis", what->basis),
		       error);
}

bool catalogue_confirm(struct store *store, const char *kind, const char *list, const char *code,
	const char *basis, const struct catalogue_act *act, GError **error)
{
	struct confirming what = {kind, list, code, basis, act};
	return store_write(store, confirm, &what, error);
}

static bool unconfirm(struct store *store, void *data, GError **error)
{
	const struct confirming *what = data;
	const char *list = strcmp(what->kind, "service") == 0 ? "" : what->list;
	int64_t changed = 0;
	g_autofree char *shown = catalog_quote(what->code, 60);
	if (!store_run_counted(store, STATEMENT_CATALOGUE_CONFIRMATION_DROP,
		    STORE_VALUES(STORE_TEXT("kind", what->kind), STORE_TEXT("list", list),
			    STORE_TEXT("code", what->code)),
		    &changed, error))
		return false;
	if (changed == 0)
		return err_set(error, ERR_CODE_NOT_FOUND, "%s 没有确认过", shown);
	return catalogue_touch(store, error) &&
	       catalogue_fact(store, "catalogue_unconfirmed", what->act,
		       json_pack("{s:s,s:s,s:s}", "kind", what->kind, "list", list, "code",
			       what->code),
		       error);
}

bool catalogue_unconfirm(struct store *store, const char *kind, const char *list, const char *code,
	const struct catalogue_act *act, GError **error)
{
	struct confirming what = {.kind = kind, .list = list, .code = code, .act = act};
	return store_write(store, unconfirm, &what, error);
}
