/* Finding themes by what a clerk types. */
#include <string.h>

#include "catalog/catalogue_rows.h"

/* More or longer than this is not what a clerk types. */
#define MOST_RUNS 8
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

/* ---- what was typed ---- */

static void end_hanzi(GPtrArray *runs, GString *hanzi)
{
	if (hanzi->len != 0 && runs->len < MOST_RUNS)
		g_ptr_array_add(runs, g_strdup(hanzi->str));
	g_string_truncate(hanzi, 0);
}

/* kai便利店 is two runs: kai, and 便 利 店. */
static void add_runs(GPtrArray *runs, const char *word)
{
	g_autofree char *tokens = catalogue_tokens(word);
	g_auto(GStrv) each = g_strsplit(tokens, " ", -1);
	g_autoptr(GString) hanzi = g_string_new(NULL);
	for (char **token = each; *token != NULL; token++) {
		if (**token == '\0')
			continue;
		if ((unsigned char)**token >= 0x80) {
			g_string_append_printf(hanzi, "%s%s", hanzi->len ? " " : "", *token);
			continue;
		}
		end_hanzi(runs, hanzi);
		if (runs->len < MOST_RUNS)
			g_ptr_array_add(runs, g_strdup(*token));
	}
	end_hanzi(runs, hanzi);
}

/* The runs of letters and of hanzi a clerk typed, in order; char *, owned by the array. */
static GPtrArray *typed_runs(const char *text)
{
	g_autofree char *typed = catalog_quote(text, MOST_TYPED);
	g_autofree char *spaced = g_utf8_normalize(typed, -1, G_NORMALIZE_ALL_COMPOSE);
	g_auto(GStrv) words = g_strsplit_set(spaced, " \t", -1);
	GPtrArray *runs = g_ptr_array_new_with_free_func(g_free);
	for (char **word = words; *word != NULL; word++)
		add_runs(runs, *word);
	return runs;
}

/* Hanzi are a phrase in the names; letters the beginning of a word or of a sound. */
static char *match_of(const GPtrArray *runs)
{
	GString *match = g_string_new(NULL);
	for (guint i = 0; i < runs->len; i++) {
		const char *run = runs->pdata[i];
		g_string_append(match, i == 0 ? "" : " AND ");
		if ((unsigned char)run[0] < 0x80)
			g_string_append_printf(
				match, "({name other} : \"%s\" * OR sound : \"%s\" *)", run, run);
		else
			g_string_append_printf(match, "{name other} : \"%s\"", run);
	}
	return g_string_free(match, runs->len == 0);
}

char *catalogue_match(const char *text)
{
	g_autoptr(GPtrArray) runs = typed_runs(text);
	return match_of(runs);
}

static bool is_blank(const char *text)
{
	for (; *text != '\0'; text = g_utf8_next_char(text))
		if (!g_unichar_isspace(g_utf8_get_char(text)))
			return false;
	return true;
}

GPtrArray *catalogue_search(
	struct store *store, const char *text, int most, int64_t now_ms, GError **error)
{
	g_autofree char *clean = catalog_quote(text, MOST_TYPED);
	if (is_blank(clean))
		return store_rows(store, STATEMENT_THEME_BROWSE,
			STORE_VALUES(STORE_INTEGER("now_ms", now_ms), STORE_INTEGER("most", most)),
			&catalogue_hit_shape, error);
	g_autoptr(GPtrArray) runs = typed_runs(text);
	if (runs->len == 0)
		return g_ptr_array_new();
	g_autofree char *match = match_of(runs);
	g_auto(GStrv) parts = g_strsplit(runs->pdata[0], " ", -1);
	g_autofree char *first = g_strjoinv("", parts);
	bool letters = (unsigned char)first[0] < 0x80;
	return store_rows(store, STATEMENT_THEME_SEARCH,
		STORE_VALUES(STORE_TEXT("match", match), STORE_TEXT("text", first),
			STORE_INTEGER("letters", letters ? (int64_t)strlen(first) : 0),
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
