/*
 * A version's bytes: a list with all it needs, and nothing else. Two ways to write the same give
 * the same bytes: definitions by code, routes by their key, guides in the list's order.
 */
#include <string.h>

#include "catalog/set.h"

struct packing {
	const struct catalog_set *set;
	json_t *package;
	GHashTable *needed[CATALOG_KIND_COUNT]; /* codes, borrowed */
};

static void need(struct packing *packing, enum catalog_kind kind, const char *code)
{
	if (code[0] != '\0')
		g_hash_table_add(packing->needed[kind], (gpointer)code);
}

static void need_service(struct packing *packing, const char *code)
{
	const struct service *service = definitions_service(packing->set->definitions, code);
	if (service == NULL || g_hash_table_contains(packing->needed[CATALOG_KIND_SERVICE], code))
		return;
	need(packing, CATALOG_KIND_SERVICE, service->code);
	for (guint i = 0; i < service->materials->len; i++) {
		const struct material_use *use = service->materials->pdata[i];
		need(packing, CATALOG_KIND_MATERIAL, use->material);
		need(packing, CATALOG_KIND_DEPARTMENT, use->original_holder);
	}
	for (guint i = 0; i < service->fields->len; i++)
		need(packing, CATALOG_KIND_FIELD,
			((struct field_use *)service->fields->pdata[i])->field);
}

/* The names of departments a list prints. */
static GHashTable *printed_names(const struct list *list)
{
	GHashTable *names = g_hash_table_new(g_str_hash, g_str_equal);
	for (guint i = 0; i < list->themes->len; i++) {
		const struct theme *theme = list->themes->pdata[i];
		for (guint j = 0; j < theme->items->len; j++)
			g_hash_table_add(
				names, (gpointer)theme_item_route_name(theme->items->pdata[j]));
	}
	return names;
}

/* A route of this list and the JSON it came from, both borrowed. */
struct packed_route {
	const struct route *route;
	json_t *value;
};

static int by_key(const void *a, const void *b)
{
	const struct route *first = ((const struct packed_route *)a)->route;
	const struct route *second = ((const struct packed_route *)b)->route;
	int order = strcmp(first->list, second->list);
	if (order == 0)
		order = strcmp(first->printed, second->printed);
	return order == 0 ? strcmp(first->level, second->level) : order;
}

/* struct packed_route of what the list may need; free with g_array_unref. */
static GArray *routes_of(const struct catalog_set *set, const struct list *list)
{
	GArray *needed = g_array_new(FALSE, FALSE, sizeof(struct packed_route));
	const GPtrArray *routes = set->definitions->routes;
	g_autoptr(GHashTable) printed = printed_names(list);
	for (guint i = 0; i < routes->len; i++) {
		const struct route *route = routes->pdata[i];
		bool here = route->list[0] == '\0' || strcmp(route->list, list->id) == 0;
		if (!here || !g_hash_table_contains(printed, route->printed))
			continue;
		const struct catalog_origin *origin = set->route_origins->pdata[i];
		struct packed_route packed = {route, origin->value};
		g_array_append_val(needed, packed);
	}
	g_array_sort(needed, by_key);
	return needed;
}

static void pack_routes(struct packing *packing, const struct list *list)
{
	g_autoptr(GArray) needed = routes_of(packing->set, list);
	json_t *array = json_array();
	for (guint i = 0; i < needed->len; i++) {
		const struct packed_route *packed = &g_array_index(needed, struct packed_route, i);
		json_array_append(array, packed->value);
		need(packing, CATALOG_KIND_DEPARTMENT, packed->route->department);
	}
	json_object_set_new(packing->package, "routes", array);
}

static gint by_text(gconstpointer a, gconstpointer b)
{
	return strcmp(a, b);
}

static void pack_kind(struct packing *packing, enum catalog_kind kind, const char *key)
{
	g_autoptr(GList) codes = g_list_sort(g_hash_table_get_keys(packing->needed[kind]), by_text);
	json_t *array = json_array();
	for (GList *at = codes; at != NULL; at = at->next) {
		const struct catalog_origin *origin =
			catalog_set_origin(packing->set, kind, at->data);
		if (origin != NULL)
			json_array_append(array, origin->value);
	}
	json_object_set_new(packing->package, key, array);
}

/* The guides in the order of the list's themes; none is left out like any empty member. */
static void pack_guides(struct packing *packing, const struct list *list)
{
	g_autoptr(GHashTable) guides = catalog_set_guides(packing->set, list->id);
	json_t *themes = json_array();
	for (guint i = 0; i < list->themes->len; i++) {
		const struct theme *theme = list->themes->pdata[i];
		json_t *guide = g_hash_table_lookup(guides, theme->id);
		if (guide != NULL)
			json_array_append(themes, guide);
	}
	if (json_array_size(themes) != 0)
		json_object_set_new(packing->package, "guides",
			json_pack("{s:s,s:O}", "list", list->id, "themes", themes));
	json_decref(themes);
}

static void need_services(struct packing *packing, const struct list *list)
{
	for (guint i = 0; i < list->themes->len; i++) {
		const struct theme *theme = list->themes->pdata[i];
		for (guint j = 0; j < theme->items->len; j++)
			need_service(
				packing, ((struct theme_item *)theme->items->pdata[j])->service);
	}
}

json_t *catalog_set_package_json(const struct catalog_set *set, const char *list_id)
{
	const struct list *list = catalog_set_list(set, list_id);
	const struct catalog_origin *origin = catalog_set_origin(set, CATALOG_KIND_LIST, list_id);
	g_autoptr(json_t) package = json_object();
	struct packing packing = {.set = set, .package = package};
	for (int kind = 0; kind < CATALOG_KIND_COUNT; kind++)
		packing.needed[kind] = g_hash_table_new(g_str_hash, g_str_equal);
	json_object_set_new(package, "format", json_string(CATALOG_PACKAGE_FORMAT));
	json_object_set(package, "list", origin->value);
	pack_guides(&packing, list);
	need_services(&packing, list);
	pack_routes(&packing, list);
	pack_kind(&packing, CATALOG_KIND_SERVICE, "services");
	pack_kind(&packing, CATALOG_KIND_MATERIAL, "materials");
	pack_kind(&packing, CATALOG_KIND_FIELD, "fields");
	pack_kind(&packing, CATALOG_KIND_DEPARTMENT, "departments");
	for (int kind = 0; kind < CATALOG_KIND_COUNT; kind++)
		g_hash_table_unref(packing.needed[kind]);
	return g_steal_pointer(&package);
}

GBytes *catalog_set_package(const struct catalog_set *set, const char *list_id)
{
	g_autoptr(json_t) package = catalog_set_package_json(set, list_id);
	size_t size = 0;
	char *bytes = json_frozen(package, &size);
	return g_bytes_new_take(bytes, size);
}

/* What is wrong with the outside of the bytes, before anybody looks at the list; NULL nothing. */
static const char *outside_fault(
	const json_t *document, const char *list, const void *bytes, size_t size)
{
	size_t length = 0;
	g_autofree char *frozen = json_frozen(document, &length);
	const json_t *inside = json_object_get(document, "list");
	if (strcmp(json_text(document, "format", ""), CATALOG_PACKAGE_FORMAT) != 0)
		return "不是一份清单版本";
	if (strcmp(json_text(inside, "id", ""), list) != 0)
		return "里面不是这份清单";
	if (length != size || memcmp(frozen, bytes, size) != 0)
		return "不是冻结的字节（键排序、没有空格）";
	return NULL;
}

/* NULL: a fault was added. */
static json_t *read_outside(const char *name, const char *list, const void *bytes, size_t size,
	struct catalog_faults *faults)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(json_t) document = json_read(bytes, size, name, &error);
	const char *what = document == NULL ? "不是合格的 JSON，可能不完整"
					    : outside_fault(document, list, bytes, size);
	if (what == NULL)
		return g_steal_pointer(&document);
	catalog_faults_add(faults, CATALOG_GRAVITY_ERROR, name, "", what,
		"请用 catalog export --whole 的原样内容");
	return NULL;
}

struct catalog_set *catalog_package_read(const char *name, const char *list, const void *bytes,
	size_t size, struct catalog_faults *faults, GError **error)
{
	g_autoptr(catalog_set) set = catalog_set_new();
	g_autoptr(catalog_faults) own = faults == NULL ? catalog_faults_new() : NULL;
	if (faults == NULL)
		faults = own;
	g_autoptr(json_t) document = read_outside(name, list, bytes, size, faults);
	if (document != NULL)
		catalog_set_add_json(set, faults, name, document, false);
	if (faults->errors == 0)
		catalog_set_finish(set, faults);
	return catalog_faults_settle(faults, error) ? g_steal_pointer(&set) : NULL;
}
