#include "catalog/set.h"

#include <string.h>

#include "base/err.h"
#include "base/text.h"
#include "catalog/check.h"
#include "catalog/layout.h"

/* Routes are looked through one by one for every row. */
#define MOST_ROUTES 20000

static void origin_free(void *data)
{
	struct catalog_origin *origin = data;
	g_free(origin->file);
	json_decref(origin->value);
	g_free(origin);
}

static struct catalog_origin *origin_new(const char *file, const json_t *value)
{
	struct catalog_origin *origin = g_new0(struct catalog_origin, 1);
	origin->file = g_strdup(file);
	origin->value = json_incref((json_t *)value);
	return origin;
}

void catalog_shelf_free(struct catalog_shelf *shelf)
{
	if (shelf == NULL)
		return;
	g_free(shelf->list);
	g_free(shelf->title);
	g_free(shelf);
}

struct catalog_set *catalog_set_new(void)
{
	struct catalog_set *set = g_new0(struct catalog_set, 1);
	set->lists = g_ptr_array_new_with_free_func((GDestroyNotify)list_free);
	set->definitions = definitions_new();
	set->shelves = g_ptr_array_new_with_free_func((GDestroyNotify)catalog_shelf_free);
	for (int kind = 0; kind < CATALOG_KIND_COUNT; kind++)
		set->origins[kind] =
			g_hash_table_new_full(g_str_hash, g_str_equal, g_free, origin_free);
	set->route_origins = g_ptr_array_new_with_free_func(origin_free);
	set->route_keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	set->whole = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	set->calendars = g_ptr_array_new_with_free_func(origin_free);
	set->documents = g_ptr_array_new_with_free_func(origin_free);
	return set;
}

void catalog_set_free(struct catalog_set *set)
{
	if (set == NULL)
		return;
	g_ptr_array_unref(set->lists);
	definitions_free(set->definitions);
	g_ptr_array_unref(set->shelves);
	for (int kind = 0; kind < CATALOG_KIND_COUNT; kind++)
		g_hash_table_unref(set->origins[kind]);
	g_ptr_array_unref(set->route_origins);
	g_hash_table_unref(set->route_keys);
	g_hash_table_unref(set->whole);
	g_ptr_array_unref(set->calendars);
	g_ptr_array_unref(set->documents);
	g_free(set);
}

struct list *catalog_set_list(const struct catalog_set *set, const char *id)
{
	for (guint i = 0; i < set->lists->len; i++) {
		struct list *list = set->lists->pdata[i];
		if (strcmp(list->id, id) == 0)
			return list;
	}
	return NULL;
}

const struct catalog_origin *catalog_set_origin(
	const struct catalog_set *set, enum catalog_kind kind, const char *code)
{
	return g_hash_table_lookup(set->origins[kind], code);
}

const char *catalog_set_file(
	const struct catalog_set *set, enum catalog_kind kind, const char *code)
{
	const struct catalog_origin *origin = catalog_set_origin(set, kind, code);
	return origin == NULL ? "" : origin->file;
}

GHashTable *catalog_set_guides(const struct catalog_set *set, const char *list)
{
	GHashTable *guides = g_hash_table_new(g_str_hash, g_str_equal);
	const struct catalog_origin *origin = catalog_set_origin(set, CATALOG_KIND_GUIDES, list);
	size_t i;
	json_t *guide;
	if (origin != NULL)
		json_array_foreach(json_object_get(origin->value, "themes"), i, guide)
		{
			g_hash_table_insert(guides, (gpointer)json_text(guide, "theme", ""), guide);
		}
	return guides;
}

/* ---- adding ---- */

/* One document on its way into the set. */
struct adding {
	struct catalog_set *set;
	struct reader reader;
	bool fallback;
	bool shared; /* what is there in the same words is no fault */
};

/* Two fallbacks that disagree are told to who wants to know; the first stands. */
static void compare_fallback(
	struct adding *adding, const struct catalog_origin *other, const json_t *value)
{
	if (other->fallback && !json_equal(other->value, (json_t *)value))
		adding->set->differs = true;
}

/* The member that names an entry. */
static const char *const naming[CATALOG_KIND_COUNT] = {
	[CATALOG_KIND_LIST] = "id",
	[CATALOG_KIND_GUIDES] = "list",
	[CATALOG_KIND_SERVICE] = "code",
	[CATALOG_KIND_MATERIAL] = "code",
	[CATALOG_KIND_FIELD] = "key",
	[CATALOG_KIND_DEPARTMENT] = "code",
	[CATALOG_KIND_SHELF] = "list",
};

/*
 * True when the entry is new and its origin noted. Otherwise false, and a fault unless it stands
 * behind what the set has.
 */
static bool note_origin(
	struct adding *adding, enum catalog_kind kind, const char *code, const json_t *value)
{
	if (code[0] == '\0')
		return false;
	const struct catalog_origin *other = catalog_set_origin(adding->set, kind, code);
	if (other == NULL) {
		struct catalog_origin *origin = origin_new(adding->reader.file, value);
		origin->fallback = adding->fallback;
		g_hash_table_insert(adding->set->origins[kind], g_strdup(code), origin);
		return true;
	}
	reader_stand(&adding->reader, value);
	bool same = adding->shared && json_equal(other->value, (json_t *)value);
	if (adding->fallback)
		compare_fallback(adding, other, value);
	else if (!same)
		reader_fault_in(&adding->reader, naming[kind], "请留一个，删去或改名另一个",
			"%s 重复，%s 里已有", code, other->file);
	return false;
}

static void trim_all(json_t *array, const struct shape *shape)
{
	size_t i;
	json_t *element;
	json_array_foreach(array, i, element)
	{
		reader_trim(element, shape);
	}
}

static void add_list(struct adding *adding, json_t *object)
{
	reader_trim(object, &layout_list);
	trim_all(json_object_get(object, "themes"), &layout_theme);
	struct reader *reader = &adding->reader;
	struct list *list = g_new0(struct list, 1);
	reader_object(reader, object, &layout_list, list);
	list->themes = g_ptr_array_new_with_free_func((GDestroyNotify)theme_free);
	if (!note_origin(adding, CATALOG_KIND_LIST, list->id, object)) {
		list_free(list);
		return;
	}
	const json_t *themes = json_object_get(object, "themes");
	reader_stand(reader, object);
	if (!json_is_array(themes) || json_array_size(themes) == 0)
		reader_fault(
			reader, "请写成数组 [{…}]，至少一个主题", "清单 %s 没有主题", list->id);
	size_t i;
	json_t *theme;
	json_array_foreach(themes, i, theme)
	{
		g_ptr_array_add(
			list->themes, layout_read_theme(reader, theme, list->id, 0, (int)i));
	}
	g_ptr_array_add(adding->set->lists, list);
}

static int by_index(const void *a, const void *b)
{
	json_int_t first = json_integer_or(*(json_t *const *)a, "index", -1);
	json_int_t second = json_integer_or(*(json_t *const *)b, "index", -1);
	return (first > second) - (first < second);
}

/* The rows of every guide in the order of their list. */
static void sort_rows(json_t *themes)
{
	size_t i, j;
	json_t *guide, *row;
	json_array_foreach(themes, i, guide)
	{
		json_t *rows = json_object_get(guide, "items");
		g_autoptr(GPtrArray) all =
			g_ptr_array_new_with_free_func((GDestroyNotify)json_decref);
		json_array_foreach(rows, j, row)
		{
			g_ptr_array_add(all, json_incref(row));
		}
		g_ptr_array_sort(all, by_index);
		for (j = 0; j < all->len; j++)
			json_array_set(rows, j, all->pdata[j]);
	}
}

static void add_guides(struct adding *adding, json_t *object)
{
	trim_all(json_object_get(object, "themes"), &layout_guide);
	sort_rows(json_object_get(object, "themes"));
	const char *list = json_text(object, "list", "");
	if (!form_list_id(list)) {
		reader_fault(
			&adding->reader, "请写清单的 id（如 jiangmen-2020）", "指南没有写明清单");
		return;
	}
	if (!json_is_array(json_object_get(object, "themes")))
		reader_fault(&adding->reader, "请写成数组 [{…}]", "“themes”不是数组");
	if (json_object_size(object) > 2)
		reader_fault(&adding->reader, "指南文件只有 list 和 themes", "有不认识的成员");
	note_origin(adding, CATALOG_KIND_GUIDES, list, object);
}

static void add_service(struct adding *adding, json_t *value, int index)
{
	reader_trim(value, &layout_service);
	struct service *service = reader_new(&adding->reader, value, &layout_service, index);
	if (!note_origin(adding, CATALOG_KIND_SERVICE, service->code, value) ||
		!definitions_take_service(adding->set->definitions, service))
		service_free(service);
}

static void add_material(struct adding *adding, json_t *value, int index)
{
	reader_trim(value, &layout_material);
	struct material *material = reader_new(&adding->reader, value, &layout_material, index);
	if (!note_origin(adding, CATALOG_KIND_MATERIAL, material->code, value) ||
		!definitions_take_material(adding->set->definitions, material))
		material_free(material);
}

static void add_field(struct adding *adding, json_t *value, int index)
{
	reader_trim(value, &layout_field);
	struct field *field = reader_new(&adding->reader, value, &layout_field, index);
	if (!note_origin(adding, CATALOG_KIND_FIELD, field->key, value) ||
		!definitions_take_field(adding->set->definitions, field))
		field_free(field);
}

static void add_department(struct adding *adding, json_t *value, int index)
{
	reader_trim(value, &layout_department);
	struct department *department =
		reader_new(&adding->reader, value, &layout_department, index);
	if (!note_origin(adding, CATALOG_KIND_DEPARTMENT, department->code, value) ||
		!definitions_take_department(adding->set->definitions, department))
		department_free(department);
}

static char *route_key(const struct route *route)
{
	return g_strjoin("\n", route->list, route->printed, route->level, NULL);
}

/* False: there is a route for that list, name and level; a fault unless this one stands behind. */
static bool is_new_route(
	struct adding *adding, const struct route *route, const json_t *value, int index)
{
	g_autofree char *key = route_key(route);
	const struct catalog_origin *other = g_hash_table_lookup(adding->set->route_keys, key);
	if (other == NULL)
		return true;
	if (adding->fallback)
		compare_fallback(adding, other, value);
	else if (!adding->shared || !json_equal(other->value, (json_t *)value))
		reader_fault_in(&adding->reader, "printed",
			"同一清单、部门名、层级只能有一条路由，请留一条", "第 %d 条路由（%s）重复",
			index + 1, route->printed);
	return false;
}

static void add_route(struct adding *adding, json_t *value, int index)
{
	reader_trim(value, &layout_route);
	struct route *route = reader_new(&adding->reader, value, &layout_route, index);
	struct catalog_set *set = adding->set;
	reader_stand(&adding->reader, value);
	bool is_new = is_new_route(adding, route, value, index);
	if (set->definitions->routes->len == MOST_ROUTES)
		reader_fault(&adding->reader, "请合并路由", "路由超过 %d 条", MOST_ROUTES);
	if (!is_new || set->definitions->routes->len >= MOST_ROUTES) {
		route_free(route);
		return;
	}
	struct catalog_origin *origin = origin_new(adding->reader.file, value);
	origin->fallback = adding->fallback;
	g_hash_table_insert(set->route_keys, route_key(route), origin);
	definitions_take_route(set->definitions, route);
	g_ptr_array_add(set->route_origins, origin);
}

void catalog_set_own(struct catalog_set *set, const char *list)
{
	set->packages++;
	g_hash_table_add(set->whole, g_strdup(list));
}

static void add_shelf(struct adding *adding, json_t *value, int index)
{
	reader_trim(value, &layout_shelf);
	struct catalog_shelf *shelf = reader_new(&adding->reader, value, &layout_shelf, index);
	if (note_origin(adding, CATALOG_KIND_SHELF, shelf->list, value))
		g_ptr_array_add(adding->set->shelves, shelf);
	else
		catalog_shelf_free(shelf);
}

typedef void add_entry(struct adding *adding, json_t *value, int index);

/* The arrays a file of definitions may hold. */
static const struct {
	const char *key;
	add_entry *add;
} sections[] = {
	{"departments", add_department},
	{"routes", add_route},
	{"fields", add_field},
	{"materials", add_material},
	{"services", add_service},
	{"shelf", add_shelf},
};

static add_entry *section_of(const char *key)
{
	for (size_t i = 0; i < G_N_ELEMENTS(sections); i++)
		if (strcmp(sections[i].key, key) == 0)
			return sections[i].add;
	return NULL;
}

static void add_section(struct adding *adding, const char *key, json_t *array)
{
	add_entry *add = section_of(key);
	g_autofree char *quoted = catalog_quote(key, 40);
	if (add == NULL) {
		reader_fault(&adding->reader, "请改正拼写或删去", "不认识“%s”", quoted);
		return;
	}
	if (!json_is_array(array))
		reader_fault(&adding->reader, "请写成数组 [{…}]", "“%s”不是数组", quoted);
	size_t i;
	json_t *value;
	json_array_foreach(array, i, value)
	{
		add(adding, value, (int)i);
	}
}

static void add_sections(struct adding *adding, json_t *object)
{
	const char *key;
	json_t *value;
	if (json_object_size(object) == 0)
		reader_fault(&adding->reader, "请对照 data/README.md 的文件格式",
			"看不出是哪种清单文件");
	json_object_foreach(object, key, value)
	{
		add_section(adding, key, value);
	}
}

/* A version's bytes: what catalog_set_package makes. */
static void add_package(struct adding *adding, json_t *object)
{
	const char *key;
	json_t *value;
	adding->set->packages++;
	json_object_foreach(object, key, value)
	{
		if (strcmp(key, "list") == 0)
			add_list(adding, value);
		else if (strcmp(key, "guides") == 0)
			add_guides(adding, value);
		else if (strcmp(key, "format") != 0)
			add_section(adding, key, value);
	}
}

static void add_document(struct adding *adding, json_t *object)
{
	if (!json_is_object(object))
		reader_fault(
			&adding->reader, "请对照 data/README.md 的文件格式", "文件应是一个 {…}");
	else if (strcmp(json_text(object, "format", ""), CATALOG_PACKAGE_FORMAT) == 0)
		add_package(adding, object);
	else if (json_object_get(object, "year") != NULL)
		g_ptr_array_add(adding->set->calendars, origin_new(adding->reader.file, object));
	else if (json_object_get(object, "themes") != NULL &&
		 json_object_get(object, "list") != NULL)
		add_guides(adding, object);
	else if (json_object_get(object, "themes") != NULL ||
		 json_object_get(object, "title") != NULL)
		add_list(adding, object);
	else
		add_sections(adding, object);
}

/* What json_read complains of, without the file's name before and the next step behind. */
static char *json_problem(const GError *error, const char *name)
{
	const char *message = error->message;
	if (g_str_has_prefix(message, name))
		message += strlen(name);
	const char *stop = strstr(message, "。");
	g_autofree char *sentence =
		stop == NULL ? g_strdup(message) : g_strndup(message, (gsize)(stop - message));
	return g_strdup(g_strstrip(sentence));
}

void catalog_set_add(struct catalog_set *set, struct catalog_faults *faults, const char *file,
	const char *bytes, size_t size, bool fallback)
{
	g_autofree char *name = catalog_quote(file, 200);
	g_autoptr(GError) error = NULL;
	g_autoptr(json_t) object = json_read(bytes, size, name, &error);
	if (object == NULL) {
		g_autofree char *problem = json_problem(error, name);
		catalog_faults_add(faults, CATALOG_GRAVITY_ERROR, name, "", problem,
			"请检查文件是否完整、编码是否为 UTF-8");
		return;
	}
	catalog_set_add_json(set, faults, name, object, fallback);
}

static void add_json(struct catalog_set *set, struct catalog_faults *faults, const char *file,
	json_t *document, bool fallback, bool shared)
{
	g_autofree char *name = catalog_quote(file, 200);
	struct adding adding = {.set = set, .fallback = fallback, .shared = shared};
	struct catalog_origin *origin = fallback ? NULL : origin_new(name, document);
	if (origin != NULL) {
		origin->shared = shared;
		g_ptr_array_add(set->documents, origin);
	}
	reader_init(&adding.reader, faults, name);
	add_document(&adding, document);
	reader_clear(&adding.reader);
}

void catalog_set_add_json(struct catalog_set *set, struct catalog_faults *faults, const char *file,
	json_t *document, bool fallback)
{
	add_json(set, faults, file, document, fallback, false);
}

void catalog_set_add_shared(
	struct catalog_set *set, struct catalog_faults *faults, const char *file, json_t *document)
{
	add_json(set, faults, file, document, false, true);
}

void catalog_set_repeat(
	struct catalog_set *set, const struct catalog_set *other, struct catalog_faults *faults)
{
	GHashTableIter at;
	gpointer list;
	g_hash_table_iter_init(&at, other->whole);
	while (g_hash_table_iter_next(&at, &list, NULL))
		catalog_set_own(set, list);
	for (guint i = 0; i < other->documents->len; i++) {
		const struct catalog_origin *document = other->documents->pdata[i];
		add_json(set, faults, document->file, document->value, false, document->shared);
	}
}
