/* What a version is in rows: themes, definitions, the index of names. */
#include <string.h>

#include "catalog/catalogue_rows.h"
#include "catalog/catalogue_words.h"
#include "catalog/pinyin.h"

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

static bool put_themes(struct store *store, const struct catalog_set *set, const struct list *list,
	int version, GError **error)
{
	const struct catalog_origin *origin = catalog_set_origin(set, CATALOG_KIND_LIST, list->id);
	const json_t *sources = json_object_get(origin->value, "themes");
	g_autoptr(GHashTable) guides = catalog_set_guides(set, list->id);
	for (guint i = 0; i < list->themes->len; i++) {
		const struct theme *theme = list->themes->pdata[i];
		const json_t *guide = g_hash_table_lookup(guides, theme->id);
		if (!put_theme(store, theme, version, (int)i, json_array_get(sources, i), guide,
			    error))
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

bool catalogue_put_rows(struct store *store, const struct catalog_set *set, const struct list *list,
	int version, GError **error)
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
	g_autoptr(json_t) package = catalog_set_package_json(set, list->id);
	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
		if (!put_definitions(store, list, version, package, kinds[i].section, kinds[i].kind,
			    kinds[i].key, error))
			return false;
	return put_themes(store, set, list, version, error);
}

/* ---- the index ---- */

char *catalogue_tokens(const char *text)
{
	g_autofree char *lower = g_utf8_strdown(text, -1);
	g_autofree char *normal = g_utf8_normalize(lower, -1, G_NORMALIZE_ALL_COMPOSE);
	GString *tokens = g_string_new(NULL);
	for (const char *at = normal == NULL ? "" : normal; *at != '\0';
		at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at);
		bool ascii = c < 0x80 && g_ascii_isalnum((char)c);
		bool gap = tokens->len != 0 && tokens->str[tokens->len - 1] != ' ';
		if (gap && (!ascii || (unsigned char)tokens->str[tokens->len - 1] >= 0x80))
			g_string_append_c(tokens, ' ');
		if (ascii || (c >= 0x80 && g_unichar_isalnum(c)))
			g_string_append_unichar(tokens, c);
	}
	return g_string_free(tokens, FALSE);
}

struct theme_row {
	int64_t id;
	char *name;
	char *departments;
};

static const struct store_column theme_row_columns[] = {
	STORE_COLUMN(INTEGER, struct theme_row, id),
	STORE_COLUMN(TEXT, struct theme_row, name),
	STORE_COLUMN(TEXT, struct theme_row, departments),
	STORE_COLUMNS_END,
};
static const struct store_shape theme_row_shape = {sizeof(struct theme_row), theme_row_columns};

struct list_words {
	char *short_title;
	char *title;
};

static const struct store_column list_words_columns[] = {
	{"short", STORE_TYPE_TEXT, offsetof(struct list_words, short_title)},
	STORE_COLUMN(TEXT, struct list_words, title),
	STORE_COLUMNS_END,
};
static const struct store_shape list_words_shape = {sizeof(struct list_words), list_words_columns};

/* What all themes of a version share while they are indexed. */
struct indexing {
	struct store *store;
	const struct list_words *list;
	GHashTable *sounds; /* departments → how they and the list sound; few sets, many themes */
};

static const char *sounds_of(struct indexing *indexing, const char *departments)
{
	char *sounds = g_hash_table_lookup(indexing->sounds, departments);
	if (sounds == NULL) {
		sounds = catalogue_other_sounds(departments, indexing->list->short_title);
		g_hash_table_insert(indexing->sounds, g_strdup(departments), sounds);
	}
	return sounds;
}

static bool index_theme(struct indexing *indexing, const struct theme_row *row, GError **error)
{
	const struct list_words *list = indexing->list;
	g_autofree char *name = catalogue_tokens(row->name);
	g_autofree char *departments = catalogue_department_words(row->departments);
	g_autofree char *words = g_strjoin(" ", departments, list->short_title, list->title, NULL);
	g_autofree char *other = catalogue_tokens(words);
	g_autofree char *own = pinyin_sounds(row->name);
	g_autofree char *sound = g_strjoin(" ", own, sounds_of(indexing, departments), NULL);
	return store_run(indexing->store, STATEMENT_THEME_FIND_PUT,
		STORE_VALUES(STORE_INTEGER("id", row->id), STORE_TEXT("name", name),
			STORE_TEXT("other", other), STORE_TEXT("sound", sound)),
		error);
}

static bool index_rows(struct store *store, const struct store_value *which,
	const struct list_words *list, GError **error)
{
	g_autoptr(GPtrArray) rows = store_rows(
		store, STATEMENT_CATALOGUE_THEME_OF_VERSION, which, &theme_row_shape, error);
	g_autoptr(GHashTable) sounds =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	struct indexing indexing = {store, list, sounds};
	for (guint i = 0; rows != NULL && i < rows->len; i++)
		if (!index_theme(&indexing, rows->pdata[i], error))
			return false;
	return rows != NULL;
}

static bool index_version(struct store *store, const char *list, int version, GError **error)
{
	const struct store_value *which =
		STORE_VALUES(STORE_TEXT("list", list), STORE_INTEGER("version", version));
	struct list_words words = {NULL};
	bool found = false;
	if (!store_row(store, STATEMENT_CATALOGUE_LIST_WORDS, which, &list_words_shape, &words,
		    &found, error))
		return false;
	bool done = !found || index_rows(store, which, &words, error);
	store_row_clear(&list_words_shape, &words);
	return done;
}

bool catalogue_reindex(struct store *store, const char *list, int old, int now, GError **error)
{
	const struct store_value *before =
		STORE_VALUES(STORE_TEXT("list", list), STORE_INTEGER("version", old));
	if (old != 0 && !store_run(store, STATEMENT_THEME_FIND_DROP, before, error))
		return false;
	return now == 0 || index_version(store, list, now, error);
}
