/* Finding themes by what a clerk types. */
#include <string.h>

#include "catalog/catalogue_rows.h"

/* More words or longer ones than this are not what a clerk types. */
#define MOST_WORDS 8
#define MOST_TYPED 200

static const struct store_column hit_columns[] = {
	STORE_COLUMN(TEXT, struct theme_hit, list),
	STORE_COLUMN(INTEGER, struct theme_hit, version),
	STORE_COLUMN(TEXT, struct theme_hit, theme),
	STORE_COLUMN(TEXT, struct theme_hit, name),
	{"short", STORE_TYPE_TEXT, offsetof(struct theme_hit, short_title)},
	STORE_COLUMN(TEXT, struct theme_hit, departments),
	STORE_COLUMN(INTEGER, struct theme_hit, items),
	STORE_COLUMN(INTEGER, struct theme_hit, on_shelf),
	STORE_COLUMN(INTEGER, struct theme_hit, described),
	STORE_COLUMNS_END,
};
const struct store_shape catalogue_hit_shape = {sizeof(struct theme_hit), hit_columns};

static bool is_ascii(const char *text)
{
	for (; *text != '\0'; text++)
		if ((unsigned char)*text >= 0x80)
			return false;
	return true;
}

/* One word: a phrase of hanzi in the names, or letters as the beginning of a word or of a sound. */
static void append_word(GString *match, const char *tokens)
{
	if (match->len != 0)
		g_string_append(match, " AND ");
	if (is_ascii(tokens) && strchr(tokens, ' ') == NULL)
		g_string_append_printf(
			match, "({name other} : \"%s\" * OR sound : \"%s\" *)", tokens, tokens);
	else
		g_string_append_printf(match, "{name other} : \"%s\"", tokens);
}

char *catalogue_match(const char *text)
{
	g_autofree char *typed = catalog_quote(text, MOST_TYPED);
	g_autofree char *spaced = g_utf8_normalize(typed, -1, G_NORMALIZE_ALL_COMPOSE);
	g_auto(GStrv) words = g_strsplit_set(spaced, " \t", -1);
	GString *match = g_string_new(NULL);
	int count = 0;
	for (char **word = words; *word != NULL && count < MOST_WORDS; word++) {
		g_autofree char *tokens = catalogue_tokens(*word);
		g_strstrip(tokens);
		if (tokens[0] == '\0')
			continue;
		append_word(match, tokens);
		count++;
	}
	return g_string_free(match, count == 0);
}

GPtrArray *catalogue_search(
	struct store *store, const char *text, int most, int64_t now_ms, GError **error)
{
	g_autofree char *clean = catalog_quote(text, MOST_TYPED);
	g_autofree char *lower = g_utf8_strdown(g_strstrip(clean), -1);
	if (lower[0] == '\0')
		return store_rows(store, STATEMENT_THEME_BROWSE,
			STORE_VALUES(STORE_INTEGER("now_ms", now_ms), STORE_INTEGER("most", most)),
			&catalogue_hit_shape, error);
	g_autofree char *match = catalogue_match(text);
	if (match == NULL)
		return g_ptr_array_new();
	return store_rows(store, STATEMENT_THEME_SEARCH,
		STORE_VALUES(STORE_TEXT("match", match), STORE_TEXT("text", lower),
			STORE_INTEGER("now_ms", now_ms), STORE_INTEGER("most", most)),
		&catalogue_hit_shape, error);
}

bool catalogue_use(
	struct store *store, const char *list, const char *theme, int64_t now_ms, GError **error)
{
	return store_run(store, STATEMENT_THEME_USE_COUNT,
		STORE_VALUES(STORE_TEXT("list", list), STORE_TEXT("theme", theme),
			STORE_INTEGER("now_ms", now_ms)),
		error);
}
