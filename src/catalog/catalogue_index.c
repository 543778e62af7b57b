/*
 * The index by which themes are found. It may hold versions that are not in force (a search looks
 * at the present one only), so that a big list is indexed ahead of its date and dropped after it,
 * some themes at a time: nobody's saving waits.
 */
#include <string.h>

#include "catalog/catalogue_rows.h"
#include "catalog/catalogue_words.h"
#include "catalog/pinyin.h"

/* Themes of one transaction: some tens of milliseconds. */
#define AT_ONCE 50
/* More than these are dropped later. */
#define MOST_AT_ONCE 500

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
struct wording {
	const struct list_words *list;
	GHashTable *sounds; /* departments → how they and the list sound; few sets, many themes */
};

static const char *sounds_of(struct wording *wording, const char *departments)
{
	char *sounds = g_hash_table_lookup(wording->sounds, departments);
	if (sounds == NULL) {
		sounds = catalogue_other_sounds(departments, wording->list->short_title);
		g_hash_table_insert(wording->sounds, g_strdup(departments), sounds);
	}
	return sounds;
}

static bool index_theme(
	struct store *store, struct wording *wording, const struct theme_row *row, GError **error)
{
	const struct list_words *list = wording->list;
	g_autofree char *name = catalogue_tokens(row->name);
	g_autofree char *departments = catalogue_department_words(row->departments);
	g_autofree char *words = g_strjoin(" ", departments, list->short_title, list->title, NULL);
	g_autofree char *other = catalogue_tokens(words);
	g_autofree char *own = pinyin_sounds(row->name);
	g_autofree char *sound = g_strjoin(" ", own, sounds_of(wording, departments), NULL);
	return store_run(store, STATEMENT_THEME_FIND_PUT,
		STORE_VALUES(STORE_INTEGER("id", row->id), STORE_TEXT("name", name),
			STORE_TEXT("other", other), STORE_TEXT("sound", sound)),
		error);
}

static GPtrArray *themes_of(struct store *store, const char *list, int version, GError **error)
{
	return store_rows(store, STATEMENT_CATALOGUE_THEME_OF_VERSION,
		STORE_VALUES(STORE_TEXT("list", list), STORE_INTEGER("version", version)),
		&theme_row_shape, error);
}

/* Themes are put from the last to the first: where the first is, all are. */
static bool is_indexed(
	struct store *store, const char *list, int version, bool *ret_indexed, GError **error)
{
	int64_t count = 0;
	if (!store_integer(store, STATEMENT_THEME_FIND_HAS,
		    STORE_VALUES(STORE_TEXT("list", list), STORE_INTEGER("version", version)), 0,
		    &count, error))
		return false;
	*ret_indexed = count != 0;
	return true;
}

/* Work on the themes of one version, from the last to the first. */
struct indexing {
	GPtrArray *rows; /* struct theme_row */
	struct wording wording;
	guint left; /* the first so many are still to be done */
	guint most; /* of one transaction */
	bool drop;
};

static bool drop_theme(struct store *store, int64_t id, GError **error)
{
	return store_run(
		store, STATEMENT_THEME_FIND_DROP_ONE, STORE_VALUES(STORE_INTEGER("id", id)), error);
}

/* What an earlier try left of a theme gives way. */
static bool do_some(struct store *store, void *data, GError **error)
{
	struct indexing *indexing = data;
	guint end = indexing->left > indexing->most ? indexing->left - indexing->most : 0;
	for (; indexing->left > end; indexing->left--) {
		const struct theme_row *row = indexing->rows->pdata[indexing->left - 1];
		if (!drop_theme(store, row->id, error) ||
			(!indexing->drop && !index_theme(store, &indexing->wording, row, error)))
			return false;
	}
	return true;
}

static bool do_rows(struct store *store, struct indexing *indexing, GError **error)
{
	bool good = true;
	indexing->left = indexing->rows->len;
	indexing->wording.sounds = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	while (good && indexing->left > 0) {
		good = store_write(store, do_some, indexing, error);
		if (indexing->left > 0)
			g_usleep(CATALOGUE_PAUSE_US);
	}
	g_hash_table_unref(indexing->wording.sounds);
	return good;
}

/* All themes of a version, `most` to a transaction. */
static bool do_all(
	struct store *store, const char *list, int version, guint most, bool drop, GError **error)
{
	struct list_words words = {NULL};
	bool found = false;
	g_autoptr(GPtrArray) rows = themes_of(store, list, version, error);
	if (rows == NULL ||
		!store_row(store, STATEMENT_CATALOGUE_LIST_WORDS,
			STORE_VALUES(STORE_TEXT("list", list), STORE_INTEGER("version", version)),
			&list_words_shape, &words, &found, error))
		return false;
	struct indexing indexing = {
		.rows = rows, .wording = {.list = &words}, .most = most, .drop = drop};
	bool good = !found || do_rows(store, &indexing, error);
	store_row_clear(&list_words_shape, &words);
	return good;
}

static bool drop_few(struct store *store, const char *list, int version, GError **error)
{
	g_autoptr(GPtrArray) rows = themes_of(store, list, version, error);
	for (guint i = rows != NULL && rows->len <= MOST_AT_ONCE ? rows->len : 0; i > 0; i--)
		if (!drop_theme(store, ((struct theme_row *)rows->pdata[i - 1])->id, error))
			return false;
	return rows != NULL;
}

bool catalogue_index(struct store *store, const char *list, int old, int now, GError **error)
{
	bool indexed = false;
	return is_indexed(store, list, now, &indexed, error) &&
	       (indexed || do_all(store, list, now, G_MAXUINT, false, error)) &&
	       (old == 0 || drop_few(store, list, old, error));
}

bool catalogue_index_ahead(struct store *store, const char *list, int version, GError **error)
{
	bool indexed = false;
	return is_indexed(store, list, version, &indexed, error) &&
	       (indexed || do_all(store, list, version, AT_ONCE, false, error));
}

struct past_row {
	char *list;
	int64_t version;
};

static const struct store_column past_columns[] = {
	STORE_COLUMN(TEXT, struct past_row, list),
	STORE_COLUMN(INTEGER, struct past_row, version),
	STORE_COLUMNS_END,
};
static const struct store_shape past_shape = {sizeof(struct past_row), past_columns};

bool catalogue_tidy(struct store *store, GError **error)
{
	g_autoptr(GPtrArray) past = store_rows(
		store, STATEMENT_CATALOGUE_VERSION_PAST, STORE_NO_VALUES, &past_shape, error);
	for (guint i = 0; past != NULL && i < past->len; i++) {
		const struct past_row *row = past->pdata[i];
		bool indexed = false;
		if (!is_indexed(store, row->list, (int)row->version, &indexed, error) ||
			(indexed &&
				!do_all(store, row->list, (int)row->version, AT_ONCE, true, error)))
			return false;
	}
	return past != NULL;
}
