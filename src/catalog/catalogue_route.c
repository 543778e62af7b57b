/* Printed departments and where they lead in this hall (invariant 9). */
#include <string.h>

#include "base/err.h"
#include "catalog/catalogue_rows.h"

struct hall_route_row {
	char *printed;
	char *level;
	char *department;
	char *name;
};

static const struct store_column hall_route_columns[] = {
	STORE_COLUMN(TEXT, struct hall_route_row, printed),
	STORE_COLUMN(TEXT, struct hall_route_row, level),
	STORE_COLUMN(TEXT, struct hall_route_row, department),
	STORE_COLUMN(TEXT, struct hall_route_row, name),
	STORE_COLUMNS_END,
};
static const struct store_shape hall_route_shape = {
	sizeof(struct hall_route_row), hall_route_columns};

static void take_department(struct definitions *definitions, const char *code, const char *name)
{
	if (definitions_department(definitions, code) != NULL)
		return;
	struct department *department = g_new0(struct department, 1);
	department->code = g_strdup(code);
	department->name = g_strdup(name);
	definitions_take_department(definitions, department);
}

static void take_route(struct definitions *definitions, const char *list, const char *printed,
	const char *level, const char *department, bool by_hall)
{
	struct route *route = g_new0(struct route, 1);
	route->list = g_strdup(list);
	route->printed = g_strdup(printed);
	route->level = g_strdup(level);
	route->department = g_strdup(department);
	route->by_hall = by_hall;
	definitions_take_route(definitions, route);
}

bool catalogue_take_hall_routes(
	struct store *store, const char *list, struct definitions *definitions, GError **error)
{
	g_autoptr(GPtrArray) rows = store_rows(store, STATEMENT_HALL_ROUTE_OF_LIST,
		STORE_VALUES(STORE_TEXT("list", list)), &hall_route_shape, error);
	for (guint i = 0; rows != NULL && i < rows->len; i++) {
		const struct hall_route_row *row = rows->pdata[i];
		take_department(definitions, row->department, row->name);
		take_route(definitions, list, row->printed, row->level, row->department, true);
	}
	return rows != NULL;
}

/* ---- what a list prints ---- */

/* One list on its way into the array of routes. */
struct routing {
	struct store *store;
	const struct catalogue_entry *entry;
	struct definitions *definitions;
	GHashTable *seen; /* "printed\nlevel" → struct catalogue_route, borrowed */
	GPtrArray *routes;
};

static void route_entry_free(void *data)
{
	struct catalogue_route *route = data;
	g_free(route->list);
	g_free(route->short_title);
	g_free(route->printed);
	g_free(route->level);
	g_free(route->department);
	g_free(route->department_name);
	g_free(route);
}

static bool is_by_hall(const struct routing *routing, const char *printed, const char *level)
{
	const GPtrArray *routes = routing->definitions->routes;
	for (guint i = 0; i < routes->len; i++) {
		const struct route *route = routes->pdata[i];
		if (route->by_hall && strcmp(route->printed, printed) == 0 &&
			strcmp(route->level, level) == 0)
			return true;
	}
	return false;
}

static struct catalogue_route *note_row(
	struct routing *routing, const char *printed, const char *level)
{
	g_autofree char *key = g_strjoin("\n", printed, level, NULL);
	struct catalogue_route *route = g_hash_table_lookup(routing->seen, key);
	if (route == NULL) {
		const struct department *department = definitions_route(
			routing->definitions, routing->entry->list, printed, level);
		route = g_new0(struct catalogue_route, 1);
		route->list = g_strdup(routing->entry->list);
		route->short_title = g_strdup(routing->entry->short_title);
		route->printed = g_strdup(printed);
		route->level = g_strdup(level);
		route->department = g_strdup(department == NULL ? "" : department->code);
		route->department_name = g_strdup(department == NULL ? "" : department->name);
		route->by_hall = is_by_hall(routing, printed, level);
		route->taken_in = routing->entry->on_shelf > 0;
		g_ptr_array_add(routing->routes, route);
		g_hash_table_insert(routing->seen, g_steal_pointer(&key), route);
	}
	route->items++;
	return route;
}

static bool note_theme(struct routing *routing, GBytes *body, GError **error)
{
	g_autoptr(json_t) value = catalogue_parse(body, error);
	size_t i;
	json_t *item;
	if (value == NULL)
		return false;
	if (json_object_get(value, "guide") == NULL)
		return true;
	json_array_foreach(json_object_get(json_object_get(value, "theme"), "items"), i, item)
	{
		const char *printed = json_text(item, "dept", "");
		bool unprinted = printed[0] == '\0';
		struct catalogue_route *route =
			note_row(routing, unprinted ? json_text(item, "name", "") : printed,
				json_text(item, "level", ""));
		route->unprinted |= unprinted;
	}
	return true;
}

/* The rows of one kind of definition, each read by `take`. */
static bool read_kind(struct routing *routing, const char *kind,
	void (*take)(struct routing *routing, const json_t *value), GError **error)
{
	g_autoptr(GPtrArray) rows = store_rows(routing->store, STATEMENT_CATALOGUE_DEFINITION_KIND,
		STORE_VALUES(STORE_TEXT("list", routing->entry->list),
			STORE_INTEGER("version", routing->entry->current),
			STORE_TEXT("kind", kind)),
		&catalogue_blob_shape, error);
	for (guint i = 0; rows != NULL && i < rows->len; i++) {
		g_autoptr(json_t) value =
			catalogue_parse(((struct catalogue_blob *)rows->pdata[i])->body, error);
		if (value == NULL)
			return false;
		take(routing, value);
	}
	return rows != NULL;
}

static void take_department_json(struct routing *routing, const json_t *value)
{
	take_department(
		routing->definitions, json_text(value, "code", ""), json_text(value, "name", ""));
}

static void take_route_json(struct routing *routing, const json_t *value)
{
	take_route(routing->definitions, json_text(value, "list", ""),
		json_text(value, "printed", ""), json_text(value, "level", ""),
		json_text(value, "department", ""), false);
}

static bool note_list(struct routing *routing, GError **error)
{
	const struct catalogue_entry *entry = routing->entry;
	if (!read_kind(routing, "department", take_department_json, error) ||
		!read_kind(routing, "route", take_route_json, error) ||
		!catalogue_take_hall_routes(
			routing->store, entry->list, routing->definitions, error))
		return false;
	g_autoptr(GPtrArray) bodies = store_rows(routing->store, STATEMENT_CATALOGUE_THEME_BODIES,
		STORE_VALUES(
			STORE_TEXT("list", entry->list), STORE_INTEGER("version", entry->current)),
		&catalogue_blob_shape, error);
	for (guint i = 0; bodies != NULL && i < bodies->len; i++)
		if (!note_theme(routing, ((struct catalogue_blob *)bodies->pdata[i])->body, error))
			return false;
	return bodies != NULL;
}

GPtrArray *catalogue_routes(struct store *store, const char *list, GError **error)
{
	g_autoptr(GPtrArray) lists = catalogue_list_all(store, error);
	g_autoptr(GPtrArray) routes = g_ptr_array_new_with_free_func(route_entry_free);
	for (guint i = 0; lists != NULL && i < lists->len; i++) {
		const struct catalogue_entry *entry = lists->pdata[i];
		if (list != NULL && strcmp(entry->list, list) != 0)
			continue;
		g_autoptr(definitions) definitions = definitions_new();
		g_autoptr(GHashTable) seen =
			g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
		struct routing routing = {store, entry, definitions, seen, routes};
		if (!note_list(&routing, error))
			return NULL;
	}
	return lists == NULL ? NULL : g_steal_pointer(&routes);
}
