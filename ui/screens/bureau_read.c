#include "screens/bureau_read.h"

#include <string.h>

#include "base/err.h"
#include "screens/pick.h"

/* The kinds a screen shows, as the desk calls them and as people do. */
static const struct {
	const char *kind, *name;
} kinds[] = {{"theme", "一件事"}, {"service", "服务"}, {"material", "材料"}, {"field", "字段"}};

static const char *kind_name(const char *kind)
{
	for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
		if (strcmp(kinds[i].kind, kind) == 0)
			return kinds[i].name;
	return "";
}

static bool is_kind(const struct bureau_document *document, const char *kind)
{
	return strcmp(document->kind, kind) == 0;
}

void bureau_document_init(struct bureau_document *document, const char *argument)
{
	g_auto(GStrv) words = g_strsplit(argument, "\t", 5);
	*document = (struct bureau_document){.kind = kinds[0].kind};
	guint count = g_strv_length(words);
	for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
		if (g_strcmp0(kinds[i].kind, words[0]) == 0)
			document->kind = kinds[i].kind;
	document->list = g_strdup(count > 1 ? words[1] : "");
	document->code = g_strdup(count > 2 ? words[2] : "");
	document->theme_code = g_strdup(count > 3 ? words[3] : "");
	document->focus = g_strdup(count > 4 ? words[4] : "");
}

void bureau_document_clear(struct bureau_document *document)
{
	g_free(document->list);
	g_free(document->code);
	g_free(document->theme_code);
	g_free(document->focus);
	g_free(document->confirmed);
	json_decref(document->json);
	json_decref(document->guide);
	g_clear_pointer(&document->theme, theme_free);
	g_clear_pointer(&document->definitions, g_hash_table_unref);
}

/* ---- reading ---- */

static json_t *read_entry(struct app *app, const struct bureau_document *document, const char *kind,
	const char *code, GError **error)
{
	return desk_bureau_entry(app_desk(app), document->list, BUREAU_NEWEST, kind, code, error);
}

static GHashTable *new_definitions(void)
{
	return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)json_decref);
}

/* What a row names is shown by its code when it cannot be read. */
static void define(
	struct app *app, struct bureau_document *document, const char *kind, const char *code)
{
	if (code[0] == '\0' || g_hash_table_contains(document->definitions, code))
		return;
	json_t *value = read_entry(app, document, kind, code, NULL);
	if (value != NULL)
		g_hash_table_insert(document->definitions, g_strdup(code), value);
}

static void define_uses(
	struct app *app, struct bureau_document *document, const char *key, const char *kind)
{
	size_t i;
	json_t *use;
	json_array_foreach(json_object_get(document->json, key), i, use)
		define(app, document, kind, json_text(use, kind, ""));
}

static bool uses_service(const json_t *guide, const char *service)
{
	size_t i;
	json_t *item;
	json_array_foreach(json_object_get(guide, "items"), i,
		item) if (strcmp(json_text(item, "service", ""), service) == 0) return true;
	return false;
}

/* A service opened from nowhere is read in the first theme that has it. */
static void find_theme(struct app *app, struct bureau_document *document)
{
	g_autoptr(GPtrArray) themes =
		desk_bureau_entries(app_desk(app), document->list, BUREAU_NEWEST, "theme", NULL);
	for (guint i = 0; themes != NULL && i < themes->len; i++) {
		const struct catalogue_code *theme = themes->pdata[i];
		g_autoptr(json_t) guide = read_entry(app, document, "theme", theme->code, NULL);
		if (guide == NULL || !uses_service(guide, document->code))
			continue;
		g_free(document->theme_code);
		document->theme_code = g_strdup(theme->code);
		return;
	}
}

/* The theme in the newest version; of a service the one it was opened from. */
static bool open_theme(struct app *app, struct bureau_document *document, const char *code,
	struct theme **ret_theme, struct definitions **ret_definitions, GError **error)
{
	document->version = bureau_newest(app, document->list, NULL, error);
	return document->version != 0 &&
	       catalogue_open_theme(desk_store(app_desk(app)), document->list, document->version,
		       code, ret_theme, ret_definitions, error);
}

static bool read_theme(struct app *app, struct bureau_document *document, GError **error)
{
	struct theme *theme = NULL;
	struct definitions *definitions = NULL;
	if (!open_theme(app, document, document->code, &theme, &definitions, error))
		return false;
	definitions_free(definitions);
	g_clear_pointer(&document->theme, theme_free);
	document->theme = theme;
	for (guint i = 0; i < theme->items->len; i++)
		define(app, document, "service",
			((struct theme_item *)theme->items->pdata[i])->service);
	document->confirmed = desk_bureau_confirmed_words(theme->confirmed, theme->confirmed_on);
	return true;
}

/* Whether a service is confirmed is told with the theme it is read in. */
static void read_service(struct app *app, struct bureau_document *document)
{
	struct theme *theme = NULL;
	struct definitions *definitions = NULL;
	define_uses(app, document, "materials", "material");
	define_uses(app, document, "fields", "field");
	if (document->theme_code[0] == '\0')
		find_theme(app, document);
	if (!open_theme(app, document, document->theme_code, &theme, &definitions, NULL))
		return;
	json_decref(document->guide);
	document->guide = read_entry(app, document, "theme", document->theme_code, NULL);
	const struct service *service = definitions_service(definitions, document->code);
	if (service != NULL)
		document->confirmed =
			desk_bureau_confirmed_words(service->confirmed, service->confirmed_on);
	theme_free(theme);
	definitions_free(definitions);
}

bool bureau_document_read(struct app *app, struct bureau_document *document, GError **error)
{
	json_t *json = read_entry(app, document, document->kind, document->code, error);
	if (json == NULL)
		return false;
	json_decref(document->json);
	document->json = json;
	g_clear_pointer(&document->definitions, g_hash_table_unref);
	document->definitions = new_definitions();
	g_clear_pointer(&document->confirmed, g_free);
	if (is_kind(document, "theme"))
		return read_theme(app, document, error);
	if (is_kind(document, "service"))
		read_service(app, document);
	return true;
}

/* ---- what is said ---- */

char *bureau_document_title(struct app *app, const struct bureau_document *document)
{
	g_autofree char *list = bureau_short_title(app, document->list);
	const char *name =
		document->theme != NULL
			? document->theme->name
			: json_text(document->json, "name", json_text(document->json, "label", ""));
	return g_strdup_printf(
		"%s %s %s %s", list, kind_name(document->kind), document->code, name);
}

/* Titles of the lists whose newest version has the entry. */
static GPtrArray *lists_with(struct app *app, const char *kind, const char *code, GError **error)
{
	g_autoptr(GPtrArray) lists = catalogue_list_all(desk_store(app_desk(app)), error);
	GPtrArray *titles = g_ptr_array_new_with_free_func(g_free);
	for (guint i = 0; lists != NULL && i < lists->len; i++) {
		const struct catalogue_entry *list = lists->pdata[i];
		g_autoptr(json_t) value = desk_bureau_entry(
			app_desk(app), list->list, BUREAU_NEWEST, kind, code, NULL);
		if (value != NULL)
			g_ptr_array_add(titles, g_strdup(list->short_title));
	}
	return titles;
}

char *bureau_document_reach(struct app *app, const struct bureau_document *document)
{
	if (is_kind(document, "theme"))
		return NULL;
	g_autoptr(GPtrArray) titles = lists_with(app, document->kind, document->code, NULL);
	guint count = titles->len;
	g_ptr_array_add(titles, NULL);
	g_autofree char *joined = g_strjoinv("、", (char **)titles->pdata);
	if (count == 1)
		return g_strdup_printf(
			"只有%s用这项%s；改动存为它的草稿。", joined, kind_name(document->kind));
	return g_strdup_printf("%s由 %u 份清单共用（%s），一改都改，各得一份草稿。",
		kind_name(document->kind), count, joined);
}

/* ---- confirming ---- */

/* What is confirmed is in force: a draft that says otherwise is confirmed when it is, too. */
static bool is_in_force(struct app *app, const struct bureau_document *document, GError **error)
{
	g_autoptr(json_t) now = desk_bureau_entry(
		app_desk(app), document->list, 0, document->kind, document->code, error);
	return now != NULL &&
	       (json_equal(now, document->json) ||
		       err_set_next(error, ERR_CODE_MOVE, "这项内容在草稿里改过，还没有施行",
			       "请发布、到施行日期后再确认"));
}

bool bureau_document_confirm(
	struct app *app, const struct bureau_document *document, const char *basis, GError **error)
{
	return is_in_force(app, document, error) &&
	       desk_bureau_confirm(
		       app_desk(app), document->kind, document->list, document->code, basis, error);
}

bool bureau_document_unconfirm(
	struct app *app, const struct bureau_document *document, GError **error)
{
	return desk_bureau_unconfirm(
		app_desk(app), document->kind, document->list, document->code, error);
}

/* ---- the shared library ---- */

GPtrArray *bureau_library(struct app *app, const char *kind, GError **error)
{
	g_autoptr(GPtrArray) lists = catalogue_list_all(desk_store(app_desk(app)), error);
	if (lists == NULL)
		return NULL;
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	GPtrArray *choices = pick_choices_new();
	for (guint i = 0; i < lists->len; i++) {
		g_autoptr(GPtrArray) entries = desk_bureau_entries(app_desk(app),
			((struct catalogue_entry *)lists->pdata[i])->list, BUREAU_NEWEST, kind,
			NULL);
		for (guint j = 0; entries != NULL && j < entries->len; j++) {
			const struct catalogue_code *entry = entries->pdata[j];
			if (g_hash_table_add(seen, g_strdup(entry->code)))
				pick_choices_add(choices, entry->code, entry->name, entry->code);
		}
	}
	return choices;
}
