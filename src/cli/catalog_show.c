/* catalog list, show, search, export. */
#include <string.h>

#include "base/err.h"
#include "base/text.h"
#include "catalog/catalogue.h"
#include "catalog/export.h"
#include "catalog/sheet.h"
#include "cli/catalog.h"
#include "cli/cli.h"
#include "core/words.h"
#include "desk/bureau.h"

#define MOST_HITS 50

/* ---- list ---- */

static json_t *entry_json(const struct catalogue_entry *entry)
{
	return json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:I,s:I,s:I,s:I}", "id", entry->list, "short",
		entry->short_title, "title", entry->title, "issuer", entry->issuer, "doc_no",
		entry->doc_no, "date", entry->date, "version", (json_int_t)entry->current, "themes",
		(json_int_t)entry->themes, "items", (json_int_t)entry->items, "on_shelf",
		(json_int_t)entry->on_shelf);
}

static void say_versions(struct cli *cli, const GPtrArray *versions, const char *list)
{
	for (guint i = 0; i < versions->len; i++) {
		const struct catalogue_version *version = versions->pdata[i];
		if (strcmp(version->list, list) != 0)
			continue;
		g_autofree char *words = catalog_version_words(version);
		cli_say(cli, "    %s sm3:%.16s…", words, version->digest);
	}
}

static json_t *versions_json(const GPtrArray *versions, const char *list)
{
	json_t *array = json_array();
	for (guint i = 0; i < versions->len; i++) {
		const struct catalogue_version *version = versions->pdata[i];
		if (strcmp(version->list, list) != 0)
			continue;
		g_autofree char *digest = g_strconcat("sm3:", version->digest, NULL);
		json_array_append_new(
			array, json_pack("{s:I,s:s,s:s,s:s,s:s,s:s}", "version",
				       (json_int_t)version->version, "digest", digest, "status",
				       version->status, "effective_from", version->effective_from,
				       "author", version->author, "filing", version->filing));
	}
	return array;
}

bool cli_catalog_list(struct cli *cli, GError **error)
{
	struct store *store = cli_store(cli, STORE_MODE_READ, error);
	g_autoptr(GPtrArray) entries = store == NULL ? NULL : catalogue_list_all(store, error);
	g_autoptr(GPtrArray) versions = entries == NULL ? NULL : catalogue_versions(store, error);
	if (versions == NULL)
		return false;
	json_t *array = json_array();
	for (guint i = 0; i < entries->len; i++) {
		const struct catalogue_entry *entry = entries->pdata[i];
		json_t *object = entry_json(entry);
		json_object_set_new(object, "versions", versions_json(versions, entry->list));
		json_array_append_new(array, object);
		g_autofree char *id = text_pad(entry->list, 21);
		cli_say(cli, "%s 主题 %3d 事项 %3d 上架 %2d  %s%s", id, (int)entry->themes,
			(int)entry->items, (int)entry->on_shelf, entry->title,
			entry->items == 0 ? "（来源只印主题名称，没有列出事项）" : "");
		say_versions(cli, versions, entry->list);
	}
	cli_json(cli, array);
	return true;
}

/* ---- themes of a list, and search ---- */

static json_t *hit_json(const struct theme_hit *hit)
{
	return json_pack("{s:s,s:I,s:s,s:s,s:s,s:s,s:I,s:b,s:b}", "list", hit->list, "version",
		(json_int_t)hit->version, "theme", hit->theme, "name", hit->name, "short",
		hit->short_title, "departments", hit->departments, "items", (json_int_t)hit->items,
		"on_shelf", (int)hit->on_shelf, "described", (int)hit->described);
}

static void say_hit(struct cli *cli, const struct theme_hit *hit)
{
	g_autofree char *name = text_pad(hit->name, 44);
	g_autofree char *items = hit->items == 0 ? g_strdup("来源没有列出事项")
						 : g_strdup_printf("%d 事项", (int)hit->items);
	cli_say(cli, "%s %s %s %s  %s", hit->on_shelf ? "    " : "参考", name, hit->short_title,
		hit->theme, items);
}

static bool answer_hits(struct cli *cli, const GPtrArray *hits)
{
	json_t *array = json_array();
	for (guint i = 0; i < hits->len; i++) {
		json_array_append_new(array, hit_json(hits->pdata[i]));
		say_hit(cli, hits->pdata[i]);
	}
	cli_json(cli, array);
	return true;
}

bool cli_catalog_search(struct cli *cli, GError **error)
{
	struct store *store = cli_store(cli, STORE_MODE_READ, error);
	g_autoptr(GString) text = g_string_new(NULL);
	for (int i = 0; i < cli_argument_count(cli); i++)
		g_string_append_printf(text, "%s%s", i == 0 ? "" : " ", cli_argument(cli, i));
	g_autoptr(GPtrArray) hits = store == NULL ? NULL
						  : catalogue_search(store, text->str, MOST_HITS,
							    cli_now_ms(cli), error);
	return hits != NULL && answer_hits(cli, hits);
}

/* ---- one theme ---- */

static bool is_number_of(const char *id, const char *text)
{
	g_auto(GStrv) parts = g_strsplit(id, "-", -1);
	return g_strv_contains((const char *const *)parts, text);
}

/* Whether text names the theme: its id, its id without hyphen (企业2), or one of its numbers. */
static int theme_rank(const char *id, const char *text)
{
	g_auto(GStrv) parts = g_strsplit(id, "-", -1);
	g_autofree char *joined = g_strjoinv("", parts);
	if (strcmp(id, text) == 0)
		return 2;
	return strcmp(joined, text) == 0 || is_number_of(id, text) ? 1 : 0;
}

char *catalog_theme_id(
	struct store *store, const char *list, int version, const char *text, GError **error)
{
	g_autoptr(GPtrArray) themes = catalogue_themes(store, list, version, error);
	const char *found = NULL;
	int count = 0;
	if (themes == NULL)
		return NULL;
	for (guint i = 0; i < themes->len; i++) {
		const char *id = ((struct theme_hit *)themes->pdata[i])->theme;
		int rank = theme_rank(id, text);
		if (rank == 2)
			return g_strdup(id);
		if (rank == 1) {
			found = id;
			count++;
		}
	}
	g_autofree char *shown = text_clean(text, false);
	if (count == 0)
		err_set(error, ERR_CODE_NOT_FOUND, "清单 %s 没有主题 %s", list, shown);
	else if (count > 1)
		err_set_next(error, ERR_CODE_NOT_FOUND, "这份清单的企业和个人各有这个序号",
			"请写全，如 企业-1 或 个人-1");
	return count == 1 ? g_strdup(found) : NULL;
}

static void say_theme(
	struct cli *cli, const struct theme *theme, const struct definitions *definitions)
{
	cli_say(cli, "%s  %s  %s", theme->name, theme->id, theme->source);
	for (guint i = 0; i < theme->items->len; i++) {
		const struct theme_item *item = theme->items->pdata[i];
		const struct service *service = definitions_service(definitions, item->service);
		const struct department *department =
			definitions_route_item(definitions, theme->list, item);
		cli_say(cli, "  %d %s  %s%s%s  %s%s%s", item->index, item->name, item->dept,
			department == NULL ? "" : "→", department == NULL ? "" : department->name,
			item->level, item->level[0] == '\0' ? "" : "  ",
			service == NULL ? "" : nature_name(service->nature));
	}
	if (theme->items->len == 0)
		cli_say(cli, "  %s", words_of_no_items());
	for (guint i = 0; i < theme->questions->len; i++)
		cli_say(cli, "  问 %s", ((struct question *)theme->questions->pdata[i])->text);
}

/* Why it is not taken in, and whether its guide was confirmed here. */
static bool show_standing(struct cli *cli, struct store *store, const struct theme *theme,
	json_t *object, GError **error)
{
	struct theme_gates gates = {0};
	const char *next = "";
	if (!catalogue_gates(store, theme->list, theme->id, &gates, error))
		return false;
	const char *shut = desk_bureau_gate_words(&gates, &next);
	g_autofree char *mark = desk_bureau_confirmed_words(theme->confirmed, theme->confirmed_on);
	cli_say(cli, "  %s；指南%s", shut == NULL ? "本大厅收件" : shut, mark);
	json_object_set_new(object, "gates",
		json_pack("{s:b,s:b,s:b}", "published", (int)gates.published, "authorised",
			(int)gates.authorised, "on_shelf", (int)gates.on_shelf));
	json_object_set_new(object, "confirmed", json_boolean(theme->confirmed != NULL));
	return true;
}

static bool show_theme(
	struct cli *cli, struct store *store, const char *list, const char *text, GError **error)
{
	g_autofree char *id = catalog_theme_id(store, list, 0, text, error);
	g_autoptr(theme) theme = NULL;
	g_autoptr(definitions) definitions = NULL;
	if (id == NULL || !catalogue_open_theme(store, list, 0, id, &theme, &definitions, error))
		return false;
	say_theme(cli, theme, definitions);
	json_t *object = export_theme(theme);
	json_object_set_new(object, "theme", json_string(theme->id));
	json_object_set_new(object, "source", json_string(theme->source));
	if (!show_standing(cli, store, theme, object, error)) {
		json_decref(object);
		return false;
	}
	cli_json(cli, object);
	return true;
}

bool cli_catalog_show(struct cli *cli, GError **error)
{
	struct store *store = cli_store(cli, STORE_MODE_READ, error);
	const char *list = cli_argument(cli, 0);
	if (store == NULL)
		return false;
	if (cli_argument(cli, 1) != NULL)
		return show_theme(cli, store, list, cli_argument(cli, 1), error);
	g_autoptr(GPtrArray) hits = catalogue_themes(store, list, 0, error);
	return hits != NULL && answer_hits(cli, hits);
}

/* ---- export ---- */

bool catalog_version_option(struct cli *cli, int *ret_version, GError **error)
{
	*ret_version = 0;
	return cli_option(cli, "version") == NULL ||
	       cli_integer(cli_option(cli, "version"), 1, 1000000, ret_version, error);
}

bool catalog_open_named(struct cli *cli, struct store **ret_store, struct theme **ret_theme,
	struct definitions **ret_definitions, GError **error)
{
	struct store *store = cli_store(cli, STORE_MODE_READ, error);
	const char *list = cli_argument(cli, 0);
	int version = 0;
	if (store == NULL || !catalog_version_option(cli, &version, error))
		return false;
	g_autofree char *id = catalog_theme_id(store, list, version, cli_argument(cli, 1), error);
	if (id == NULL ||
		!catalogue_open_theme(store, list, version, id, ret_theme, ret_definitions, error))
		return false;
	*ret_store = store;
	return true;
}

/* The bytes of a version as they are, or as a set of spreadsheets in a directory. */
static bool export_whole(struct cli *cli, GBytes *bytes, const char *dir, GError **error)
{
	gsize size = 0;
	const char *data = g_bytes_get_data(bytes, &size);
	if (dir == NULL) {
		cli_bytes(cli, data, size);
		return true;
	}
	g_autoptr(json_t) package = json_read(data, size, cli_argument(cli, 0), error);
	if (package == NULL || !sheet_write_set(package, dir, error))
		return false;
	g_autofree char *shown = text_clean(dir, false);
	cli_say(cli, "已写入 %s，改好后用 yichuang catalog import %s 读回", shown, shown);
	cli_done(cli);
	return true;
}

bool cli_catalog_export(struct cli *cli, GError **error)
{
	int version = 0;
	const char *dir = cli_option(cli, "csv");
	struct store *store = cli_store(cli, STORE_MODE_READ, error);
	if (store == NULL || !catalog_version_option(cli, &version, error))
		return false;
	if (cli_option(cli, "whole") != NULL || dir != NULL) {
		g_autoptr(GBytes) bytes =
			catalogue_bytes(store, cli_argument(cli, 0), version, error);
		return bytes != NULL && export_whole(cli, bytes, dir, error);
	}
	g_autoptr(json_t) list = catalogue_export(store, cli_argument(cli, 0), version, error);
	if (list == NULL)
		return false;
	g_autofree char *text = json_pretty(list);
	cli_bytes(cli, text, strlen(text));
	return true;
}
