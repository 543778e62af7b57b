#include "cli/example.h"

#include <string.h>

#include "base/err.h"
#include "catalog/catalogue.h"
#include "core/date.h"
#include "core/party.h"
#include "core/situation.h"
#include "core/words.h"

#define MOST_TRIES 20000 /* paths looked at before giving up */

struct walk {
	const struct theme *theme;
	const struct definitions *definitions;
	GHashTable *answers;
	GHashTable *deselected;
	int tries;
};

/* Of a 二选一 group that no question decides, all but the first are left. */
static void settle_choices(struct walk *walk, const struct situation *situation)
{
	g_autoptr(GHashTable) taken = g_hash_table_new(g_str_hash, g_str_equal);
	for (guint i = 0; i < situation->items->len; i++) {
		const struct situation_item *item = situation->items->pdata[i];
		bool open = item->standing == ITEM_STANDING_IN ||
			    item->standing == ITEM_STANDING_UNDECIDED;
		if (!open || item->item->choice[0] == '\0')
			continue;
		if (!g_hash_table_add(taken, item->item->choice))
			g_hash_table_add(walk->deselected, GINT_TO_POINTER(item->item->index));
	}
}

static struct situation *look(struct walk *walk)
{
	return situation_new(walk->theme, walk->definitions, walk->answers, walk->deselected);
}

/* Depth first: the first path that settles. */
static struct situation *settle(struct walk *walk)
{
	if (++walk->tries > MOST_TRIES)
		return NULL;
	struct situation *situation = look(walk);
	if (situation->blocks->len == 0 && situation->open->len == 0) {
		g_hash_table_remove_all(walk->deselected);
		if (!situation_is_settled(situation)) {
			settle_choices(walk, situation);
			situation_free(situation);
			situation = look(walk);
		}
		if (situation_is_settled(situation))
			return situation;
	}
	const struct question *question = situation->blocks->len == 0 && situation->open->len > 0
						  ? situation->open->pdata[0]
						  : NULL;
	situation_free(situation);
	for (guint i = 0; question != NULL && i < question->options->len; i++) {
		const struct option *option = question->options->pdata[i];
		if (option->blocks[0] != '\0')
			continue;
		g_hash_table_insert(walk->answers, question->id, option->id);
		struct situation *found = settle(walk);
		if (found != NULL)
			return found;
		g_hash_table_remove(walk->answers, question->id);
	}
	return NULL;
}

static const char *invented_value(const struct field *field, int64_t now_ms)
{
	static char date[CIVIL_DATE_TEXT_SIZE];
	switch (field->validator) {
	case FIELD_VALIDATOR_NAME:
		return g_str_has_prefix(field->key, "firm.") ? "演示商行" : "演示一";
	case FIELD_VALIDATOR_IDENTITY:
	case FIELD_VALIDATOR_DOCUMENT:
		return "110101190001010014";
	case FIELD_VALIDATOR_CREDIT:
		return "91110101MA0000007T";
	case FIELD_VALIDATOR_PHONE:
		return "13000000001";
	case FIELD_VALIDATOR_POSTCODE:
		return "100000";
	case FIELD_VALIDATOR_EMAIL:
		return "yanshi@example.invalid";
	case FIELD_VALIDATOR_DATE:
		civil_date_to_text(civil_date_of_ms(now_ms), date);
		return date;
	case FIELD_VALIDATOR_INTEGER:
	case FIELD_VALIDATOR_DECIMAL:
		return "1";
	case FIELD_VALIDATOR_CHOICE:
		return field->options == NULL || field->options[0] == NULL ? "" : field->options[0];
	default:
		return "演示内容";
	}
}

static json_t *example_fields(const struct situation *situation, int64_t now_ms)
{
	json_t *object = json_object();
	for (guint i = 0; i < situation->fields->len; i++) {
		const struct situation_field *use = situation->fields->pdata[i];
		if (use->required)
			json_object_set_new(object, use->field->key,
				json_string(invented_value(use->field, now_ms)));
	}
	return object;
}

static json_t *example_materials(const struct situation *situation)
{
	json_t *array = json_array();
	for (guint i = 0; i < situation->materials->len; i++) {
		const struct situation_material *use = situation->materials->pdata[i];
		json_array_append_new(array, json_pack("{s:s,s:s}", "material", use->material->code,
						     "status", "received"));
	}
	return array;
}

static json_t *example_answers(const struct walk *walk, const struct situation *situation)
{
	json_t *object = json_object();
	for (guint i = 0; i < situation->questions->len; i++) {
		const struct question *question = situation->questions->pdata[i];
		const char *option = g_hash_table_lookup(walk->answers, question->id);
		if (option != NULL)
			json_object_set_new(object, question->id, json_string(option));
	}
	return object;
}

static gint by_number(gconstpointer a, gconstpointer b)
{
	return GPOINTER_TO_INT(a) - GPOINTER_TO_INT(b);
}

static json_t *example_deselected(const struct walk *walk)
{
	json_t *array = json_array();
	g_autoptr(GList) items = g_list_sort(g_hash_table_get_keys(walk->deselected), by_number);
	for (GList *item = items; item != NULL; item = item->next)
		json_array_append_new(array, json_integer(GPOINTER_TO_INT(item->data)));
	return array;
}

static json_t *example_of(
	const struct walk *walk, const struct situation *situation, int64_t now_ms)
{
	json_t *parties =
		json_pack("[{s:s,s:s,s:s,s:s,s:s}]", "role", "applicant", "name", "演示一", "phone",
			"13000000001", "document", "identity", "number", "110101190001010014");
	return json_pack("{s:s,s:s,s:o,s:o,s:o,s:o,s:o}", "list", walk->theme->list, "theme",
		walk->theme->id, "answers", example_answers(walk, situation), "deselected",
		example_deselected(walk), "parties", parties, "fields",
		example_fields(situation, now_ms), "materials", example_materials(situation));
}

json_t *example_application(
	struct store *store, const char *list, const char *theme_id, int64_t now_ms, GError **error)
{
	g_autoptr(theme) theme = NULL;
	g_autoptr(definitions) definitions = NULL;
	if (!catalogue_open_theme(store, list, 0, theme_id, &theme, &definitions, error))
		return NULL;
	g_autoptr(GHashTable) answers = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GHashTable) deselected = g_hash_table_new(NULL, NULL);
	struct walk walk = {theme, definitions, answers, deselected, 0};
	g_autoptr(situation) situation = settle(&walk);
	if (situation == NULL) {
		bool itemless = theme->items->len == 0;
		err_set_next(error, ERR_CODE_BLOCKED,
			itemless ? words_of_no_items() : "这个主题还没有可办的情形",
			itemless ? "请换一个列出事项的同类主题"
				 : "请换一个已上架的主题，或先补充它的办事指南");
		return NULL;
	}
	return example_of(&walk, situation, now_ms);
}
