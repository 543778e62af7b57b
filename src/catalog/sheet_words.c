/* The validator's words, which speak of JSON, for people who see the sheets. */
#include "catalog/sheet_words.h"

#include <stdlib.h>
#include <string.h>

static bool is_word(char c)
{
	return g_ascii_isalnum(c) || c == '_' || c == '.' || c == '/';
}

/* The heading of a member of the sheet, or the file of its rows; NULL for any other word. */
static const char *word_for(enum sheet_id id, const char *word)
{
	static const struct {
		const char *word, *name;
	} others[] = {
		{"general", "通用做法"},
		{"materials/", "材料.csv"},
		{"fields/", "字段.csv"},
		{"departments.json", "部门.csv"},
		{"services/", "服务.csv"},
		{"routes", "路由.csv"},
		{"audience", "主题编号"},
		{"choice", "选择"},
		{"number", "数字"},
		{"date", "日期"},
		{"integer", "整数"},
		{"decimal", "小数"},
		{"none", "无"},
		{"null", "空白"},
	};
	int column = sheet_column_of(id, word);
	if (column >= 0)
		return sheets[id].columns[column].heading;
	for (int held = 0; held < SHEET_COUNT; held++)
		if (sheets[held].owner == id && strcmp(sheets[held].member, word) == 0)
			return sheets[held].file;
	for (size_t i = 0; i < G_N_ELEMENTS(others); i++)
		if (strcmp(others[i].word, word) == 0)
			return others[i].name;
	return NULL;
}

/* Whether the word stands in quotes by itself: “promised”. */
static bool is_quoted(const char *text, const char *from, const char *to)
{
	static const char open[] = "“", close[] = "”";
	gsize size = strlen(open);
	return (gsize)(from - text) >= size && memcmp(from - size, open, size) == 0 &&
	       g_str_has_prefix(to, close);
}

/* Puts headings for members, everywhere or only where they stand in quotes. */
static char *with_headings(enum sheet_id id, const char *text, bool only_quoted)
{
	GString *words = g_string_new(NULL);
	const char *end = text;
	for (const char *at = text; *at != '\0'; at = end) {
		while (is_word(*end))
			end++;
		g_autofree char *word = g_strndup(at, (gsize)(end - at));
		const char *name = NULL;
		if (end == at)
			end++;
		else if (!only_quoted || is_quoted(text, at, end))
			name = word_for(id, word);
		if (name == NULL)
			g_string_append_len(words, at, end - at);
		else
			g_string_append(words, name);
	}
	return g_string_free(words, FALSE);
}

static gboolean count_from_one(const GMatchInfo *match, GString *out, gpointer data)
{
	g_autofree char *number = g_match_info_fetch(match, 1);
	g_string_append_printf(out, "第 %d 项", atoi(number) + 1);
	return FALSE;
}

/* The validator counts the rows of a theme from 0, the sheet shows 事项序号 from 1. */
static char *with_numbers(const char *text)
{
	g_autoptr(GRegex) rows = g_regex_new("第 ([0-9]{1,6}) 行", 0, 0, NULL);
	return g_regex_replace_eval(rows, text, -1, 0, 0, count_from_one, NULL, NULL);
}

char *sheet_words_cause(enum sheet_id id, const char *text)
{
	g_autofree char *words = with_headings(id, text, true);
	return with_numbers(words);
}

char *sheet_words_mend(enum sheet_id id, const char *text)
{
	return with_headings(id, text, false);
}

char *sheet_words_entry(const char *text)
{
	const char *limit = strstr(text, " 期限 ");
	g_autofree char *words =
		limit == NULL ? g_strdup(text) : g_strndup(text, (gsize)(limit - text));
	return with_numbers(words);
}
