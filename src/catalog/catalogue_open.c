/* Reading versions, lists and single themes from the store. */
#include <string.h>

#include "base/err.h"
#include "base/text.h"
#include "catalog/calendar_file.h"
#include "catalog/catalogue_rows.h"
#include "catalog/export.h"
#include "catalog/layout.h"

static const struct store_column blob_columns[] = {
	{"body", STORE_TYPE_BLOB, offsetof(struct catalogue_blob, body)},
	STORE_COLUMNS_END,
};
const struct store_shape catalogue_blob_shape = {sizeof(struct catalogue_blob), blob_columns};

/* Which version of which list, and how to read what stands in it. */
struct opening {
	struct store *store;
	const char *list;
	int version;
	struct reader reader;
	struct definitions *definitions;
};

json_t *catalogue_parse(GBytes *body, GError **error)
{
	size_t size = 0;
	const char *bytes = g_bytes_get_data(body, &size);
	return json_read(bytes, size, "清单", error);
}

json_t *catalogue_row_json(
	struct store *store, int statement, const struct store_value *values, GError **error)
{
	g_autoptr(GBytes) body = NULL;
	return store_blob(store, statement, values, &body, error) && body != NULL
		       ? catalogue_parse(body, error)
		       : NULL;
}

/* ---- versions ---- */

bool catalogue_version_of(
	struct store *store, const char *list, int version, int *ret_version, GError **error)
{
	int64_t found = 0;
	g_autofree char *shown = text_clean(list, false);
	if (version == 0) {
		if (!store_integer(store, STATEMENT_CATALOGUE_LIST_CURRENT,
			    STORE_VALUES(STORE_TEXT("list", list)), 0, &found, error))
			return false;
		if (found == 0)
			return err_set(error, ERR_CODE_NOT_FOUND, "没有施行中的清单 %s", shown);
	} else {
		g_autofree char *digest = NULL;
		if (!store_text(store, STATEMENT_CATALOGUE_VERSION_DIGEST,
			    STORE_VALUES(
				    STORE_TEXT("list", list), STORE_INTEGER("version", version)),
			    &digest, error))
			return false;
		if (digest == NULL)
			return err_set(
				error, ERR_CODE_NOT_FOUND, "清单 %s 没有第 %d 版", shown, version);
		found = version;
	}
	*ret_version = (int)found;
	return true;
}

GBytes *catalogue_bytes(struct store *store, const char *list, int version, GError **error)
{
	GBytes *bytes = NULL;
	if (!catalogue_version_of(store, list, version, &version, error) ||
		!store_blob(store, STATEMENT_CATALOGUE_VERSION_BYTES,
			STORE_VALUES(STORE_TEXT("list", list), STORE_INTEGER("version", version)),
			&bytes, error))
		return NULL;
	return bytes;
}

struct catalog_set *catalogue_set_of(
	struct store *store, const char *list, int version, GError **error)
{
	g_autoptr(GBytes) bytes = catalogue_bytes(store, list, version, error);
	if (bytes == NULL)
		return NULL;
	g_autoptr(catalog_set) set = catalog_set_new();
	g_autoptr(catalog_faults) faults = catalog_faults_new();
	size_t size = 0;
	const char *data = g_bytes_get_data(bytes, &size);
	catalog_set_add(set, faults, list, data, size, false);
	return catalog_faults_settle(faults, error) ? g_steal_pointer(&set) : NULL;
}

json_t *catalogue_export(struct store *store, const char *list, int version, GError **error)
{
	g_autoptr(catalog_set) set = catalogue_set_of(store, list, version, error);
	return set == NULL ? NULL : export_list(catalog_set_list(set, list));
}

GPtrArray *catalogue_themes(struct store *store, const char *list, int version, GError **error)
{
	if (!catalogue_version_of(store, list, version, &version, error))
		return NULL;
	return store_rows(store, STATEMENT_CATALOGUE_THEME_OF_VERSION,
		STORE_VALUES(STORE_TEXT("list", list), STORE_INTEGER("version", version)),
		&catalogue_hit_shape, error);
}

/* ---- one theme ---- */

/* The JSON of a definition; NULL when the version has none (or with error). */
static json_t *read_definition(
	struct opening *opening, const char *kind, const char *code, GError **error)
{
	return catalogue_row_json(opening->store, STATEMENT_CATALOGUE_DEFINITION_GET,
		STORE_VALUES(STORE_TEXT("list", opening->list),
			STORE_INTEGER("version", opening->version), STORE_TEXT("kind", kind),
			STORE_TEXT("code", code)),
		error);
}

static bool open_material(struct opening *opening, const char *code, GError **error)
{
	if (definitions_material(opening->definitions, code) != NULL)
		return true;
	g_autoptr(json_t) value = read_definition(opening, "material", code, error);
	if (value == NULL)
		return error == NULL || *error == NULL;
	struct material *material = reader_new(&opening->reader, value, &layout_material, -1);
	if (!definitions_take_material(opening->definitions, material))
		material_free(material);
	return true;
}

static bool open_field(struct opening *opening, const char *key, GError **error)
{
	if (definitions_field(opening->definitions, key) != NULL)
		return true;
	g_autoptr(json_t) value = read_definition(opening, "field", key, error);
	if (value == NULL)
		return error == NULL || *error == NULL;
	struct field *field = reader_new(&opening->reader, value, &layout_field, -1);
	if (!definitions_take_field(opening->definitions, field))
		field_free(field);
	return true;
}

static bool open_department(struct opening *opening, const char *code, GError **error)
{
	if (code[0] == '\0' || definitions_department(opening->definitions, code) != NULL)
		return true;
	g_autoptr(json_t) value = read_definition(opening, "department", code, error);
	if (value == NULL)
		return error == NULL || *error == NULL;
	struct department *department = reader_new(&opening->reader, value, &layout_department, -1);
	if (!definitions_take_department(opening->definitions, department))
		department_free(department);
	return true;
}

static bool open_uses(struct opening *opening, const struct service *service, GError **error)
{
	for (guint i = 0; i < service->materials->len; i++) {
		const struct material_use *use = service->materials->pdata[i];
		if (!open_material(opening, use->material, error) ||
			!open_department(opening, use->original_holder, error))
			return false;
	}
	for (guint i = 0; i < service->fields->len; i++)
		if (!open_field(
			    opening, ((struct field_use *)service->fields->pdata[i])->field, error))
			return false;
	return true;
}

static bool open_service(struct opening *opening, const char *code, GError **error)
{
	if (code[0] == '\0' || definitions_service(opening->definitions, code) != NULL)
		return true;
	g_autoptr(json_t) value = read_definition(opening, "service", code, error);
	if (value == NULL)
		return error == NULL || *error == NULL;
	struct service *service = reader_new(&opening->reader, value, &layout_service, -1);
	if (!definitions_take_service(opening->definitions, service)) {
		service_free(service);
		return true;
	}
	const struct catalogue_definition definition = {
		"service", opening->list, opening->version, code, value};
	return catalogue_confirmed(opening->store, &definition, &service->confirmed,
		       &service->confirmed_on, error) &&
	       open_uses(opening, service, error);
}

static bool prints(const struct theme *theme, const char *printed)
{
	for (guint i = 0; i < theme->items->len; i++)
		if (strcmp(theme_item_route_name(theme->items->pdata[i]), printed) == 0)
			return true;
	return false;
}

/* The routes of the departments this theme prints, and where they lead. */
static bool open_routes(struct opening *opening, const struct theme *theme, GError **error)
{
	g_autoptr(GPtrArray) rows = store_rows(opening->store, STATEMENT_CATALOGUE_DEFINITION_KIND,
		STORE_VALUES(STORE_TEXT("list", opening->list),
			STORE_INTEGER("version", opening->version), STORE_TEXT("kind", "route")),
		&catalogue_blob_shape, error);
	for (guint i = 0; rows != NULL && i < rows->len; i++) {
		g_autoptr(json_t) value =
			catalogue_parse(((struct catalogue_blob *)rows->pdata[i])->body, error);
		if (value == NULL)
			return false;
		if (!prints(theme, json_text(value, "printed", "")))
			continue;
		struct route *route = reader_new(&opening->reader, value, &layout_route, (int)i);
		definitions_take_route(opening->definitions, route);
		if (!open_department(opening, route->department, error))
			return false;
	}
	return rows != NULL && catalogue_take_hall_routes(
				       opening->store, opening->list, opening->definitions, error);
}

static struct theme *read_theme(struct opening *opening, const char *id, GError **error)
{
	g_autoptr(GError) local = NULL;
	g_autoptr(json_t) body = catalogue_row_json(opening->store, STATEMENT_CATALOGUE_THEME_BODY,
		STORE_VALUES(STORE_TEXT("list", opening->list),
			STORE_INTEGER("version", opening->version), STORE_TEXT("theme", id)),
		&local);
	if (body == NULL) {
		g_autofree char *shown = text_clean(id, false);
		if (local != NULL)
			g_propagate_error(error, g_steal_pointer(&local));
		else
			err_set(error, ERR_CODE_NOT_FOUND, "清单 %s 没有主题 %s", opening->list,
				shown);
		return NULL;
	}
	struct theme *theme = layout_read_theme(&opening->reader, json_object_get(body, "theme"),
		opening->list, opening->version, -1);
	const json_t *guide = json_object_get(body, "guide");
	if (guide == NULL)
		return theme;
	layout_read_guide(&opening->reader, guide, theme);
	const struct catalogue_definition definition = {
		"theme", opening->list, opening->version, id, guide};
	if (catalogue_confirmed(
		    opening->store, &definition, &theme->confirmed, &theme->confirmed_on, error))
		return theme;
	theme_free(theme);
	return NULL;
}

static bool open_all(struct opening *opening, const struct theme *theme, GError **error)
{
	for (guint i = 0; i < theme->items->len; i++)
		if (!open_service(
			    opening, ((struct theme_item *)theme->items->pdata[i])->service, error))
			return false;
	return open_routes(opening, theme, error);
}

bool catalogue_open_theme(struct store *store, const char *list, int version, const char *id,
	struct theme **ret_theme, struct definitions **ret_definitions, GError **error)
{
	if (!catalogue_version_of(store, list, version, &version, error))
		return false;
	g_autoptr(GError) local = NULL;
	g_autoptr(catalog_faults) faults = catalog_faults_new();
	g_autoptr(definitions) definitions = definitions_new();
	struct opening opening = {
		.store = store, .list = list, .version = version, .definitions = definitions};
	reader_init(&opening.reader, faults, list);
	g_autoptr(theme) theme = read_theme(&opening, id, &local);
	bool done = theme != NULL && open_all(&opening, theme, &local) &&
		    catalog_faults_settle(faults, &local);
	reader_clear(&opening.reader);
	if (!done) {
		g_propagate_error(error, g_steal_pointer(&local));
		return false;
	}
	*ret_theme = g_steal_pointer(&theme);
	*ret_definitions = g_steal_pointer(&definitions);
	return true;
}

/* ---- calendar ---- */

struct calendar *catalogue_calendar(struct store *store, GError **error)
{
	g_autoptr(GPtrArray) rows = store_rows(
		store, STATEMENT_CALENDAR_YEAR_ALL, STORE_NO_VALUES, &catalogue_blob_shape, error);
	g_autoptr(calendar) calendar = calendar_new();
	for (guint i = 0; rows != NULL && i < rows->len; i++) {
		g_autoptr(json_t) value =
			catalogue_parse(((struct catalogue_blob *)rows->pdata[i])->body, error);
		if (value == NULL || !calendar_file_add(calendar, value, error))
			return NULL;
	}
	return rows == NULL ? NULL : g_steal_pointer(&calendar);
}
