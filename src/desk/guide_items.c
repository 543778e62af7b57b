/* Items and questions of a guide. */
#include <string.h>

#include "core/words.h"
#include "desk/guide_parts.h"
#include "desk/private.h"

json_t *guide_texts(const GStrv texts)
{
	json_t *array = json_array();
	for (int i = 0; texts != NULL && texts[i] != NULL; i++)
		json_array_append_new(array, json_string(texts[i]));
	return array;
}

/* ---- conditions in words ---- */

static void append_options(
	GString *words, const struct question *question, const struct condition_term *term)
{
	const char *between = "";
	for (guint i = 0; i < question->options->len; i++) {
		const struct option *option = question->options->pdata[i];
		if (!g_strv_contains((const char *const *)term->options, option->id))
			continue;
		g_string_append_printf(words, "%s“%s”", between, option->text);
		between = "或";
	}
}

char *guide_condition_words(const struct theme *theme, const struct condition *condition)
{
	GString *words = g_string_new(NULL);
	for (guint i = 0; condition->terms != NULL && i < condition->terms->len; i++) {
		const struct condition_term *term = condition->terms->pdata[i];
		const struct question *question = theme_question(theme, term->question);
		if (question == NULL || term->options == NULL)
			continue;
		g_string_append_printf(words, "%s%s", words->len ? "；且" : "", question->text);
		append_options(words, question, term);
	}
	return g_string_free(words, FALSE);
}

const char *guide_basis(const char *basis)
{
	return basis == NULL || strcmp(basis, "general") == 0 ? "" : basis;
}

/* ---- items ---- */

static json_t *limit_json(const struct limit_rule *rule)
{
	g_autofree char *words = slip_limit_words(rule);
	return json_pack("{s:s,s:s}", "words", words, "basis", guide_basis(rule->basis));
}

/* 1、3: numbers of the rows that come right before. */
static char *after_words(const struct theme_item *item)
{
	GString *words = g_string_new(NULL);
	for (guint i = 0; i < item->after->len; i++)
		g_string_append_printf(
			words, "%s%d", i == 0 ? "" : "、", g_array_index(item->after, int, i) + 1);
	return g_string_free(words, FALSE);
}

/* 参考，以当地实施清单为准, or 已确认（basis，date）. */
static char *mark_of(const struct service *service)
{
	return service == NULL ? guide_mark(NULL, NULL)
			       : guide_mark(service->confirmed, service->confirmed_on);
}

static json_t *service_json(const struct service *service)
{
	static const struct service nothing = {.basis = (char *)"",
		.fee = (char *)"",
		.fee_basis = (char *)"",
		.result = (char *)"",
		.status_basis = (char *)"",
		.no_materials = (char *)"",
		.result_kind = RESULT_KIND_NONE};
	const struct service *it = service == NULL ? &nothing : service;
	bool changed = it->status == SERVICE_STATUS_CHANGED;
	return json_pack("{s:s,s:s,s:o,s:o,s:o,s:s,s:s,s:s,s:s,s:o,s:s,s:s}", "nature",
		service == NULL ? "" : nature_name(it->nature), "basis", guide_basis(it->basis),
		"conditions", guide_texts(it->conditions), "statutory", limit_json(&it->statutory),
		"promised", limit_json(&it->promised), "fee", it->fee, "fee_basis",
		guide_basis(it->fee_basis), "result", it->result, "result_kind",
		it->result_kind == RESULT_KIND_NONE ? "" : result_kind_name(it->result_kind),
		"review_points", guide_texts(it->review_points), "no_materials", it->no_materials,
		"changed", changed ? it->status_basis : "");
}

static json_t *item_json(const struct guide_making *making, const struct situation_item *row)
{
	const struct theme_item *item = row->item;
	const struct department *department =
		definitions_route_item(making->definitions, making->theme->list, item);
	g_autofree char *after = after_words(item);
	g_autofree char *when = guide_condition_words(making->theme, &item->when);
	g_autofree char *mark = mark_of(row->service);
	json_t *object = json_pack("{s:i,s:s,s:s,s:s,s:s,s:s,s:s,s:b,s:b,s:s,s:s,s:s,s:s,s:b}",
		"number", item->index + 1, "name", item->name, "service",
		row->service == NULL ? "" : row->service->name, "printed", item->dept, "department",
		department != NULL ? department->name : item->dept, "level", item->level, "note",
		item->note, "routed", department != NULL, "parallel", (int)item->parallel, "choice",
		item->choice, "after", after, "when", making->narrowed ? "" : when, "mark", mark,
		"described", row->service != NULL);
	json_t *about = service_json(row->service);
	json_object_update(object, about);
	json_decref(about);
	return object;
}

json_t *guide_items(const struct guide_making *making)
{
	json_t *array = json_array();
	for (int i = 0; i < (int)making->theme->items->len; i++)
		if (making->shown[i])
			json_array_append_new(array, item_json(making, guide_row(making, i)));
	return array;
}

/* ---- questions ---- */

/* 租赁（提示）——不能办理：原因。怎么办。 */
static char *option_words(const struct option *option)
{
	bool hint = option->hint[0] != '\0', blocks = option->blocks[0] != '\0';
	return g_strdup_printf("%s%s%s%s%s%s%s%s", option->text, hint ? "（" : "", option->hint,
		hint ? "）" : "", blocks ? "——不能办理：" : "", option->blocks, blocks ? "。" : "",
		option->remedy);
}

static json_t *option_json(const struct option *option)
{
	g_autofree char *words = option_words(option);
	return json_pack("{s:s,s:s,s:s,s:s,s:s}", "text", option->text, "hint", option->hint,
		"blocks", option->blocks, "remedy", option->remedy, "words", words);
}

json_t *guide_questions(const struct guide_making *making)
{
	json_t *array = json_array();
	for (guint i = 0; i < making->theme->questions->len; i++) {
		const struct question *question = making->theme->questions->pdata[i];
		g_autofree char *when = guide_condition_words(making->theme, &question->when);
		json_t *options = json_array();
		for (guint k = 0; k < question->options->len; k++)
			json_array_append_new(options, option_json(question->options->pdata[k]));
		json_array_append_new(array,
			json_pack("{s:s,s:s,s:s,s:s,s:s,s:o}", "id", question->id, "text",
				question->text, "hint", question->hint, "basis",
				guide_basis(question->basis), "when", when, "options", options));
	}
	return array;
}
