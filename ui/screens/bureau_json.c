/* Entries as JSON: paths, conditions, limits. */
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "core/words.h"
#include "screens/bureau.h"

static json_t *child(const json_t *value, const char *step)
{
	if (json_is_array(value))
		return json_array_get(value, (size_t)strtoul(step, NULL, 10));
	return json_object_get(value, step);
}

json_t *bureau_at(const json_t *document, const char *path)
{
	json_t *value = (json_t *)document;
	if (path[0] == '\0')
		return value;
	g_auto(GStrv) steps = g_strsplit(path, "/", -1);
	for (char **step = steps; value != NULL && *step != NULL; step++)
		value = child(value, *step);
	return value;
}

static bool put_element(json_t *array, size_t index, json_t *value)
{
	if (value == NULL)
		return json_array_remove(array, index) == 0;
	if (index == json_array_size(array))
		return json_array_append_new(array, value) == 0;
	return json_array_set_new(array, index, value) == 0;
}

bool bureau_put(json_t *document, const char *path, json_t *value)
{
	const char *last = strrchr(path, '/');
	g_autofree char *above =
		last == NULL ? g_strdup("") : g_strndup(path, (gsize)(last - path));
	last = last == NULL ? path : last + 1;
	json_t *parent = bureau_at(document, above);
	if (parent == NULL && above[0] != '\0') {
		/* the first of an array that the entry left out */
		bureau_put(document, above, json_array());
		parent = bureau_at(document, above);
	}
	if (json_is_array(parent))
		return put_element(parent, (size_t)strtoul(last, NULL, 10), value);
	if (json_is_object(parent) && value != NULL)
		return json_object_set_new(parent, last, value) == 0;
	if (json_is_object(parent))
		return json_object_del(parent, last) == 0;
	json_decref(value);
	return false;
}

bool bureau_move(json_t *document, const char *path, int step, char **ret_path)
{
	const char *last = strrchr(path, '/');
	g_autofree char *above = g_strndup(path, last == NULL ? 0 : (gsize)(last - path));
	json_t *array = bureau_at(document, above);
	if (last == NULL || !json_is_array(array))
		return false;
	long from = strtol(last + 1, NULL, 10), to = from + step;
	if (to < 0 || to >= (long)json_array_size(array))
		return false;
	json_t *value = json_incref(json_array_get(array, (size_t)from));
	json_array_remove(array, (size_t)from);
	json_array_insert_new(array, (size_t)to, value);
	*ret_path = g_strdup_printf("%s/%ld", above, to);
	return true;
}

/* ---- conditions ---- */

static void append_options(GString *text, const json_t *options, const char *between)
{
	size_t i;
	json_t *option;
	json_array_foreach((json_t *)options, i, option) g_string_append_printf(
		text, "%s%s", i == 0 ? "" : between, json_string_value(option));
}

char *bureau_condition_text(const json_t *condition)
{
	GString *text = g_string_new(NULL);
	const char *question;
	json_t *options;
	json_object_foreach((json_t *)condition, question, options)
	{
		g_string_append_printf(text, "%s%s=", text->len == 0 ? "" : " ", question);
		append_options(text, options, ",");
	}
	return g_string_free(text, FALSE);
}

/* The element of an array of objects with that id, borrowed. */
static const json_t *by_id(const json_t *array, const char *id)
{
	size_t i;
	json_t *element;
	json_array_foreach((json_t *)array, i,
		element) if (strcmp(json_text(element, "id", ""), id) == 0) return element;
	return NULL;
}

static void append_answers(GString *words, const json_t *question, const json_t *options)
{
	size_t i;
	json_t *option;
	json_array_foreach((json_t *)options, i, option)
	{
		const char *id = json_string_value(option);
		const json_t *known = by_id(json_object_get(question, "options"), id);
		g_string_append_printf(
			words, "%s“%s”", i == 0 ? "" : "或", json_text(known, "text", id));
	}
}

char *bureau_condition_words(const json_t *condition, const json_t *guide)
{
	GString *words = g_string_new(NULL);
	const char *id;
	json_t *options;
	json_object_foreach((json_t *)condition, id, options)
	{
		const json_t *question = by_id(json_object_get(guide, "questions"), id);
		g_string_append_printf(words, "%s“%s”答", words->len == 0 ? "" : "，并且",
			json_text(question, "text", id));
		append_answers(words, question, options);
	}
	return g_string_free(words, FALSE);
}

static json_t *options_of(const char *text)
{
	json_t *options = json_array();
	g_auto(GStrv) words = g_strsplit(text, ",", -1);
	for (char **word = words; *word != NULL; word++)
		if (**word != '\0')
			json_array_append_new(options, json_string(*word));
	return options;
}

json_t *bureau_condition_parse(const char *text, GError **error)
{
	g_autoptr(json_t) condition = json_object();
	g_auto(GStrv) terms = g_strsplit_set(text, " \t", -1);
	for (char **term = terms; *term != NULL; term++) {
		char *equals = strchr(*term, '=');
		if (**term == '\0')
			continue;
		if (equals == NULL || equals == *term || equals[1] == '\0') {
			err_set_next(error, ERR_CODE_INVALID, "条件没有写成“问题=选项”",
				"请写成 licensed=no 或 food=bulk,cook，几个条件之间用空格隔开");
			return NULL;
		}
		*equals = '\0';
		json_object_set_new(condition, *term, options_of(equals + 1));
	}
	return g_steal_pointer(&condition);
}

char *bureau_limit_words(const json_t *limit)
{
	if (limit == NULL)
		return g_strdup("");
	json_int_t number = json_integer_or(limit, "number", 0);
	if (number == 0)
		return g_strdup("即办");
	enum limit_unit unit = limit_unit_from_name(json_text(limit, "unit", ""));
	return g_strdup_printf(
		"%d个%s", (int)number, unit < LIMIT_UNIT_COUNT ? limit_unit_name(unit) : "");
}
