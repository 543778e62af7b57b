#include "print/slot.h"

#include "base/err.h"
#include "base/text.h"

#define MINUTES_EAST (8 * 60) /* civil time is UTC+8 everywhere */

bool slot_fail(GError **error, const struct slot_place *place, const char *what, const char *word)
{
	g_autofree char *clean = text_clean(word, false);
	g_autofree char *sentence = g_strdup_printf(
		"模板 %s 第 %d 行：%s「%s」", place->file, place->line, what, clean);
	return err_set_next(error, ERR_CODE_INVALID, sentence,
		"请按 printers/README.md 改正模板，或补齐单据数据");
}

/* One step of a path. */
static const json_t *member(const json_t *value, const char *key)
{
	if (json_is_object(value))
		return json_object_get(value, key);
	char *end = NULL;
	guint64 index = g_ascii_strtoull(key, &end, 10);
	if (json_is_array(value) && end != key && *end == '\0')
		return json_array_get(value, index);
	return NULL;
}

static const json_t *follow(const json_t *value, char **steps)
{
	for (; value != NULL && *steps != NULL; steps++)
		value = member(value, *steps);
	return value;
}

const json_t *slot_find(const struct slot_scope *scope, const char *name)
{
	if (strcmp(name, ".") == 0)
		return scope->value;
	g_autofree char *path = g_strdup(name);
	if (g_str_has_suffix(path, "?"))
		path[strlen(path) - 1] = '\0';
	g_auto(GStrv) steps = g_strsplit(path, ".", 8);
	for (; scope != NULL; scope = scope->up) {
		const json_t *found = follow(scope->value, steps);
		if (found != NULL)
			return found;
	}
	return NULL;
}

/* ---- filters: a value's text → what is printed ---- */

static char *filter_date(const char *text, const json_t *value, int number)
{
	int year, month, day, end = 0;
	if (sscanf(text, "%4d-%2d-%2d%n", &year, &month, &day, &end) != 3 || text[end] != '\0')
		return g_strdup(text); /* words such as “待定” stay */
	return g_strdup_printf("%d年%d月%d日", year, month, day);
}

/* Civil time of UTC milliseconds; NULL when value is none. */
static GDateTime *civil_time(const json_t *value)
{
	if (!json_is_integer(value))
		return NULL;
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(json_integer_value(value) / 1000);
	return utc ? g_date_time_add_minutes(utc, MINUTES_EAST) : NULL;
}

static char *filter_time(const char *text, const json_t *value, int number)
{
	g_autoptr(GDateTime) civil = civil_time(value);
	if (civil == NULL)
		return g_strdup(text);
	return g_strdup_printf("%d年%d月%d日 %02d:%02d", g_date_time_get_year(civil),
		g_date_time_get_month(civil), g_date_time_get_day_of_month(civil),
		g_date_time_get_hour(civil), g_date_time_get_minute(civil));
}

static char *filter_day(const char *text, const json_t *value, int number)
{
	g_autoptr(GDateTime) civil = civil_time(value);
	if (civil == NULL)
		return g_strdup(text);
	return g_strdup_printf("%d年%d月%d日", g_date_time_get_year(civil),
		g_date_time_get_month(civil), g_date_time_get_day_of_month(civil));
}

static char *filter_join(const char *text, const json_t *value, int number)
{
	g_autoptr(GString) joined = g_string_new(NULL);
	size_t index;
	json_t *element;
	json_array_foreach(value, index, element)
	{
		g_autofree char *clean = json_is_integer(element)
						 ? g_strdup_printf("%" JSON_INTEGER_FORMAT,
							   json_integer_value(element))
						 : text_clean(json_string_value(element), false);
		g_string_append_printf(joined, "%s%s", index > 0 ? "、" : "", clean);
	}
	return g_string_free(g_steal_pointer(&joined), FALSE);
}

/* Lines of `number` hanzi. */
static char *filter_wrap(const char *text, const json_t *value, int number)
{
	g_autoptr(GPtrArray) lines = text_wrap(text, number > 0 ? 2 * number : 40);
	g_ptr_array_add(lines, NULL);
	char *wrapped = g_strjoinv("\n", (char **)lines->pdata);
	g_ptr_array_set_size(lines, (gint)lines->len - 1);
	return wrapped;
}

static char *filter_mask(const char *text, const json_t *value, int number)
{
	return text_mask_number(text);
}

static char *filter_mask_name(const char *text, const json_t *value, int number)
{
	return text_mask_name(text);
}

static char *filter_count(const char *text, const json_t *value, int number)
{
	return g_strdup_printf("%zu", json_array_size(value));
}

static char *filter_or_dash(const char *text, const json_t *value, int number)
{
	return g_strdup(text[0] == '\0' ? "—" : text);
}

static const struct {
	const char *name;
	char *(*apply)(const char *text, const json_t *value, int number);
} filters[] = {
	{"date", filter_date},
	{"time", filter_time},
	{"day", filter_day},
	{"join", filter_join},
	{"wrap", filter_wrap},
	{"mask", filter_mask},
	{"mask_name", filter_mask_name},
	{"count", filter_count},
	{"or_dash", filter_or_dash},
};

static char *apply_filter(char *text, const char *filter, const json_t *value)
{
	g_auto(GStrv) parts = g_strsplit(filter, ":", 2);
	int number = parts[0] != NULL && parts[1] != NULL ? atoi(parts[1]) : 0;
	for (size_t i = 0; i < G_N_ELEMENTS(filters); i++) {
		if (g_strcmp0(filters[i].name, parts[0]) != 0)
			continue;
		char *filtered = filters[i].apply(text, value, number);
		g_free(text);
		return filtered;
	}
	g_free(text);
	return NULL;
}

/* A scalar as text; NULL for objects. A list has no text of its own (count makes one). */
static char *scalar(const json_t *value)
{
	if (json_is_string(value))
		return text_clean(json_string_value(value), true);
	if (json_is_integer(value))
		return g_strdup_printf("%" JSON_INTEGER_FORMAT, json_integer_value(value));
	if (json_is_boolean(value))
		return g_strdup(json_is_true(value) ? "是" : "否");
	if (json_is_null(value) || json_is_array(value))
		return g_strdup("");
	return NULL;
}

/* ---- one slot ---- */

static char *value_text(const struct slot_scope *scope, const char *name,
	const struct slot_place *place, GError **error)
{
	g_auto(GStrv) parts = g_strsplit(name, "|", -1);
	if (strcmp(parts[0], "#") == 0)
		return g_strdup_printf("%d", scope->number);
	const json_t *value = slot_find(scope, parts[0]);
	if (value == NULL && !g_str_has_suffix(parts[0], "?")) {
		slot_fail(error, place, "数据里没有", parts[0]);
		return NULL;
	}
	char *text = value == NULL ? g_strdup("") : scalar(value);
	if (text == NULL || (json_is_array(value) && parts[1] == NULL)) {
		g_free(text);
		slot_fail(error, place, "这个名称不是一个值，要用循环", parts[0]);
		return NULL;
	}
	for (char **filter = parts + 1; *filter != NULL; filter++) {
		text = apply_filter(text, *filter, value);
		if (text == NULL) {
			slot_fail(error, place, "不认识的写法", *filter);
			return NULL;
		}
	}
	return text;
}

char *slot_fill(const char *text, const struct slot_scope *scope, bool escape,
	const struct slot_place *place, GError **error)
{
	g_autoptr(GString) filled = g_string_new(NULL);
	for (;;) {
		const char *open = strstr(text, "{{");
		if (open == NULL)
			break;
		const char *close = strstr(open, "}}");
		if (close == NULL) {
			slot_fail(error, place, "缺少 }}", open);
			return NULL;
		}
		g_autofree char *name = g_strstrip(g_strndup(open + 2, (gsize)(close - open - 2)));
		g_autofree char *value = value_text(scope, name, place, error);
		if (value == NULL)
			return NULL;
		g_autofree char *safe = escape ? g_markup_escape_text(value, -1) : NULL;
		g_string_append_len(filled, text, open - text);
		g_string_append(filled, safe != NULL ? safe : value);
		text = close + 2;
	}
	g_string_append(filled, text);
	return g_string_free(g_steal_pointer(&filled), FALSE);
}
