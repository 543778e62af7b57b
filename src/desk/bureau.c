#include "desk/bureau.h"

#include <string.h>

#include "catalog/diff.h"
#include "desk/private.h"

/* ---- reading versions ---- */

GPtrArray *desk_bureau_versions(struct desk *desk, const char *list, GError **error)
{
	GPtrArray *versions = catalogue_versions(desk->store, error);
	for (guint i = versions == NULL || list == NULL ? 0 : versions->len; i > 0; i--) {
		const struct catalogue_version *version = versions->pdata[i - 1];
		if (strcmp(version->list, list) != 0)
			g_ptr_array_remove_index(versions, i - 1);
	}
	return versions;
}

const char *desk_bureau_version_words(const struct catalogue_version *version)
{
	if (strcmp(version->status, "submitted") == 0)
		return "已提交";
	if (strcmp(version->status, "draft") == 0)
		return *version->returned != '\0' ? "退回的草稿" : "草稿";
	if (version->in_force)
		return "施行中";
	return version->is_past ? "已被替代" : "待施行";
}

static bool resolve(
	struct desk *desk, const char *list, int version, int *ret_version, GError **error)
{
	if (version == BUREAU_NEWEST)
		return catalogue_newest_of(desk->store, list, ret_version, error);
	return catalogue_version_of(desk->store, list, version, ret_version, error);
}

/* ---- entries ---- */

GPtrArray *desk_bureau_entries(
	struct desk *desk, const char *list, int version, const char *kind, GError **error)
{
	if (!resolve(desk, list, version, &version, error))
		return NULL;
	return catalogue_codes(desk->store, list, version, kind, error);
}

json_t *desk_bureau_entry(struct desk *desk, const char *list, int version, const char *kind,
	const char *code, GError **error)
{
	g_autoptr(GError) local = NULL;
	if (!resolve(desk, list, version, &version, error))
		return NULL;
	json_t *value = catalogue_definition_json(desk->store, list, version, kind, code, &local);
	if (local != NULL)
		g_propagate_error(error, g_steal_pointer(&local));
	else if (value == NULL)
		value = json_pack("{s:s}", "theme", code);
	return value;
}

json_t *desk_bureau_fragment(const char *list, const char *kind, const json_t *entry)
{
	static const struct {
		const char *kind, *section;
	} sections[] = {
		{"service", "services"},
		{"material", "materials"},
		{"field", "fields"},
		{"department", "departments"},
	};
	if (strcmp(kind, "theme") == 0)
		return json_pack("{s:s,s:[O]}", "list", list, "themes", entry);
	for (size_t i = 0; i < G_N_ELEMENTS(sections); i++)
		if (strcmp(kind, sections[i].kind) == 0)
			return json_pack("{s:[O]}", sections[i].section, entry);
	return NULL;
}

/* ---- differences ---- */

GPtrArray *desk_bureau_differences(struct desk *desk, const char *list, GError **error)
{
	int draft = 0, current = 0;
	if (!catalogue_draft_of(desk->store, list, &draft, NULL, error))
		return NULL;
	if (draft == 0) {
		err_set_next(error, ERR_CODE_NOT_FOUND, "这份清单没有草稿",
			"请先导入或修改，改动存为草稿");
		return NULL;
	}
	if (!catalogue_version_of(desk->store, list, 0, &current, NULL)) {
		GPtrArray *sentences = g_ptr_array_new_with_free_func(g_free);
		g_ptr_array_add(sentences, g_strdup("新清单，还没有施行中的版本"));
		return sentences;
	}
	g_autoptr(catalog_set) old = catalogue_set_of(desk->store, list, current, error);
	g_autoptr(catalog_set) now =
		old == NULL ? NULL : catalogue_set_of(desk->store, list, draft, error);
	return now == NULL ? NULL : catalog_diff(old, now);
}
