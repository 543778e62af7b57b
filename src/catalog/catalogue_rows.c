/* What a version is in rows: themes, definitions, the index of names. */
#include <string.h>

#include "catalog/catalogue_rows.h"
#include "catalog/pinyin.h"

/* Themes of one transaction where many are written: some milliseconds. */
#define STAGED_AT_ONCE 100

/* ---- themes ---- */

static char *departments_of(const struct theme *theme)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
	GString *names = g_string_new(NULL);
	for (guint i = 0; i < theme->items->len; i++) {
		const struct theme_item *item = theme->items->pdata[i];
		if (item->dept[0] == '\0' || !g_hash_table_add(seen, item->dept))
			continue;
		if (names->len != 0)
			g_string_append(names, "、");
		g_string_append(names, item->dept);
	}
	if (names->len == 0)
		g_string_append(names, theme->lead);
	return g_string_free(names, FALSE);
}

/* The theme as the source has it and as the guide has it, beside each other. */
static char *body_of(const json_t *source, const json_t *guide, size_t *ret_size)
{
	g_autoptr(json_t) body = json_object();
	json_object_set(body, "theme", (json_t *)source);
	if (guide != NULL)
		json_object_set(body, "guide", (json_t *)guide);
	return json_frozen(body, ret_size);
}

static bool put_theme(struct store *store, const struct theme *theme, int version, int position,
	const json_t *source, const json_t *guide, GError **error)
{
	size_t size = 0;
	g_autofree char *body = body_of(source, guide, &size);
	g_autofree char *departments = departments_of(theme);
	g_autofree char *initials = pinyin_initials(theme->display);
	g_autofree char *pinyin = pinyin_full(theme->display);
	return store_run(store, STATEMENT_CATALOGUE_THEME_PUT,
		       STORE_VALUES(STORE_TEXT("list", theme->list),
			       STORE_INTEGER("version", version), STORE_TEXT("theme", theme->id),
			       STORE_INTEGER("position", position),
			       STORE_TEXT("name", theme->display), STORE_TEXT("initials", initials),
			       STORE_TEXT("pinyin", pinyin), STORE_TEXT("departments", departments),
			       STORE_INTEGER("items", theme->items->len),
			       STORE_INTEGER("described", guide != NULL)),
		       error) &&
	       store_run(store, STATEMENT_CATALOGUE_THEME_BODY_PUT,
		       STORE_VALUES(STORE_TEXT("list", theme->list),
			       STORE_INTEGER("version", version), STORE_TEXT("theme", theme->id),
			       STORE_BLOB("body", body, size)),
		       error);
}

/* The themes of a list on their way into rows. */
struct putting {
	const struct catalog_set *set;
	const struct list *list;
	int version;
	const json_t *sources; /* as the list has them */
	GHashTable *guides;    /* id → object */
	guint at;	       /* the next theme */
	guint most;	       /* of one transaction */
	const json_t *package; /* of definitions in a transaction of their own */
};

static void putting_begin(struct putting *putting, const struct catalog_set *set,
	const struct list *list, int version)
{
	const struct catalog_origin *origin = catalog_set_origin(set, CATALOG_KIND_LIST, list->id);
	*putting = (struct putting){.set = set,
		.list = list,
		.version = version,
		.sources = json_object_get(origin->value, "themes"),
		.guides = catalog_set_guides(set, list->id)};
}

static bool put_some_themes(struct store *store, void *data, GError **error)
{
	struct putting *putting = data;
	const GPtrArray *themes = putting->list->themes;
	guint end = MIN(themes->len, putting->at + putting->most);
	for (; putting->at < end; putting->at++) {
		const struct theme *theme = themes->pdata[putting->at];
		const json_t *guide = g_hash_table_lookup(putting->guides, theme->id);
		if (!put_theme(store, theme, putting->version, (int)putting->at,
			    json_array_get(putting->sources, putting->at), guide, error))
			return false;
	}
	return true;
}

/* ---- definitions ---- */

static bool put_definition(struct store *store, const struct list *list, int version,
	const char *kind, const char *code, const json_t *value, GError **error)
{
	size_t size = 0;
	g_autofree char *body = json_frozen(value, &size);
	return store_run(store, STATEMENT_CATALOGUE_DEFINITION_PUT,
		STORE_VALUES(STORE_TEXT("list", list->id), STORE_INTEGER("version", version),
			STORE_TEXT("kind", kind), STORE_TEXT("code", code),
			STORE_BLOB("body", body, size)),
		error);
}

static bool put_definitions(struct store *store, const struct list *list, int version,
	const json_t *package, const char *section, const char *kind, const char *key,
	GError **error)
{
	size_t i;
	json_t *value;
	json_array_foreach(json_object_get(package, section), i, value)
	{
		g_autofree char *number = g_strdup_printf("%06zu", i);
		const char *code = key == NULL ? number : json_text(value, key, "");
		if (!put_definition(store, list, version, kind, code, value, error))
			return false;
	}
	return true;
}

static bool put_all_definitions(struct store *store, const struct list *list, int version,
	const json_t *package, GError **error)
{
	static const struct {
		const char *section, *kind, *key;
	} kinds[] = {
		{"services", "service", "code"},
		{"materials", "material", "code"},
		{"fields", "field", "key"},
		{"departments", "department", "code"},
		{"routes", "route", NULL},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
		if (!put_definitions(store, list, version, package, kinds[i].section, kinds[i].kind,
			    kinds[i].key, error))
			return false;
	return true;
}

bool catalogue_put_rows(struct store *store, const struct catalog_set *set, const struct list *list,
	int version, GError **error)
{
	struct putting putting;
	putting_begin(&putting, set, list, version);
	putting.most = list->themes->len;
	g_autoptr(json_t) package = catalog_set_package_json(set, list->id);
	bool good = put_all_definitions(store, list, version, package, error) &&
		    put_some_themes(store, &putting, error);
	g_hash_table_unref(putting.guides);
	return good;
}

/* ---- in many transactions ---- */

static bool stage_definitions(struct store *store, void *data, GError **error)
{
	const struct putting *putting = data;
	const struct store_value *which = STORE_VALUES(
		STORE_TEXT("list", putting->list->id), STORE_INTEGER("version", putting->version));
	return store_run(store, STATEMENT_CATALOGUE_THEME_DROP, which, error) &&
	       store_run(store, STATEMENT_CATALOGUE_DEFINITION_DROP, which, error) &&
	       put_all_definitions(store, putting->list, putting->version, putting->package, error);
}

bool catalogue_stage_rows(struct store *store, const struct catalog_set *set,
	const struct list *list, int version, GError **error)
{
	struct putting putting;
	putting_begin(&putting, set, list, version);
	putting.most = STAGED_AT_ONCE;
	g_autoptr(json_t) package = catalog_set_package_json(set, list->id);
	putting.package = package;
	bool good = store_write(store, stage_definitions, &putting, error);
	while (good && putting.at < list->themes->len) {
		good = store_write(store, put_some_themes, &putting, error);
		if (putting.at < list->themes->len)
			g_usleep(CATALOGUE_PAUSE_US);
	}
	g_hash_table_unref(putting.guides);
	return good;
}
