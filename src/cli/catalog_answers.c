/* A situation from a file: what the applicant answered, and which items are left out. */
#include <string.h>

#include "base/err.h"
#include "cli/catalog.h"

void catalog_answers_clear(struct catalog_answers *answers)
{
	g_clear_pointer(&answers->chosen, g_hash_table_unref);
	g_clear_pointer(&answers->deselected, g_hash_table_unref);
	json_decref(answers->document);
}

static bool check_answer(
	const struct theme *theme, const char *id, const char *option, GError **error)
{
	const struct question *question = theme_question(theme, id);
	g_autofree char *shown = catalog_quote(id, 40);
	g_autofree char *given = catalog_quote(option == NULL ? "" : option, 40);
	if (question == NULL)
		return err_set(error, ERR_CODE_INVALID, "没有这个问题：%s", shown);
	return question_option(question, option) != NULL ||
	       err_set(error, ERR_CODE_INVALID, "问题 %s 没有选项 %s", shown, given);
}

static bool take_chosen(struct catalog_answers *answers, const struct theme *theme,
	const json_t *object, GError **error)
{
	const char *question;
	json_t *value;
	json_object_foreach((json_t *)object, question, value)
	{
		const char *option = json_string_value(value);
		if (!check_answer(theme, question, option, error))
			return false;
		g_hash_table_insert(answers->chosen, (gpointer)question, (gpointer)option);
	}
	return true;
}

static bool take_deselected(struct catalog_answers *answers, const struct theme *theme,
	const json_t *array, GError **error)
{
	size_t i;
	json_t *value;
	json_array_foreach(array, i, value)
	{
		json_int_t index = json_is_integer(value) ? json_integer_value(value) : -1;
		if (index < 0 || index >= (json_int_t)theme->items->len)
			return err_set(error, ERR_CODE_INVALID,
				"deselected 要写事项的行号，0 到 %d", (int)theme->items->len - 1);
		g_hash_table_add(answers->deselected, GINT_TO_POINTER((int)index));
	}
	return true;
}

bool catalog_answers_read(struct catalog_answers *answers, const struct theme *theme,
	const char *path, GError **error)
{
	answers->chosen = g_hash_table_new(g_str_hash, g_str_equal);
	answers->deselected = g_hash_table_new(NULL, NULL);
	if (path == NULL)
		return true;
	answers->document = json_read_file(path, error);
	if (answers->document == NULL)
		return false;
	if (!json_is_object(answers->document))
		return err_set(error, ERR_CODE_INVALID, "回答要写成 {\"问题\":\"选项\"}");
	const json_t *inner = json_object_get(answers->document, "answers");
	const json_t *chosen = json_is_object(inner) ? inner : answers->document;
	return take_chosen(answers, theme, chosen, error) &&
	       take_deselected(
		       answers, theme, json_object_get(answers->document, "deselected"), error);
}
