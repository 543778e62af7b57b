/* Between a member of an entry and a row of its form. */
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/text.h"
#include "screens/bureau.h"

#define MOST_TEXT 1000 /* characters of a line */

/* ---- what a form shows ---- */

static char *joined(const json_t *array, const char *between)
{
	GString *text = g_string_new(NULL);
	size_t i;
	json_t *value;
	json_array_foreach((json_t *)array, i, value)
	{
		g_string_append(text, i == 0 ? "" : between);
		if (json_is_integer(value))
			g_string_append_printf(text, "%d", (int)json_integer_value(value) + 1);
		else
			g_string_append(text, json_string_value(value));
	}
	return g_string_free(text, FALSE);
}

char *bureau_cell_text(const struct bureau_cell *cell, const json_t *object)
{
	const json_t *value = json_object_get(object, cell->key);
	switch (cell->kind) {
	case BUREAU_CELL_TEXT:
		return g_strdup(json_text(object, cell->key, ""));
	case BUREAU_CELL_NUMBER:
		return value == NULL ? g_strdup("")
				     : g_strdup_printf("%d", (int)json_integer_value(value));
	case BUREAU_CELL_LINES:
		return joined(value, " | ");
	case BUREAU_CELL_ROWS:
		return joined(value, ",");
	case BUREAU_CELL_WHEN:
		return bureau_condition_text(value);
	default:
		return g_strdup("");
	}
}

int bureau_cell_choice(const struct bureau_cell *cell, const json_t *object)
{
	if (cell->kind == BUREAU_CELL_FLAG)
		return json_flag(object, cell->key, false) ? 1 : 0;
	const char *word = json_text(object, cell->key, "");
	for (int i = 0; cell->kind == BUREAU_CELL_WORD && i < cell->count; i++)
		if (strcmp(cell->word((unsigned)i), word) == 0)
			return i;
	return 0;
}

/* ---- what was answered ---- */

static bool read_number(const char *text, int *ret_number)
{
	char *end = NULL;
	long number = strtol(text, &end, 10);
	if (end == text || *end != '\0' || number < 0 || number > 100000)
		return false;
	*ret_number = (int)number;
	return true;
}

static json_t *number_of(const char *label, const char *text, GError **error)
{
	int number = 0;
	if (read_number(text, &number))
		return json_integer(number);
	g_autofree char *sentence = g_strdup_printf("“%s”不是数字", label);
	err_set_next(error, ERR_CODE_INVALID, sentence, "请只写数字，如 5");
	return NULL;
}

static json_t *lines_of(const char *text)
{
	json_t *lines = json_array();
	g_auto(GStrv) parts = g_strsplit(text, "|", -1);
	for (char **part = parts; *part != NULL; part++)
		if (*g_strstrip(*part) != '\0')
			json_array_append_new(lines, json_string(*part));
	return lines;
}

static json_t *numbers_of(const char *label, const char *text, GError **error)
{
	g_autoptr(json_t) rows = json_array();
	g_auto(GStrv) parts = g_strsplit_set(text, ", ", -1);
	for (char **part = parts; *part != NULL; part++) {
		int number = 0;
		if (**part == '\0')
			continue;
		if (!read_number(*part, &number) || number == 0) {
			g_autofree char *sentence = g_strdup_printf("“%s”里有不是行号的", label);
			err_set_next(error, ERR_CODE_INVALID, sentence, "请写行号，如 1,3");
			return NULL;
		}
		json_array_append_new(rows, json_integer(number - 1));
	}
	return g_steal_pointer(&rows);
}

static json_t *value_of(
	const struct bureau_cell *cell, const char *label, const char *text, GError **error)
{
	switch (cell->kind) {
	case BUREAU_CELL_NUMBER:
		return number_of(label, text, error);
	case BUREAU_CELL_LINES:
		return lines_of(text);
	case BUREAU_CELL_ROWS:
		return numbers_of(label, text, error);
	case BUREAU_CELL_WHEN:
		return bureau_condition_parse(text, error);
	default:
		return json_string(text);
	}
}

/* A choice is written when it differs, or when the object is new and says nothing yet. */
static bool set_choice(const struct bureau_cell *cell, json_t *object, int choice)
{
	bool silent = cell->kind == BUREAU_CELL_WORD && json_object_get(object, cell->key) == NULL;
	if (!silent && choice == bureau_cell_choice(cell, object))
		return true;
	json_t *value = cell->kind == BUREAU_CELL_FLAG ? json_boolean(choice == 1)
						       : json_string(cell->word((unsigned)choice));
	return json_object_set_new(object, cell->key, value) == 0;
}

/* What is as before stays as it is written, so that an unchanged form changes no byte. */
static bool set_cell(const struct bureau_cell *cell, const char *label, json_t *object,
	const struct ask_answer *answer, GError **error)
{
	if (cell->kind == BUREAU_CELL_WORD || cell->kind == BUREAU_CELL_FLAG)
		return set_choice(cell, object, answer->choice);
	g_autofree char *before = bureau_cell_text(cell, object);
	g_autofree char *text = g_strstrip(text_clean(answer->text, false));
	if (strcmp(before, text) == 0)
		return true;
	if (text[0] == '\0')
		return json_object_del(object, cell->key) == 0;
	json_t *value = value_of(cell, label, text, error);
	return value != NULL && json_object_set_new(object, cell->key, value) == 0;
}

/* ---- a whole form ---- */

/* The object a form works on: a text stands in one of its own. A new reference. */
static json_t *object_at(const struct bureau_form *form, const json_t *document, const char *path,
	const json_t *fresh)
{
	const json_t *value = bureau_at(document, path);
	if (form->target == BUREAU_TARGET_SENTENCE)
		return json_pack("{s:s}", "text", value == NULL ? "" : json_string_value(value));
	if (value != NULL)
		return json_deep_copy(value);
	return fresh == NULL ? json_object() : json_deep_copy(fresh);
}

static bool put_back(const struct bureau_form *form, json_t *document, const char *path,
	json_t *object, GError **error)
{
	if (form->target == BUREAU_TARGET_SENTENCE) {
		const char *text = json_text(object, "text", "");
		return bureau_put(document, path, json_string(text)) ||
		       err_set(error, ERR_CODE_INVALID, "这一行已经不在了");
	}
	if (form->target == BUREAU_TARGET_LIMIT && json_object_get(object, "number") == NULL) {
		bureau_put(document, path, NULL);
		return true;
	}
	if (path[0] == '\0') {
		json_object_clear(document);
		return json_object_update(document, object) == 0;
	}
	return bureau_put(document, path, json_incref(object)) ||
	       err_set(error, ERR_CODE_INVALID, "这一行已经不在了");
}

bool bureau_form_apply(const struct bureau_form *form, json_t *document, const char *path,
	const json_t *fresh, const struct ask_answer *answers, GError **error)
{
	g_autoptr(json_t) object = object_at(form, document, path, fresh);
	for (int i = 0; i < form->count; i++)
		if (!set_cell(&form->cells[i], form->rows[i].label, object, &answers[i], error))
			return false;
	return put_back(form, document, path, object, error);
}

void bureau_form_open(struct app *app, const struct bureau_form *form, const json_t *document,
	const char *path, const char *question,
	bool (*done)(struct app *, void *, const struct ask_answer *, GError **), void *data)
{
	g_autoptr(json_t) object = object_at(form, document, path, NULL);
	char *texts[ASK_MOST_ROWS] = {NULL};
	struct ask ask = {.title = form->title,
		.question = question,
		.rows = form->rows,
		.count = form->count,
		.most = MOST_TEXT,
		.subject = form->target == BUREAU_TARGET_LIMIT ? 1 : 0, /* how long it is */
		.done = done,
		.data = data};
	for (int i = 0; i < form->count; i++) {
		ask.texts[i] = texts[i] = bureau_cell_text(&form->cells[i], object);
		ask.members[i] = form->cells[i].key;
		ask.chosen[i] = bureau_cell_choice(&form->cells[i], object);
	}
	app_ask_form(app, &ask);
	for (int i = 0; i < form->count; i++)
		g_free(texts[i]);
}
