#include "catalog/sheet_limit.h"

#include <stdlib.h>
#include <string.h>

#include "core/words.h"

bool sheet_number(const char *text, int *ret_number)
{
	size_t digits = strspn(text, "0123456789");
	const char *rest = text + digits;
	if (digits == 0 || digits > 9)
		return false;
	if (rest[0] == '.' && rest[1] == '0')
		rest += 1 + strspn(rest + 1, "0");
	if (rest[0] != '\0')
		return false;
	*ret_number = (int)g_ascii_strtoll(text, NULL, 10);
	return true;
}

char *sheet_date(const char *text)
{
	g_auto(GStrv) parts = g_regex_split_simple(
		"^([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?$", text, 0, 0);
	if (g_strv_length(parts) != 5)
		return NULL;
	return g_strdup_printf("%s-%02d-%02d", parts[1], atoi(parts[2]), atoi(parts[3]));
}

/* How people write a unit; the first of each unit is how we write it. */
static const struct {
	const char *words;
	enum limit_unit unit;
} units[] = {
	{"个工作日", LIMIT_UNIT_WORKING_DAY},
	{"工作日", LIMIT_UNIT_WORKING_DAY},
	{"日", LIMIT_UNIT_CALENDAR_DAY},
	{"天", LIMIT_UNIT_CALENDAR_DAY},
	{"自然日", LIMIT_UNIT_CALENDAR_DAY},
	{"个自然日", LIMIT_UNIT_CALENDAR_DAY},
	{"个月", LIMIT_UNIT_MONTH},
	{"月", LIMIT_UNIT_MONTH},
	{"小时", LIMIT_UNIT_HOUR},
	{"个小时", LIMIT_UNIT_HOUR},
};

static const char *const at_once[] = {"即办", "当场办结", "即时办结", "即办件", NULL};

char *sheet_limit_words(const json_t *limit)
{
	int number = (int)json_integer_or(limit, "number", 0);
	enum limit_unit unit = limit_unit_from_name(json_text(limit, "unit", ""));
	if (number == 0 && unit == LIMIT_UNIT_WORKING_DAY)
		return g_strdup(at_once[0]);
	for (size_t i = 0; i < G_N_ELEMENTS(units); i++)
		if (units[i].unit == unit)
			return g_strdup_printf("%d%s", number, units[i].words);
	return g_strdup("");
}

static bool set(json_t *limit, int number, enum limit_unit unit)
{
	json_object_set_new(limit, "number", json_integer(number));
	return json_object_set_new(limit, "unit", json_string(limit_unit_word(unit))) == 0;
}

bool sheet_limit_read(const char *text, json_t *limit)
{
	size_t digits = strspn(text, "0123456789");
	g_autofree char *number_words = g_strndup(text, digits);
	const char *unit = text + digits;
	int number = 0;
	if (g_strv_contains(at_once, text))
		return set(limit, 0, LIMIT_UNIT_WORKING_DAY);
	if (!sheet_number(number_words, &number))
		return false;
	unit += strspn(unit, " ");
	for (size_t i = 0; i < G_N_ELEMENTS(units); i++)
		if (strcmp(units[i].words, unit) == 0)
			return set(limit, number, units[i].unit);
	return false;
}
