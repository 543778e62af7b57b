/* What stands in a theme: the source's own words, and the guide that is changed in place. */
#include <string.h>

#include "base/text.h"
#include "screens/bureau.h"

static void add_source(GPtrArray *rows, const char *label, const char *text)
{
	if (text[0] != '\0')
		bureau_row_take(rows, STYLE_DIM, 1, label, g_strdup(text));
}

static void add_head(GPtrArray *rows, const struct bureau_document *document)
{
	const struct theme *theme = document->theme;
	const char *display = json_text(document->json, "display", "");
	struct bureau_row *row = bureau_row_take(rows, STYLE_NORMAL, 1, "显示名称",
		g_strdup(display[0] == '\0' ? "与原文相同" : display));
	row->form = &bureau_form_display;
	row->path = g_strdup("");
	add_source(rows, "原文名称", theme->name);
	add_source(rows, "来源", theme->source);
	add_source(rows, "牵头", theme->lead);
	add_source(rows, "配合", theme->cooperating);
	add_source(rows, "时限", theme->due);
	add_source(rows, "地点", theme->place);
	add_source(rows, "备注", theme->note);
	g_autofree char *words = bureau_limit_words(json_object_get(document->json, "joint"));
	row = bureau_row_take(
		rows, STYLE_NORMAL, 1, "整体时限", g_strdup(words[0] == '\0' ? "没有写" : words));
	row->form = &bureau_form_limit;
	row->path = g_strdup("joint");
}

/* ---- items ---- */

/* Where the guide speaks of a row; behind the last when it does not. */
static size_t guide_item(const json_t *guide, int index)
{
	const json_t *items = json_object_get(guide, "items");
	size_t i;
	json_t *item;
	json_array_foreach(
		(json_t *)items, i, item) if (json_integer_or(item, "index", -1) == index) return i;
	return json_array_size(items);
}

/* Why an item is not taken in while nobody has said which service it is. */
#define UNWRITTEN "还没有写明材料和填写项"

static json_t *own_item(json_t *guide, int index)
{
	size_t at = guide_item(guide, index);
	json_t *items = json_object_get(guide, "items");
	if (items == NULL)
		json_object_set_new(guide, "items", items = json_array());
	if (at == json_array_size(items))
		json_array_append_new(items, json_pack("{s:i}", "index", index));
	return json_array_get(items, at);
}

void bureau_item_set_service(
	json_t *guide, const struct theme *theme, int index, const char *service)
{
	json_t *item = own_item(guide, index);
	json_object_set_new(item, "service", json_string(service));
	if (strcmp(json_text(item, "not_offered", ""), UNWRITTEN) == 0)
		json_object_del(item, "not_offered");
	for (guint i = 0; i < theme->items->len; i++) {
		json_t *other = own_item(guide, (int)i);
		if (json_text(other, "service", "")[0] == '\0' &&
			json_text(other, "not_offered", "")[0] == '\0')
			json_object_set_new(other, "not_offered", json_string(UNWRITTEN));
	}
}

static void append_part(GString *text, const char *before, const char *value, const char *after)
{
	if (value[0] != '\0')
		g_string_append_printf(
			text, "%s%s%s%s", text->len == 0 ? "" : "  ", before, value, after);
}

/* The same on a line of its own. */
static void append_line(GString *text, const char *label, const char *value)
{
	if (value[0] != '\0')
		g_string_append_printf(text, "\n%s：%s", label, value);
}

static char *after_words(const struct theme_item *item)
{
	GString *text = g_string_new(NULL);
	for (guint i = 0; item->after != NULL && i < item->after->len; i++)
		g_string_append_printf(
			text, "%s%d", i == 0 ? "" : "、", g_array_index(item->after, int, i) + 1);
	return g_string_free(text, FALSE);
}

/* How the guide says the item is done: order, condition, what is not taken in. */
static char *way_words(
	const struct bureau_document *document, const struct theme_item *item, const json_t *own)
{
	GString *text = g_string_new(NULL);
	g_autofree char *after = after_words(item);
	g_autofree char *when =
		bureau_condition_words(json_object_get(own, "when"), document->json);
	append_part(text, "先办第", after, "项");
	append_part(text, "", item->parallel ? "并行办理" : "", "");
	append_part(text, "", when, "时");
	append_part(text, "不受理：", item->not_offered, "");
	return g_string_free(text, FALSE);
}

static void add_item(
	GPtrArray *rows, const struct bureau_document *document, const struct theme_item *item)
{
	g_autofree char *name = text_pad(item->name, 34), *dept = text_pad(item->dept, 20);
	g_autofree char *label = g_strdup_printf("事项 %d", item->index + 1);
	struct bureau_row *row = bureau_row_take(rows, STYLE_NORMAL, 1, label,
		g_strdup_printf("%s %s %s%s", name, dept, item->level,
			item->choice[0] != '\0' ? " 二选一" : ""));
	g_autofree char *note =
		item->note[0] == '\0' ? g_strdup("") : g_strdup_printf("\n备注：%s", item->note);
	row->detail = g_strdup_printf("%s\n部门：%s%s%s%s", item->name, item->dept,
		item->level[0] == '\0' ? "" : "\n层级：", item->level, note);
	if (item->service[0] != '\0') {
		row->opens_kind = "service";
		row->opens = g_strdup(item->service);
	}
	size_t at = guide_item(document->json, item->index);
	const json_t *own = json_array_get(json_object_get(document->json, "items"), at);
	const json_t *service = g_hash_table_lookup(document->definitions, item->service);
	g_autofree char *way = way_words(document, item, own);
	g_autofree char *way_label = g_strdup_printf("事项 %d 怎样办", item->index + 1);
	struct bureau_row *below = bureau_row_take(rows, STYLE_DIM, 13, way_label,
		g_strdup_printf("%s%s%s", json_text(service, "name", "还没有写明是哪项服务"),
			way[0] == '\0' ? "" : "  ", way));
	below->form = &bureau_form_item;
	below->path = g_strdup_printf("items/%d", (int)at);
	below->fresh = json_pack("{s:i}", "index", item->index);
	below->add = BUREAU_ADD_SERVICE;
	below->into = g_strdup(below->path);
}

/* ---- questions ---- */

static void add_option(
	GPtrArray *rows, const char *question, int number, size_t index, const json_t *option)
{
	g_autofree char *label = g_strdup_printf("问题 %d 选项 %d", number, (int)index + 1);
	const char *blocks = json_text(option, "blocks", ""), *hint = json_text(option, "hint", "");
	const char *text = json_text(option, "text", "");
	struct bureau_row *row = bureau_row_take(rows, STYLE_NORMAL, 13, label,
		g_strdup_printf(
			"%d %s%s", (int)index + 1, text, blocks[0] == '\0' ? "" : "  × 拦下"));
	GString *detail = g_string_new(text);
	append_line(detail, "提示", hint);
	append_line(detail, "拦下", blocks);
	append_line(detail, "出路", json_text(option, "remedy", ""));
	append_line(detail, "代号", json_text(option, "id", ""));
	row->detail = g_string_free(detail, FALSE);
	row->form = &bureau_form_option;
	row->path = g_strdup_printf("%s/options/%d", question, (int)index);
	row->removable = true;
	row->add = BUREAU_ADD_OPTION;
	row->into = g_strconcat(question, "/options", NULL);
}

static void add_question(GPtrArray *rows, const struct bureau_document *document, size_t index,
	const json_t *question)
{
	int number = (int)index + 1;
	g_autofree char *path = g_strdup_printf("questions/%d", (int)index);
	g_autofree char *label = g_strdup_printf("问题 %d", number);
	struct bureau_row *row = bureau_row_take(
		rows, STYLE_NORMAL, 1, label, g_strdup(json_text(question, "text", "")));
	g_autofree char *when =
		bureau_condition_words(json_object_get(question, "when"), document->json);
	GString *detail = g_string_new(row->text);
	append_line(detail, "提示", json_text(question, "hint", ""));
	append_line(detail, "依据", json_text(question, "basis", ""));
	append_line(detail, "何时要问", when);
	append_line(detail, "代号", json_text(question, "id", ""));
	row->detail = g_string_free(detail, FALSE);
	row->form = &bureau_form_question;
	row->path = g_strdup(path);
	row->removable = true;
	row->add = BUREAU_ADD_QUESTION;
	row->into = g_strdup("questions");
	size_t i;
	json_t *option;
	json_array_foreach(json_object_get(question, "options"), i, option)
		add_option(rows, path, number, i, option);
}

void bureau_rows_theme(GPtrArray *rows, const struct bureau_document *document)
{
	add_head(rows, document);
	const GPtrArray *items = document->theme->items;
	bureau_row_take(rows, STYLE_TITLE, 1, "事项", g_strdup_printf("%u 项", items->len));
	for (guint i = 0; i < items->len; i++)
		add_item(rows, document, items->pdata[i]);
	const json_t *questions = json_object_get(document->json, "questions");
	struct bureau_row *heading = bureau_row_take(rows, STYLE_TITLE, 1, "问题",
		g_strdup_printf("%d 个", (int)json_array_size(questions)));
	heading->add = BUREAU_ADD_QUESTION;
	heading->into = g_strdup("questions");
	size_t i;
	json_t *question;
	json_array_foreach((json_t *)questions, i, question)
		add_question(rows, document, i, question);
	bureau_rows_sentences(rows, document->json, "conditions", "条件");
}
