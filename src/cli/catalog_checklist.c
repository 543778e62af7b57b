/* catalog checklist: what one situation of a theme needs. */
#include <string.h>

#include "base/text.h"
#include "catalog/catalogue.h"
#include "cli/catalog.h"
#include "cli/cli.h"
#include "core/situation.h"
#include "desk/bureau.h"
#include "core/words.h"

/* ---- the answer in JSON ---- */

static const char *standing_word(enum item_standing standing)
{
	static const char *const words[] = {
		"in", "out_by_answer", "out_by_choice", "undecided", "not_offered"};
	return words[standing];
}

static json_t *indexes_json(const GArray *indexes)
{
	json_t *array = json_array();
	for (guint i = 0; i < indexes->len; i++)
		json_array_append_new(array, json_integer(g_array_index(indexes, int, i)));
	return array;
}

static json_t *texts_json(const char *const *texts, guint count)
{
	json_t *array = json_array();
	for (guint i = 0; i < count; i++)
		json_array_append_new(array, json_string(texts[i]));
	return array;
}

/* 参考，以当地实施清单为准, or by what the hall confirmed the item's service. g_free. */
static char *mark_of(const struct situation_item *item)
{
	const struct service *service = item->service;
	return desk_bureau_confirmed_words(service == NULL ? NULL : service->confirmed,
		service == NULL ? NULL : service->confirmed_on);
}

static json_t *item_json(const struct situation_item *item, const char *department)
{
	g_autofree char *mark = mark_of(item);
	return json_pack("{s:i,s:s,s:s,s:s,s:s,s:s,s:s,s:b,s:s}", "index", item->item->index,
		"name", item->item->name, "dept", item->item->dept, "level", item->item->level,
		"service", item->item->service, "department", department, "standing",
		standing_word(item->standing), "fixed", (int)item->fixed, "mark", mark);
}

static json_t *material_json(const struct situation_material *material)
{
	const struct material *about = material->material;
	json_t *points = texts_json(
		(const char *const *)material->review_points->pdata, material->review_points->len);
	return json_pack("{s:s,s:s,s:s,s:i,s:i,s:b,s:s,s:s,s:s,s:o,s:o}", "code", about->code,
		"name", about->name, "necessity", necessity_word(material->necessity), "originals",
		material->originals, "copies", material->copies, "image", (int)material->image,
		"certificate", about->certificate, "issuer", about->issuer, "original_holder",
		material->original_holder, "review_points", points, "items",
		indexes_json(material->items));
}

static json_t *field_json(const struct situation_field *field)
{
	const struct field *about = field->field;
	json_t *options =
		texts_json((const char *const *)about->options, g_strv_length(about->options));
	return json_pack("{s:s,s:s,s:s,s:s,s:b,s:s,s:i,s:o,s:o}", "key", about->key, "label",
		about->label, "type", field_type_word(about->type), "validator",
		field_validator_word(about->validator), "required", (int)field->required, "hint",
		about->hint, "most", about->most, "options", options, "items",
		indexes_json(field->items));
}

static json_t *question_json(const struct question *question)
{
	json_t *options = json_array();
	for (guint i = 0; i < question->options->len; i++) {
		const struct option *option = question->options->pdata[i];
		json_array_append_new(options, json_pack("{s:s,s:s,s:s}", "id", option->id, "text",
						       option->text, "hint", option->hint));
	}
	return json_pack("{s:s,s:s,s:s,s:o}", "id", question->id, "text", question->text, "hint",
		question->hint, "options", options);
}

static json_t *block_json(const struct situation_block *block)
{
	return json_pack("{s:s,s:s,s:s}", "question", block->question, "reason", block->reason,
		"remedy", block->remedy);
}

typedef json_t *to_json(gconstpointer element);

static json_t *array_json(const GPtrArray *elements, to_json *convert)
{
	json_t *array = json_array();
	for (guint i = 0; i < elements->len; i++)
		json_array_append_new(array, convert(elements->pdata[i]));
	return array;
}

static json_t *items_json(const struct theme *theme, const struct definitions *definitions,
	const struct situation *situation)
{
	json_t *array = json_array();
	for (guint i = 0; i < situation->items->len; i++) {
		const struct situation_item *item = situation->items->pdata[i];
		const struct department *department =
			definitions_route_item(definitions, theme->list, item->item);
		json_array_append_new(
			array, item_json(item, department == NULL ? "" : department->code));
	}
	return array;
}

/* Every question asked in this situation with its answer, null while there is none. */
static json_t *asked_json(const struct situation *situation, GHashTable *chosen)
{
	json_t *array = json_array();
	for (guint i = 0; i < situation->questions->len; i++) {
		const struct question *question = situation->questions->pdata[i];
		const char *answer = g_hash_table_lookup(chosen, question->id);
		json_array_append_new(
			array, json_pack("{s:s,s:s?}", "id", question->id, "answer", answer));
	}
	return array;
}

static json_t *situation_json(const struct theme *theme, const struct definitions *definitions,
	const struct situation *situation, GHashTable *chosen)
{
	g_autofree char *mark = desk_bureau_confirmed_words(theme->confirmed, theme->confirmed_on);
	json_t *object = json_pack("{s:s,s:i,s:s,s:s,s:s,s:b}", "list", theme->list, "version",
		theme->version, "theme", theme->id, "name", theme->display, "mark", mark, "settled",
		(int)situation_is_settled(situation));
	json_object_set_new(object, "items", items_json(theme, definitions, situation));
	json_object_set_new(
		object, "materials", array_json(situation->materials, (to_json *)material_json));
	json_object_set_new(object, "fields", array_json(situation->fields, (to_json *)field_json));
	json_object_set_new(
		object, "questions", array_json(situation->open, (to_json *)question_json));
	json_object_set_new(object, "asked", asked_json(situation, chosen));
	json_object_set_new(object, "blocks", array_json(situation->blocks, (to_json *)block_json));
	json_object_set_new(
		object, "conflicts", array_json(situation->conflicts, (to_json *)json_string));
	return object;
}

/* ---- the answer in words ---- */

static void say_item(struct cli *cli, const struct situation_item *item)
{
	static const char *const names[] = {"办理", "不涉及", "不办", "待定", "不收"};
	bool shown = item->service != NULL && (item->standing == ITEM_STANDING_IN ||
						      item->standing == ITEM_STANDING_UNDECIDED);
	g_autofree char *mark = shown ? mark_of(item) : g_strdup("");
	cli_say(cli, "  %s %d %s（%s）%s%s", names[item->standing], item->item->index,
		item->item->name, item->item->dept, shown ? "  " : "", mark);
}

static void say_situation(
	struct cli *cli, const struct theme *theme, const struct situation *situation)
{
	g_autofree char *mark = desk_bureau_confirmed_words(theme->confirmed, theme->confirmed_on);
	cli_say(cli, "%s（%s %s）指南%s", theme->display, theme->list, theme->id, mark);
	for (guint i = 0; i < situation->blocks->len; i++) {
		const struct situation_block *block = situation->blocks->pdata[i];
		cli_say(cli, "  不能办理：%s；%s", block->reason, block->remedy);
	}
	if (situation->items->len == 0)
		cli_say(cli, "  %s", words_of_no_items());
	for (guint i = 0; i < situation->items->len; i++)
		say_item(cli, situation->items->pdata[i]);
	for (guint i = 0; i < situation->materials->len; i++) {
		const struct situation_material *material = situation->materials->pdata[i];
		cli_say(cli, "  材料 %s  %s 原件%d 复印件%d%s", material->material->name,
			necessity_name(material->necessity), material->originals, material->copies,
			material->image ? " 影像" : "");
	}
	cli_say(cli, "  字段 %u 个", situation->fields->len);
	for (guint i = 0; i < situation->open->len; i++)
		cli_say(cli, "  还要问：%s",
			((const struct question *)situation->open->pdata[i])->text);
	for (guint i = 0; i < situation->conflicts->len; i++)
		cli_say(cli, "  冲突：%s", (const char *)situation->conflicts->pdata[i]);
}

static bool answer(struct cli *cli, const struct theme *theme,
	const struct definitions *definitions, GError **error)
{
	struct catalog_answers answers = {NULL};
	bool done = catalog_answers_read(&answers, theme, cli_option(cli, "answers"), error);
	if (done) {
		g_autoptr(situation) situation =
			situation_new(theme, definitions, answers.chosen, answers.deselected);
		say_situation(cli, theme, situation);
		cli_json(cli, situation_json(theme, definitions, situation, answers.chosen));
	}
	catalog_answers_clear(&answers);
	return done;
}

bool cli_catalog_checklist(struct cli *cli, GError **error)
{
	struct store *store = NULL;
	g_autoptr(theme) theme = NULL;
	g_autoptr(definitions) definitions = NULL;
	return catalog_open_named(cli, &store, &theme, &definitions, error) &&
	       answer(cli, theme, definitions, error);
}
