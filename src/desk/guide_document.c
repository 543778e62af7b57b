#include "desk/guide_document.h"

#include <string.h>

#include "base/err.h"
#include "catalog/catalogue.h"
#include "desk/guide_parts.h"
#include "desk/private.h"

const struct situation_item *guide_row(const struct guide_making *making, int index)
{
	return making->situation->items->pdata[index];
}

bool guide_uses(const struct guide_making *making, const struct condition *when)
{
	return !making->narrowed || condition_holds(when, making->given);
}

char *guide_mark(const char *confirmed, const char *confirmed_on)
{
	if (confirmed == NULL)
		return g_strdup("参考，以当地实施清单为准");
	return g_strdup_printf(
		"已确认（%s，%s）", confirmed, confirmed_on == NULL ? "" : confirmed_on);
}

bool guide_has_row(const struct situation_item *row, bool narrowed)
{
	if (!narrowed)
		return row->standing != ITEM_STANDING_NOT_OFFERED;
	return row->standing == ITEM_STANDING_IN || row->standing == ITEM_STANDING_UNDECIDED;
}

bool guide_is_reference(const struct theme *theme, const struct situation *situation, bool narrowed)
{
	bool reference = theme->confirmed == NULL;
	for (guint i = 0; i < situation->items->len; i++) {
		const struct situation_item *row = situation->items->pdata[i];
		if (guide_has_row(row, narrowed))
			reference |= row->service == NULL || row->service->confirmed == NULL;
	}
	return reference;
}

/* ---- the version ---- */

/* 清单 jiangmen-2020 第 1 版，自 2026-11-21 施行，备案号 7。 */
static char *version_words(const struct catalogue_version *version)
{
	bool published = strcmp(version->status, "published") == 0,
	     filed = *version->filing != '\0';
	g_autofree char *since =
		published ? g_strdup_printf("自 %s 施行，", version->effective_from) : NULL;
	return g_strdup_printf("清单 %s 第 %d 版，%s%s%s", version->list, (int)version->version,
		published ? since : "没有发布的草稿，", filed ? "备案号 " : "未备案",
		version->filing);
}

static json_t *version_json(const struct catalogue_version *version)
{
	g_autofree char *digest = g_strconcat("sm3:", version->digest, NULL);
	g_autofree char *words = version_words(version);
	return json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s}", "digest", digest,
		"effective_from", version->effective_from, "filing", version->filing, "status",
		version->status, "version_words", words, "list_title", version->title, "issuer",
		version->issuer, "doc_no", version->doc_no, "date", version->date);
}

static json_t *find_version(struct store *store, const struct theme *theme, GError **error)
{
	g_autoptr(GPtrArray) versions = catalogue_versions(store, error);
	for (guint i = 0; versions != NULL && i < versions->len; i++) {
		const struct catalogue_version *version = versions->pdata[i];
		if (version->version == theme->version && strcmp(version->list, theme->list) == 0)
			return version_json(version);
	}
	if (versions != NULL)
		err_set(error, ERR_CODE_NOT_FOUND, "没有清单 %s 的第 %d 版", theme->list,
			theme->version);
	return NULL;
}

/* ---- lists of sentences ---- */

static void add_once(json_t *array, const char *text)
{
	size_t i;
	json_t *one;
	if (*text == '\0')
		return;
	json_array_foreach(array, i, one)
	{
		if (strcmp(json_string_value(one), text) == 0)
			return;
	}
	json_array_append_new(array, json_string(text));
}

/* Every law and article the shown rows stand on, each once. */
static json_t *bases_of(const struct guide_making *making)
{
	json_t *bases = json_array();
	for (int i = 0; i < (int)making->theme->items->len; i++) {
		const struct service *service = guide_row(making, i)->service;
		if (!making->shown[i] || service == NULL)
			continue;
		add_once(bases, guide_basis(service->basis));
		add_once(bases, guide_basis(service->statutory.basis));
		add_once(bases, guide_basis(service->fee_basis));
	}
	add_once(bases, guide_basis(making->theme->joint.basis));
	return bases;
}

static const char *why_not_offered(const struct situation_item *row)
{
	if (row->item->not_offered[0] != '\0')
		return row->item->not_offered;
	return row->service == NULL ? "" : row->service->status_basis;
}

static json_t *not_offered_of(const struct guide_making *making)
{
	json_t *array = json_array();
	for (int i = 0; i < (int)making->theme->items->len; i++) {
		const struct situation_item *row = guide_row(making, i);
		if (row->standing == ITEM_STANDING_NOT_OFFERED)
			json_array_append_new(
				array, json_pack("{s:i,s:s,s:s}", "number", i + 1, "name",
					       row->item->name, "reason", why_not_offered(row)));
	}
	return array;
}

static void add_exclusion(json_t *array, GString *numbers, const char *reason)
{
	if (strstr(numbers->str, "、") != NULL)
		json_array_append_new(
			array, json_pack("{s:s,s:s}", "items", numbers->str, "reason", reason));
	g_string_truncate(numbers, 0);
}

static void append_number(GString *numbers, const struct guide_making *making, int index)
{
	if (index >= 0 && index < (int)making->theme->items->len && making->shown[index])
		g_string_append_printf(numbers, "%s%d", numbers->len ? "、" : "", index + 1);
}

/* Of which rows a case can only have one: printed 二选一, and by nature (R03). */
static json_t *exclusions_of(const struct guide_making *making)
{
	json_t *array = json_array();
	g_autoptr(GString) numbers = g_string_new(NULL);
	const GPtrArray *items = making->theme->items;
	for (char letter = 'A'; letter <= 'Z'; letter++) {
		for (guint i = 0; i < items->len; i++)
			if (((struct theme_item *)items->pdata[i])->choice[0] == letter)
				append_number(numbers, making, (int)i);
		add_exclusion(array, numbers, "清单注明选其一");
	}
	for (guint i = 0; i < making->theme->exclusions->len; i++) {
		const struct exclusion *exclusion = making->theme->exclusions->pdata[i];
		for (guint k = 0; k < exclusion->items->len; k++)
			append_number(numbers, making, g_array_index(exclusion->items, int, k));
		add_exclusion(array, numbers, exclusion->reason);
	}
	return array;
}

/* R30: how the results are handed over, the same for every theme of a hall. */
static json_t *delivery_of(void)
{
	static const char *const ways[] = {"window", "post", "electronic", "self"};
	json_t *array = json_array();
	for (size_t i = 0; i < G_N_ELEMENTS(ways); i++)
		json_array_append_new(array, json_string(delivery_way_name(ways[i])));
	return array;
}

/* ---- the situation ---- */

static const char *answer_words(const struct question *question, const char *id)
{
	const struct option *option = question_option(question, id);
	return option == NULL ? "" : option->text;
}

static json_t *answers_of(const struct guide_making *making)
{
	json_t *array = json_array();
	for (guint i = 0; i < making->situation->questions->len; i++) {
		const struct question *question = making->situation->questions->pdata[i];
		const char *id = g_hash_table_lookup(making->given, question->id);
		json_array_append_new(array, json_pack("{s:s,s:s}", "question", question->text,
						     "answer", answer_words(question, id)));
	}
	return array;
}

static json_t *situation_json(const struct guide_making *making)
{
	const struct situation *situation = making->situation;
	json_t *blocks = json_array(), *conflicts = json_array();
	for (guint i = 0; i < situation->blocks->len; i++) {
		const struct situation_block *block = situation->blocks->pdata[i];
		json_array_append_new(blocks,
			json_pack("{s:s,s:s}", "reason", block->reason, "remedy", block->remedy));
	}
	for (guint i = 0; i < situation->conflicts->len; i++)
		json_array_append_new(conflicts, json_string(situation->conflicts->pdata[i]));
	return json_pack("{s:b,s:o,s:o,s:o}", "settled", (int)situation_is_settled(situation),
		"answers", answers_of(making), "blocks", blocks, "conflicts", conflicts);
}

/* ---- the process ---- */

static char *node_title(const struct guide_making *making, int item)
{
	if (item == PROCESS_START)
		return g_strdup("窗口一次收件");
	if (item == PROCESS_END)
		return g_strdup("统一发证、送达");
	return g_strdup_printf("%d %s", item + 1, guide_row(making, item)->item->name);
}

static char *node_detail(const struct guide_making *making, int index)
{
	if (index < 0)
		return g_strdup("");
	const struct theme_item *item = guide_row(making, index)->item;
	bool conditional = !making->narrowed && item->when.terms != NULL && item->when.terms->len;
	return g_strstrip(g_strdup_printf("%s%s%s%s", item->dept, item->parallel ? " 并行办理" : "",
		item->choice[0] != '\0' ? " 选其一" : "", conditional ? " 视情形" : ""));
}

static json_t *process_json(const struct guide_making *making)
{
	g_autoptr(process) process = process_of_theme(making->theme, making->shown);
	json_t *array = json_array();
	for (guint i = 0; i < process->nodes->len; i++) {
		const struct process_node *node = process->nodes->pdata[i];
		g_autofree char *title = node_title(making, node->item);
		g_autofree char *detail = node_detail(making, node->item);
		json_t *after = json_array();
		for (guint k = 0; k < node->after->len; k++)
			json_array_append_new(
				after, json_integer(g_array_index(node->after, int, k)));
		json_array_append_new(
			array, json_pack("{s:i,s:i,s:i,s:i,s:i,s:o,s:s,s:s}", "node", (int)i,
				       "number", node->item < 0 ? 0 : node->item + 1, "layer",
				       node->layer, "place", node->place, "group", node->group,
				       "after", after, "title", title, "detail", detail));
	}
	return array;
}

struct process *guide_process(const json_t *guide)
{
	struct process *process = process_new();
	const json_t *nodes = json_object_get(guide, "process");
	size_t i, k;
	json_t *node, *before;
	json_array_foreach(nodes, i, node)
	{
		process_add(process, (int)json_integer_or(node, "number", 0) - 1,
			(int)json_integer_or(node, "group", 0));
	}
	json_array_foreach(nodes, i, node)
	{
		json_array_foreach(json_object_get(node, "after"), k, before)
		{
			process_link(process, (int)json_integer_value(before), (int)i);
		}
	}
	process_settle(process);
	return process;
}

/* ---- the whole ---- */

static bool has_points(const json_t *array)
{
	size_t i;
	json_t *one;
	json_array_foreach(array, i, one)
	{
		if (json_array_size(json_object_get(one, "review_points")) != 0)
			return true;
	}
	return false;
}

static json_t *head_json(const struct guide_making *making)
{
	const struct theme *theme = making->theme;
	bool reference = guide_is_reference(theme, making->situation, making->narrowed);
	g_autofree char *mark =
		guide_mark(reference ? NULL : theme->confirmed, theme->confirmed_on);
	g_autofree char *joint = slip_limit_words(&theme->joint);
	return json_pack("{s:s,s:i,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:b,s:s,s:{s:s,s:s}}",
		"list", theme->list, "version", theme->version, "theme", theme->id, "name",
		theme->display, "printed", theme->name, "audience", theme->audience, "lead",
		theme->lead, "cooperating", theme->cooperating, "due", theme->due, "place",
		theme->place, "note", theme->note, "source", theme->source, "reference",
		(int)reference, "mark", mark, "joint_limit", "words", joint, "basis",
		guide_basis(theme->joint.basis));
}

static json_t *whole_json(const struct guide_making *making, json_t *version_take)
{
	json_t *guide = head_json(making);
	json_object_update(guide, version_take);
	json_decref(version_take);
	json_object_set_new(
		guide, "situation", making->narrowed ? situation_json(making) : json_null());
	json_object_set_new(guide, "conditions", guide_texts(making->theme->conditions));
	json_object_set_new(guide, "bases", bases_of(making));
	json_object_set_new(guide, "items", guide_items(making));
	json_object_set_new(guide, "process", process_json(making));
	json_object_set_new(guide, "materials", guide_materials(making));
	json_object_set_new(guide, "reviewed",
		json_boolean(has_points(json_object_get(guide, "items")) ||
			     has_points(json_object_get(guide, "materials"))));
	json_object_set_new(guide, "fields", guide_fields(making));
	json_object_set_new(
		guide, "questions", making->narrowed ? json_array() : guide_questions(making));
	json_object_set_new(guide, "delivery", delivery_of());
	json_object_set_new(guide, "exclusions", exclusions_of(making));
	json_object_set_new(guide, "not_offered", not_offered_of(making));
	return guide;
}

static void decide(struct guide_making *making, GHashTable *answers)
{
	const struct situation *situation = making->situation;
	for (guint i = 0; answers != NULL && i < situation->questions->len; i++) {
		const struct question *question = situation->questions->pdata[i];
		gpointer option = g_hash_table_lookup(answers, question->id);
		if (option != NULL)
			g_hash_table_insert(making->given, question->id, option);
	}
	for (guint i = 0; i < situation->items->len; i++)
		making->shown[i] = guide_has_row(guide_row(making, (int)i), making->narrowed);
}

json_t *guide_document_of(struct store *store, const struct theme *theme,
	const struct definitions *definitions, GHashTable *answers, GHashTable *deselected,
	GError **error)
{
	json_t *version = find_version(store, theme, error);
	if (version == NULL)
		return NULL;
	g_autoptr(situation) situation = situation_new(theme, definitions, answers, deselected);
	g_autoptr(GHashTable) given = g_hash_table_new(g_str_hash, g_str_equal);
	g_autofree bool *shown = g_new0(bool, theme->items->len + 1);
	struct guide_making making = {.theme = theme,
		.definitions = definitions,
		.situation = situation,
		.narrowed = answers != NULL,
		.given = given,
		.shown = shown};
	decide(&making, answers);
	return whole_json(&making, version);
}

json_t *guide_document(struct store *store, const struct guide_request *request, GError **error)
{
	g_autoptr(theme) theme = NULL;
	g_autoptr(definitions) definitions = NULL;
	if (!catalogue_open_theme(store, request->list, request->version, request->theme, &theme,
		    &definitions, error))
		return NULL;
	return guide_document_of(
		store, theme, definitions, request->answers, request->deselected, error);
}
