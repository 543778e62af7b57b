#include "catalog/sheet_cell.h"

#include <string.h>

#include "catalog/layout.h"
#include "catalog/sheet_limit.h"

/* The word of the JSON for what stands on no law, and its name in a sheet. */
#define GENERAL "general"
#define GENERAL_NAME "通用做法"

typedef char *write_cell(const struct sheet_column *column, const json_t *value);
typedef bool read_cell(const struct sheet_column *column, const char *text, json_t *object,
	struct cell_problem *problem);

static bool is_wrong(struct cell_problem *problem, const char *mend, const char *fmt, ...)
	G_GNUC_PRINTF(3, 4);
static bool is_wrong(struct cell_problem *problem, const char *mend, const char *fmt, ...)
{
	va_list arguments;
	va_start(arguments, fmt);
	problem->what = g_strdup_vprintf(fmt, arguments);
	va_end(arguments);
	problem->mend = g_strdup(mend);
	return false;
}

static bool set(json_t *object, const struct sheet_column *column, json_t *value)
{
	return json_object_set_new(object, column->member, value) == 0;
}

static bool set_text(json_t *object, const struct sheet_column *column, const char *text)
{
	return set(object, column, json_string(text));
}

static char *quoted(const char *text)
{
	return catalog_quote(text, 40);
}

/* ---- texts ---- */

static char *write_text(const struct sheet_column *column, const json_t *value)
{
	return g_strdup(json_is_string(value) ? json_string_value(value) : "");
}

/* A line feed at an end is a slip of the keyboard; no text of a list has one. */
static bool read_text(const struct sheet_column *column, const char *text, json_t *object,
	struct cell_problem *problem)
{
	text += strspn(text, "\r\n");
	gsize size = strlen(text);
	while (size != 0 && strchr("\r\n", text[size - 1]) != NULL)
		size--;
	return size == 0 || set(object, column, json_stringn(text, size));
}

static char *write_texts(const struct sheet_column *column, const json_t *value)
{
	GString *lines = g_string_new(NULL);
	size_t i;
	json_t *text;
	json_array_foreach(value, i, text)
	{
		g_string_append_printf(lines, "%s%s", i == 0 ? "" : "\n", json_string_value(text));
	}
	return g_string_free(lines, FALSE);
}

static bool read_texts(const struct sheet_column *column, const char *text, json_t *object,
	struct cell_problem *problem)
{
	g_auto(GStrv) lines = g_strsplit_set(text, "\r\n", -1);
	g_autoptr(json_t) array = json_array();
	for (char **line = lines; *line != NULL; line++)
		if ((*line)[0] != '\0')
			json_array_append_new(array, json_string(*line));
	return json_array_size(array) == 0 || set(object, column, json_incref(array));
}

char *cell_plain(enum cell_kind kind, const char *text)
{
	g_autofree char *plain = g_strdup(text);
	g_strstrip(plain);
	if (kind == CELL_CODE)
		return g_ascii_strup(plain, -1);
	return kind == CELL_NAME ? g_ascii_strdown(plain, -1) : g_steal_pointer(&plain);
}

static bool read_plain(const struct sheet_column *column, const char *text, json_t *object,
	struct cell_problem *problem)
{
	g_autofree char *plain = cell_plain(column->kind, text);
	return plain[0] == '\0' || set_text(object, column, plain);
}

static char *write_basis(const struct sheet_column *column, const json_t *value)
{
	const char *text = json_is_string(value) ? json_string_value(value) : "";
	return g_strdup(strcmp(text, GENERAL) == 0 ? GENERAL_NAME : text);
}

static bool read_basis(const struct sheet_column *column, const char *text, json_t *object,
	struct cell_problem *problem)
{
	g_autofree char *plain = cell_plain(CELL_BASIS, text);
	return read_text(
		column, strcmp(plain, GENERAL_NAME) == 0 ? GENERAL : text, object, problem);
}

/* ---- numbers, flags, words, dates ---- */

static char *write_integer(const struct sheet_column *column, const json_t *value)
{
	return json_is_integer(value)
		       ? g_strdup_printf("%lld", (long long)json_integer_value(value))
		       : g_strdup("");
}

static bool read_integer(const struct sheet_column *column, const char *text, json_t *object,
	struct cell_problem *problem)
{
	g_autofree char *plain = cell_plain(CELL_INTEGER, text);
	int number = 0;
	if (plain[0] == '\0')
		return true;
	if (sheet_number(plain, &number))
		return set(object, column, json_integer(number));
	g_autofree char *shown = quoted(text);
	return is_wrong(problem, "请写整数，如 2", "“%s”不是整数", shown);
}

static char *write_flag(const struct sheet_column *column, const json_t *value)
{
	return g_strdup(json_is_true(value) ? "是" : "否");
}

static bool read_flag(const struct sheet_column *column, const char *text, json_t *object,
	struct cell_problem *problem)
{
	static const char *const yes[] = {
		"是", "有", "√", "✓", "Y", "YES", "TRUE", "1", "1.0", NULL};
	static const char *const no[] = {"否", "无", "×", "N", "NO", "FALSE", "0", "0.0", "", NULL};
	g_autofree char *plain = cell_plain(CELL_CODE, text);
	if (g_strv_contains(yes, plain))
		return set(object, column, json_true());
	if (g_strv_contains(no, plain))
		return true;
	g_autofree char *shown = quoted(text);
	return is_wrong(problem, "请写“是”或“否”，空白是否", "看不懂“%s”", shown);
}

static int find_word(const struct sheet_column *column, const char *text)
{
	int i = 0;
	while (i < column->count && strcmp(column->name((unsigned)i), text) != 0 &&
		strcmp(column->word((unsigned)i), text) != 0)
		i++;
	return i;
}

static char *write_word(const struct sheet_column *column, const json_t *value)
{
	int found =
		json_is_string(value) ? find_word(column, json_string_value(value)) : column->count;
	return g_strdup(found < column->count ? column->name((unsigned)found) : "");
}

static bool read_word(const struct sheet_column *column, const char *text, json_t *object,
	struct cell_problem *problem)
{
	g_autofree char *plain = cell_plain(CELL_WORD, text);
	int found = find_word(column, plain);
	if (plain[0] == '\0' || found < column->count)
		return plain[0] == '\0' || set_text(object, column, column->word((unsigned)found));
	g_autoptr(GString) mend = g_string_new("应是以下之一：");
	for (int i = 0; i < column->count; i++)
		g_string_append_printf(mend, "%s%s", i == 0 ? "" : "、", column->name((unsigned)i));
	g_autofree char *shown = quoted(text);
	return is_wrong(problem, mend->str, "不认识“%s”", shown);
}

/* What is no date stands as it is, for the validator to name the form. */
static bool read_date(const struct sheet_column *column, const char *text, json_t *object,
	struct cell_problem *problem)
{
	g_autofree char *plain = cell_plain(CELL_DATE, text);
	g_autofree char *date = sheet_date(plain);
	return plain[0] == '\0' || set_text(object, column, date == NULL ? plain : date);
}

/* ---- conditions ---- */

static char *write_condition(const struct sheet_column *column, const json_t *value)
{
	GString *terms = g_string_new(NULL);
	const char *question;
	json_t *options, *option;
	size_t i;
	json_object_foreach((json_t *)value, question, options)
	{
		g_string_append_printf(terms, "%s%s=", terms->len == 0 ? "" : "; ", question);
		json_array_foreach(options, i, option)
		{
			g_string_append_printf(
				terms, "%s%s", i == 0 ? "" : "|", json_string_value(option));
		}
	}
	return g_string_free(terms, FALSE);
}

static const char condition_mend[] = "请写成 问题代码=选项代码，几个选项之间用 |，几个条件之间用 "
				     ";，如 food=hot|cold; licensed=no";

static bool read_options(json_t *options, char *text, struct cell_problem *problem)
{
	g_auto(GStrv) parts = g_strsplit(text, "|", -1);
	if (parts[0] == NULL)
		return is_wrong(problem, condition_mend, "等号后面没有选项");
	for (char **part = parts; *part != NULL; part++) {
		g_autofree char *plain = cell_plain(CELL_NAME, *part);
		if (plain[0] == '\0')
			return is_wrong(problem, condition_mend, "有一个选项是空的");
		if (!form_local_id(plain)) {
			g_autofree char *shown = quoted(plain);
			return is_wrong(problem, condition_mend, "“%s”不是选项代码", shown);
		}
		json_array_append_new(options, json_string(plain));
	}
	return true;
}

static bool read_term(json_t *condition, char *term, struct cell_problem *problem)
{
	char *equals = strchr(term, '=');
	g_autofree char *shown = quoted(g_strstrip(term));
	if (equals == NULL)
		return is_wrong(problem, condition_mend, "“%s”里没有 =", shown);
	*equals = '\0';
	g_autofree char *question = cell_plain(CELL_NAME, term);
	if (!form_local_id(question))
		return is_wrong(problem, condition_mend, "“%s”的 = 前面不是问题代码", shown);
	if (json_object_get(condition, question) != NULL)
		return is_wrong(
			problem, "请合并成一个条件，选项之间用 |", "问题 %s 写了两次", question);
	json_t *options = json_array();
	json_object_set_new(condition, question, options);
	return read_options(options, equals + 1, problem);
}

/* A Chinese keyboard gives the wide signs. */
static char *narrow(const char *text)
{
	static const char *const wide[][2] = {
		{"；", ";"}, {"｜", "|"}, {"＝", "="}, {"\n", ";"}, {"\r", ""}, {"　", " "}};
	GString *all = g_string_new(text);
	for (size_t i = 0; i < G_N_ELEMENTS(wide); i++)
		g_string_replace(all, wide[i][0], wide[i][1], 0);
	return g_string_free(all, FALSE);
}

static bool read_condition(const struct sheet_column *column, const char *text, json_t *object,
	struct cell_problem *problem)
{
	g_autofree char *plain = narrow(text);
	g_auto(GStrv) terms = g_strsplit(plain, ";", -1);
	g_autoptr(json_t) condition = json_object();
	for (char **term = terms; *term != NULL; term++)
		if (g_strstrip(*term)[0] != '\0' && !read_term(condition, *term, problem))
			return false;
	return json_object_size(condition) == 0 || set(object, column, json_incref(condition));
}

/* ---- limits ---- */

static char *write_limit(const struct sheet_column *column, const json_t *value)
{
	return json_is_object(value) ? sheet_limit_words(value) : g_strdup("");
}

/* The limit object of the member, which two columns fill. */
static json_t *limit_of(const struct sheet_column *column, json_t *object)
{
	json_t *limit = json_object_get(object, column->member);
	if (limit == NULL) {
		limit = json_object();
		set(object, column, limit);
	}
	return limit;
}

static bool read_limit(const struct sheet_column *column, const char *text, json_t *object,
	struct cell_problem *problem)
{
	g_autofree char *plain = cell_plain(CELL_LIMIT, text);
	if (plain[0] == '\0' || sheet_limit_read(plain, limit_of(column, object)))
		return true;
	g_autofree char *shown = quoted(text);
	return is_wrong(
		problem, "请写成 10个工作日、30日、2个月、4小时 或 即办", "看不懂时限“%s”", shown);
}

static char *write_limit_basis(const struct sheet_column *column, const json_t *value)
{
	return write_basis(column, json_object_get(value, "basis"));
}

static bool read_limit_basis(const struct sheet_column *column, const char *text, json_t *object,
	struct cell_problem *problem)
{
	static const struct sheet_column basis = {.member = "basis", .kind = CELL_BASIS};
	return read_basis(&basis, text, limit_of(column, object), problem);
}

/* ---- themes and their rows ---- */

char *cell_theme_words(const char *id)
{
	GString *words = g_string_new(NULL);
	for (const char *at = id; *at != '\0'; at++) {
		bool between = *at == '-' && at != id && g_ascii_isdigit(at[-1]);
		g_string_append(words, between ? "、" : (char[]){*at, '\0'});
	}
	return g_string_free(words, FALSE);
}

/* Takes audience and numbers apart; false when the words are no theme. */
static bool parse_theme(const char *text, const char **ret_audience, json_t *numbers)
{
	static const char *const audiences[] = {"企业", "个人"};
	*ret_audience = "";
	for (size_t i = 0; i < G_N_ELEMENTS(audiences); i++)
		if (g_str_has_prefix(text, audiences[i])) {
			*ret_audience = audiences[i];
			text += strlen(audiences[i]);
			text += strspn(text, " -");
		}
	g_autoptr(GString) plain = g_string_new(text);
	g_string_replace(plain, "、", "-", 0);
	g_string_replace(plain, "，", "-", 0);
	g_auto(GStrv) parts = g_strsplit_set(plain->str, "-,", -1);
	for (char **part = parts; *part != NULL; part++) {
		int number = 0;
		if (!sheet_number(g_strstrip(*part), &number))
			return false;
		json_array_append_new(numbers, json_integer(number));
	}
	return json_array_size(numbers) != 0;
}

static bool set_theme(json_t *object, const char *text)
{
	g_autofree char *plain = cell_plain(CELL_THEME, text);
	const char *audience = "";
	json_t *numbers = json_array();
	bool parsed = parse_theme(plain, &audience, numbers);
	json_object_set_new(object, "no", numbers);
	if (audience[0] != '\0')
		json_object_set_new(object, "audience", json_string(audience));
	return parsed;
}

char *cell_theme_id(const char *text)
{
	g_autoptr(json_t) object = json_object();
	return set_theme(object, text) ? layout_theme_id(object) : cell_plain(CELL_THEME, text);
}

static bool read_theme(const struct sheet_column *column, const char *text, json_t *object,
	struct cell_problem *problem)
{
	if (set_theme(object, text))
		return true;
	g_autofree char *shown = quoted(text);
	return is_wrong(
		problem, "请写成 企业-2、个人-6、1，两个序号写 6、7", "“%s”不是主题编号", shown);
}

static char *write_rows(const struct sheet_column *column, const json_t *value)
{
	GString *labels = g_string_new(NULL);
	size_t i;
	json_t *row;
	json_array_foreach(value, i, row)
	{
		g_string_append_printf(labels, "%s%lld", i == 0 ? "" : "、",
			(long long)json_integer_value(row) + 1);
	}
	return g_string_free(labels, FALSE);
}

/* ---- all kinds ---- */

static const struct {
	write_cell *write;
	read_cell *read;
} kinds[CELL_KIND_COUNT] = {
	[CELL_TEXT] = {write_text, read_text},
	[CELL_TEXTS] = {write_texts, read_texts},
	[CELL_INTEGER] = {write_integer, read_integer},
	[CELL_FLAG] = {write_flag, read_flag},
	[CELL_WORD] = {write_word, read_word},
	[CELL_DATE] = {write_text, read_date},
	[CELL_CODE] = {write_text, read_plain},
	[CELL_NAME] = {write_text, read_plain},
	[CELL_BASIS] = {write_basis, read_basis},
	[CELL_CONDITION] = {write_condition, read_condition},
	[CELL_LIMIT] = {write_limit, read_limit},
	[CELL_LIMIT_BASIS] = {write_limit_basis, read_limit_basis},
	[CELL_THEME] = {NULL, read_theme},
	[CELL_ROWS] = {write_rows, NULL},
};

char *cell_write(const struct sheet_column *column, const json_t *object)
{
	if (column->kind != CELL_THEME)
		return kinds[column->kind].write(column, json_object_get(object, column->member));
	g_autofree char *id = layout_theme_id(object);
	return cell_theme_words(id);
}

bool cell_read(const struct sheet_column *column, const char *text, json_t *object,
	struct cell_problem *ret_problem)
{
	return kinds[column->kind].read(column, text, object, ret_problem);
}
