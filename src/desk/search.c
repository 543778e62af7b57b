/* The one box (SCREENS rule 1). */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "desk/private.h"
#include "desk/queue_rows.h"

#define MOST_TEXT 60

struct search {
	struct desk *desk;
	int64_t most;
	GPtrArray *rows;
	GHashTable *seen; /* ids */
};

static bool add_id(struct search *search, const char *id, GError **error)
{
	if ((int64_t)search->rows->len >= search->most ||
		!g_hash_table_add(search->seen, g_strdup(id)))
		return true;
	struct queue_row row = {0};
	bool found = false;
	if (!store_row(search->desk->store, STATEMENT_QUEUE_ROW, STORE_VALUES(STORE_TEXT("id", id)),
		    &queue_shape, &row, &found, error))
		return false;
	if (found)
		queue_rows_add(search->desk, search->rows, &row);
	store_row_clear(&queue_shape, &row);
	return true;
}

static bool add_all(
	struct search *search, int statement, const struct store_value *values, GError **error)
{
	g_autoptr(GPtrArray) ids =
		store_rows(search->desk->store, statement, values, &id_shape, error);
	for (guint i = 0; ids != NULL && i < ids->len; i++)
		if (!add_id(search, ((struct id_row *)ids->pdata[i])->id, error))
			return false;
	return ids != NULL;
}

static bool by_code(struct search *search, const char *text, bool *ret_known, GError **error)
{
	struct code_result code;
	*ret_known = false;
	if (!code_check(text, &code))
		return true;
	if (code.kind == CODE_KIND_IDENTITY || code.kind == CODE_KIND_CREDIT) {
		struct digest hash = store_keyed_digest(search->desk->store, code.value);
		return add_all(search, STATEMENT_SEARCH_IDENTITY,
			STORE_VALUES(STORE_BLOB("hash", hash.bytes, DIGEST_SIZE),
				STORE_INTEGER("most", search->most)),
			error);
	}
	*ret_known = true;
	g_autofree char *id = NULL;
	bool number = code.kind == CODE_KIND_CASE;
	const struct store_value key = number ? (struct store_value)STORE_TEXT("number", code.value)
					      : (struct store_value)STORE_TEXT("label", code.value);
	if (!store_text(search->desk->store,
		    number ? STATEMENT_CASE_ID_BY_NUMBER : STATEMENT_CASE_ID_BY_LABEL,
		    STORE_VALUES(key), &id, error))
		return false;
	return id == NULL || add_id(search, id, error);
}

/* The beginning of a case number: digits, letters and hyphens, at least two. */
static bool by_number(struct search *search, const char *text, GError **error)
{
	size_t length = strspn(text, "0123456789ABCDEFGHJKLMNPQRTUWXYabcdefghjklmnpqrtuwxy-");
	if (length < 2 || text[length] != '\0' || !isdigit((unsigned char)text[0]))
		return true;
	g_autofree char *low = g_ascii_strup(text, -1);
	g_autofree char *high = g_strconcat(low, "~", NULL);
	return add_all(search, STATEMENT_SEARCH_NUMBER,
		STORE_VALUES(STORE_TEXT("low", low), STORE_TEXT("high", high),
			STORE_INTEGER("most", search->most)),
		error);
}

#define ALPHABET "0123456789ABCDEFGHJKLMNPQRTUWXY"

/* As it is spoken: window and number of any day (3A0037, 3A37), or a day before it (261120-3A0037).
 */
static bool by_spoken(struct search *search, const char *text, GError **error)
{
	g_autoptr(GRegex) shape = g_regex_new("^(?:([0-9]{4}|[0-9]{6})-?)?([" ALPHABET
					      "]{2})([0-9]{1,4})(-[" ALPHABET "]?)?$",
		G_REGEX_CASELESS, 0, NULL);
	g_autoptr(GMatchInfo) match = NULL;
	if (!g_regex_match(shape, text, 0, &match))
		return true;
	g_autofree char *date = g_match_info_fetch(match, 1),
			*window = g_match_info_fetch(match, 2);
	g_autofree char *number = g_match_info_fetch(match, 3), *end = g_match_info_fetch(match, 4);
	g_autofree char *whole = g_strdup_printf("%s%04d", window, atoi(number));
	g_autofree char *begun = g_strconcat(window, number, end, NULL);
	const char *lows[] = {whole, begun};
	for (size_t i = 0; i < G_N_ELEMENTS(lows); i++) {
		g_autofree char *low = g_ascii_strup(lows[i], -1);
		g_autofree char *high = g_strconcat(low, "~", NULL);
		if (!add_all(search, STATEMENT_SEARCH_SPOKEN,
			    STORE_VALUES(STORE_TEXT("low", low), STORE_TEXT("high", high),
				    STORE_TEXT("date", date), STORE_INTEGER("most", search->most)),
			    error))
			return false;
	}
	return true;
}

static bool by_last4(struct search *search, const char *text, GError **error)
{
	if (strlen(text) != 4)
		return true;
	g_autofree char *last4 = g_ascii_strup(text, -1);
	return add_all(search, STATEMENT_SEARCH_LAST4,
		STORE_VALUES(STORE_TEXT("last4", last4), STORE_INTEGER("most", search->most)),
		error);
}

/* A phrase of hanzi, or the beginning of initials and pinyin; every character outside letters is a
 * break. */
static char *match_words(const char *text)
{
	GString *phrase = g_string_new("names : \"");
	bool letters = true, any = false;
	for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at);
		if (!g_unichar_isalnum(c))
			continue;
		any = true;
		letters = letters && c < 0x80;
		g_string_append_unichar(phrase, g_unichar_tolower(c));
		if (c > 0x2E80)
			g_string_append_c(phrase, ' ');
	}
	g_string_append(phrase, letters ? "\"*" : "\"");
	if (any)
		return g_string_free(phrase, FALSE);
	g_string_free(phrase, TRUE);
	return NULL;
}

static bool by_name(struct search *search, const char *text, GError **error)
{
	g_autofree char *words = match_words(text);
	return words == NULL || add_all(search, STATEMENT_SEARCH_NAMES,
					STORE_VALUES(STORE_TEXT("words", words),
						STORE_INTEGER("most", search->most)),
					error);
}

static bool search_all(struct search *search, const char *text, GError **error)
{
	bool known = false;
	if (!by_code(search, text, &known, error))
		return false;
	return known || (by_number(search, text, error) && by_spoken(search, text, error) &&
				by_last4(search, text, error) && by_name(search, text, error));
}

GPtrArray *desk_search(struct desk *desk, const char *text, int64_t most, GError **error)
{
	if (!desk_may(desk, DESK_ACT_READ, error))
		return NULL;
	g_autofree char *clean = g_strstrip(text_clean(text, false));
	struct search search = {desk, most, queue_rows_new(),
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
	bool done = *clean == '\0' || g_utf8_strlen(clean, -1) > MOST_TEXT ||
		    search_all(&search, clean, error);
	g_hash_table_unref(search.seen);
	if (done)
		return search.rows;
	g_ptr_array_unref(search.rows);
	return NULL;
}
