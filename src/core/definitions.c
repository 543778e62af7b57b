#include "core/theme.h"

#include <string.h>

struct definitions *definitions_new(void)
{
	struct definitions *definitions = g_new0(struct definitions, 1);
	definitions->services =
		g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)service_free);
	definitions->materials =
		g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)material_free);
	definitions->fields =
		g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)field_free);
	definitions->departments = g_hash_table_new_full(
		g_str_hash, g_str_equal, NULL, (GDestroyNotify)department_free);
	definitions->routes = g_ptr_array_new_with_free_func((GDestroyNotify)route_free);
	return definitions;
}

void definitions_free(struct definitions *definitions)
{
	if (definitions == NULL)
		return;
	g_hash_table_unref(definitions->services);
	g_hash_table_unref(definitions->materials);
	g_hash_table_unref(definitions->fields);
	g_hash_table_unref(definitions->departments);
	g_ptr_array_unref(definitions->routes);
	g_free(definitions);
}

static bool take(GHashTable *table, char *key, void *value)
{
	if (g_hash_table_contains(table, key))
		return false;
	g_hash_table_insert(table, key, value);
	return true;
}

bool definitions_take_service(struct definitions *definitions, struct service *service)
{
	return take(definitions->services, service->code, service);
}

bool definitions_take_material(struct definitions *definitions, struct material *material)
{
	return take(definitions->materials, material->code, material);
}

bool definitions_take_field(struct definitions *definitions, struct field *field)
{
	return take(definitions->fields, field->key, field);
}

bool definitions_take_department(struct definitions *definitions, struct department *department)
{
	return take(definitions->departments, department->code, department);
}

void definitions_take_route(struct definitions *definitions, struct route *route)
{
	g_ptr_array_add(definitions->routes, route);
}

static const void *look_up(GHashTable *table, const char *key)
{
	return key == NULL || *key == '\0' ? NULL : g_hash_table_lookup(table, key);
}

const struct service *definitions_service(const struct definitions *definitions, const char *code)
{
	return look_up(definitions->services, code);
}

const struct material *definitions_material(const struct definitions *definitions, const char *code)
{
	return look_up(definitions->materials, code);
}

const struct field *definitions_field(const struct definitions *definitions, const char *key)
{
	return look_up(definitions->fields, key);
}

const struct department *definitions_department(
	const struct definitions *definitions, const char *code)
{
	return look_up(definitions->departments, code);
}

/* 0 when the pattern names nothing, weight when it names text, -1 when it names something else. */
static int match(const char *pattern, const char *text, int weight)
{
	if (pattern == NULL || *pattern == '\0')
		return 0;
	return text != NULL && strcmp(pattern, text) == 0 ? weight : -1;
}

/* How closely a route fits, the printed name before the level before the list; -1 not at all. */
static int route_rank(
	const struct route *route, const char *list, const char *printed, const char *level)
{
	int by_printed = match(route->printed, printed, 4);
	int by_level = match(route->level, level, 2);
	int by_list = match(route->list, list, 1);
	if (by_printed < 0 || by_level < 0 || by_list < 0)
		return -1;
	if (route->by_hall)
		return g_strcmp0(route->level, level) == 0 ? 8 : -1;
	return by_printed + by_level + by_list;
}

const struct department *definitions_route(const struct definitions *definitions, const char *list,
	const char *printed, const char *level)
{
	const struct route *best = NULL;
	int best_rank = -1;
	for (guint i = 0; i < definitions->routes->len; i++) {
		const struct route *route = g_ptr_array_index(definitions->routes, i);
		int rank = route_rank(route, list, printed, level);
		if (rank > best_rank) {
			best = route;
			best_rank = rank;
		}
	}
	return best == NULL ? NULL : definitions_department(definitions, best->department);
}

const char *theme_item_route_name(const struct theme_item *item)
{
	return item->dept[0] != '\0' ? item->dept : item->name;
}

const struct department *definitions_route_item(
	const struct definitions *definitions, const char *list, const struct theme_item *item)
{
	return definitions_route(definitions, list, theme_item_route_name(item), item->level);
}

const struct question *theme_question(const struct theme *theme, const char *id)
{
	for (guint i = 0; id != NULL && theme->questions != NULL && i < theme->questions->len;
		i++) {
		const struct question *question = g_ptr_array_index(theme->questions, i);
		if (strcmp(question->id, id) == 0)
			return question;
	}
	return NULL;
}

const struct option *question_option(const struct question *question, const char *id)
{
	for (guint i = 0; id != NULL && question->options != NULL && i < question->options->len;
		i++) {
		const struct option *option = g_ptr_array_index(question->options, i);
		if (strcmp(option->id, id) == 0)
			return option;
	}
	return NULL;
}
