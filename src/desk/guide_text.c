#include "desk/guide_text.h"

#include <string.h>

#include "base/text.h"
#include "core/words.h"

struct writing {
	const json_t *guide;
	GPtrArray *lines;
	int columns;
	bool ascii;
	int headings;
};

static void free_line(gpointer data)
{
	struct guide_line *line = data;
	g_free(line->text);
	g_free(line);
}

static void add_line(struct writing *writing, enum guide_tone tone, char *text_take)
{
	struct guide_line *line = g_new0(struct guide_line, 1);
	*line = (struct guide_line){tone, text_take};
	g_ptr_array_add(writing->lines, line);
}

/* One text over as many lines as it needs; what follows the first stands `hang` cells further in.
 */
static void add(
	struct writing *writing, enum guide_tone tone, int indent, int hang, const char *text)
{
	g_autofree char *clean = text_clean(text, false);
	g_autoptr(GPtrArray) whole = text_wrap(clean, writing->columns - indent);
	const char *first = whole->pdata[0], *rest = clean + strlen(first);
	add_line(writing, tone, g_strdup_printf("%*s%s", indent, "", first));
	rest += strspn(rest, " ");
	if (*rest == '\0')
		return;
	g_autoptr(GPtrArray) more = text_wrap(rest, writing->columns - indent - hang);
	for (guint i = 0; i < more->len; i++)
		add_line(writing, tone,
			g_strdup_printf("%*s%s", indent + hang, "", (const char *)more->pdata[i]));
}

static void add_format(struct writing *writing, enum guide_tone tone, int indent, int hang,
	const char *fmt, ...) G_GNUC_PRINTF(5, 6);
static void add_format(
	struct writing *writing, enum guide_tone tone, int indent, int hang, const char *fmt, ...)
{
	va_list arguments;
	va_start(arguments, fmt);
	g_autofree char *text = g_strdup_vprintf(fmt, arguments);
	va_end(arguments);
	add(writing, tone, indent, hang, text);
}

#define LABEL_CELLS 10

/* 标签  内容, the content hanging below itself; nothing when there is no content. */
static void add_labelled(struct writing *writing, int indent, const char *label, const char *text)
{
	if (*text == '\0')
		return;
	g_autofree char *padded = text_pad(label, LABEL_CELLS);
	add_format(writing, GUIDE_TONE_NORMAL, indent, LABEL_CELLS, "%s%s", padded, text);
}

static void add_member(struct writing *writing, int indent, const char *label, const json_t *object,
	const char *key)
{
	add_labelled(writing, indent, label, json_text(object, key, ""));
}

/* A heading counts itself: 一、 … 十九、. */
static void add_heading(struct writing *writing, const char *text)
{
	static const char *const digits[] = {
		"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
	int number = ++writing->headings;
	add_line(writing, GUIDE_TONE_NORMAL, g_strdup(""));
	add_format(writing, GUIDE_TONE_HEADING, 0, 0, "%s%s、%s", number >= 10 ? "十" : "",
		digits[number % 10], text);
}

static const json_t *list_of(const struct writing *writing, const char *key)
{
	return json_object_get(writing->guide, key);
}

/* A heading and its sentences, numbered; nothing when there are none. */
static void add_sentences(struct writing *writing, const char *heading, const char *key)
{
	const json_t *list = list_of(writing, key);
	if (json_array_size(list) == 0)
		return;
	add_heading(writing, heading);
	for (size_t i = 0; i < json_array_size(list); i++)
		add_format(writing, GUIDE_TONE_NORMAL, 2, 3, "%zu. %s", i + 1,
			json_string_value(json_array_get(list, i)));
}

/* ---- the head ---- */

static void write_head(struct writing *writing)
{
	const json_t *guide = writing->guide;
	add(writing, GUIDE_TONE_TITLE, 0, 2, json_text(guide, "name", ""));
	add(writing, GUIDE_TONE_WARN, 0, 2, json_text(guide, "mark", ""));
	add_member(writing, 0, "来源", guide, "source");
	add_member(writing, 0, "牵头部门", guide, "lead");
	add_member(writing, 0, "配合部门", guide, "cooperating");
	add_member(writing, 0, "办理地点", guide, "place");
	add_member(writing, 0, "完成时限", guide, "due");
	add_member(writing, 0, "说明", guide, "note");
	const json_t *joint = json_object_get(guide, "joint_limit");
	add_member(writing, 0, "整体时限", joint, "words");
	add_member(writing, 0, "  依据", joint, "basis");
}

static void write_situation(struct writing *writing)
{
	const json_t *situation = list_of(writing, "situation");
	size_t i;
	json_t *one;
	if (!json_is_object(situation))
		return;
	add_heading(writing, "申请人的情形");
	json_array_foreach(json_object_get(situation, "answers"), i, one)
	{
		const char *answer = json_text(one, "answer", "");
		add_format(writing, GUIDE_TONE_NORMAL, 2, 2, "%s %s",
			json_text(one, "question", ""),
			*answer != '\0' ? answer : "（还没有回答）");
	}
	json_array_foreach(json_object_get(situation, "blocks"), i, one)
	{
		add_format(writing, GUIDE_TONE_WARN, 2, 2, "不能办理：%s。%s",
			json_text(one, "reason", ""), json_text(one, "remedy", ""));
	}
	json_array_foreach(json_object_get(situation, "conflicts"), i, one)
	{
		add(writing, GUIDE_TONE_WARN, 2, 2, json_string_value(one));
	}
}

/* ---- items ---- */

static void write_limit(
	struct writing *writing, const char *label, const json_t *item, const char *key)
{
	const json_t *limit = json_object_get(item, key);
	const char *words = json_text(limit, "words", ""), *basis = json_text(limit, "basis", "");
	g_autofree char *text =
		*basis == '\0' ? g_strdup(words) : g_strdup_printf("%s（%s）", words, basis);
	add_labelled(writing, 3, label, *words == '\0' ? "" : text);
}

static void write_texts(struct writing *writing, int indent, const char *label, const json_t *list)
{
	for (size_t i = 0; i < json_array_size(list); i++)
		add_labelled(writing, indent, i == 0 ? label : "",
			json_string_value(json_array_get(list, i)));
}

static char *with_kind(const json_t *item)
{
	const char *kind = json_text(item, "result_kind", "");
	return *kind == '\0' ? g_strdup(json_text(item, "result", ""))
			     : g_strdup_printf("%s（%s）", json_text(item, "result", ""), kind);
}

static void write_substance(struct writing *writing, const json_t *item)
{
	if (!json_flag(item, "described", false)) {
		add(writing, GUIDE_TONE_DIM, 3, 0,
			"还没有写明条件、材料和时限，以当地实施清单为准");
		return;
	}
	g_autofree char *result = with_kind(item);
	add_member(writing, 3, "已变化", item, "changed");
	write_texts(writing, 3, "办理条件", json_object_get(item, "conditions"));
	write_limit(writing, "法定时限", item, "statutory");
	write_limit(writing, "承诺时限", item, "promised");
	add_member(writing, 3, "收费", item, "fee");
	add_member(writing, 3, "  依据", item, "fee_basis");
	add_labelled(writing, 3, "办理结果", result);
	add_member(writing, 3, "依据", item, "basis");
	add_member(writing, 3, "材料", item, "no_materials");
	add_member(writing, 3, "核对", item, "mark");
}

static void write_item(struct writing *writing, const json_t *item)
{
	const char *printed = json_text(item, "printed", ""), *name = json_text(item, "name", "");
	const char *service = json_text(item, "service", "");
	const char *department = json_text(item, "department", "");
	const char *nature = json_text(item, "nature", "");
	g_autofree char *who = strcmp(printed, department) == 0
				       ? g_strdup(printed)
				       : g_strdup_printf("%s（%s）", printed, department);
	add_format(writing, GUIDE_TONE_STRONG, 1, 3, "%d. %s%s%s%s",
		(int)json_integer_or(item, "number", 0), name, *nature ? "  " : "", nature,
		json_flag(item, "parallel", false) ? "  并行办理" : "");
	if (strcmp(service, name) != 0)
		add_labelled(writing, 3, "即", service);
	add_labelled(writing, 3, "办理部门", who);
	add_member(writing, 3, "层级", item, "level");
	add_member(writing, 3, "注", item, "note");
	add_member(writing, 3, "什么时候", item, "when");
	if (*json_text(item, "after", "") != '\0') {
		g_autofree char *after =
			g_strdup_printf("事项 %s 办结之后", json_text(item, "after", ""));
		add_labelled(writing, 3, "先后", after);
	}
	write_substance(writing, item);
}

static void write_items(struct writing *writing)
{
	size_t i;
	json_t *item;
	add_heading(writing, "办理事项");
	json_array_foreach(list_of(writing, "items"), i, item)
	{
		write_item(writing, item);
	}
	if (json_array_size(list_of(writing, "items")) == 0)
		add(writing, GUIDE_TONE_DIM, 2, 0, words_of_no_items());
	json_array_foreach(list_of(writing, "exclusions"), i, item)
	{
		add_format(writing, GUIDE_TONE_WARN, 1, 3, "事项 %s 只办一项：%s",
			json_text(item, "items", ""), json_text(item, "reason", ""));
	}
}

static void write_not_offered(struct writing *writing)
{
	size_t i;
	json_t *item;
	if (json_array_size(list_of(writing, "not_offered")) == 0)
		return;
	add_heading(writing, "清单列出、现在不受理的事项");
	json_array_foreach(list_of(writing, "not_offered"), i, item)
	{
		add_format(writing, GUIDE_TONE_WARN, 1, 3, "%d. %s：%s",
			(int)json_integer_or(item, "number", 0), json_text(item, "name", ""),
			json_text(item, "reason", ""));
	}
}

static void write_process(struct writing *writing)
{
	if (json_array_size(list_of(writing, "items")) == 0)
		return;
	g_autoptr(GPtrArray) chart = guide_chart(writing->guide, writing->columns, writing->ascii);
	add_heading(writing, "办理流程");
	for (guint i = 0; i < chart->len; i++)
		add_line(writing, GUIDE_TONE_NORMAL, g_strdup(chart->pdata[i]));
	add(writing, GUIDE_TONE_DIM, 2, 0,
		"箭头：前一事项办结后才能办；并排而没有箭头的同时办理；“或”两边的按情形只办一项。");
}

/* ---- materials, fields, questions ---- */

static void write_material(struct writing *writing, const json_t *material)
{
	add_format(writing, GUIDE_TONE_STRONG, 1, 3, "%d. %s  %s  %s",
		(int)json_integer_or(material, "number", 0), json_text(material, "name", ""),
		json_text(material, "necessity", ""), json_text(material, "copies", ""));
	g_autofree char *items = g_strdup_printf("事项 %s", json_text(material, "items", ""));
	add_labelled(writing, 3, "用于", items);
	add_member(writing, 3, "什么时候", material, "when");
	add_member(writing, 3, "出具", material, "issuer");
	add_member(writing, 3, "免交", material, "waiver");
	add_member(writing, 3, "原件去向", material, "holder");
	add_member(writing, 3, "说明", material, "note");
	add_member(writing, 3, "依据", material, "basis");
}

static void write_materials(struct writing *writing)
{
	size_t i;
	json_t *material;
	if (json_array_size(list_of(writing, "materials")) == 0)
		return;
	add_heading(writing, "申请材料（同一份多处使用的只交一次）");
	json_array_foreach(list_of(writing, "materials"), i, material)
	{
		write_material(writing, material);
	}
}

static void write_points(struct writing *writing, const char *what, const json_t *one)
{
	const json_t *points = json_object_get(one, "review_points");
	if (json_array_size(points) != 0)
		add_format(writing, GUIDE_TONE_STRONG, 1, 3, "%s %d %s", what,
			(int)json_integer_or(one, "number", 0), json_text(one, "name", ""));
	for (size_t k = 0; k < json_array_size(points); k++)
		add_format(writing, GUIDE_TONE_NORMAL, 3, 2, "- %s",
			json_string_value(json_array_get(points, k)));
}

static void write_review(struct writing *writing)
{
	size_t i;
	json_t *one;
	if (!json_flag(writing->guide, "reviewed", false))
		return;
	add_heading(writing, "审查要点");
	json_array_foreach(list_of(writing, "items"), i, one)
	{
		write_points(writing, "事项", one);
	}
	json_array_foreach(list_of(writing, "materials"), i, one)
	{
		write_points(writing, "材料", one);
	}
}

static void write_fields(struct writing *writing)
{
	size_t i;
	json_t *field;
	if (json_array_size(list_of(writing, "fields")) == 0)
		return;
	add_heading(writing, "填写内容（一张表，只填一次）");
	json_array_foreach(list_of(writing, "fields"), i, field)
	{
		const char *when = json_text(field, "when", "");
		add_format(writing, GUIDE_TONE_NORMAL, 2, 2, "%s%s（%s）  事项 %s%s%s",
			json_text(field, "label", ""),
			json_flag(field, "required", false) ? "" : "（选填）",
			json_text(field, "type", ""), json_text(field, "items", ""),
			*when ? "；" : "", when);
	}
}

static void write_option(struct writing *writing, const json_t *option)
{
	const char *blocks = json_text(option, "blocks", ""), *hint = json_text(option, "hint", "");
	add_format(writing, GUIDE_TONE_NORMAL, 4, 2, "- %s%s%s%s", json_text(option, "text", ""),
		*hint ? "（" : "", hint, *hint ? "）" : "");
	if (*blocks != '\0')
		add_format(writing, GUIDE_TONE_WARN, 6, 0, "不能办理：%s。%s", blocks,
			json_text(option, "remedy", ""));
}

static void write_questions(struct writing *writing)
{
	size_t i, k;
	json_t *question, *option;
	if (json_array_size(list_of(writing, "questions")) == 0)
		return;
	add_heading(writing, "情形问卷");
	json_array_foreach(list_of(writing, "questions"), i, question)
	{
		add_format(writing, GUIDE_TONE_STRONG, 1, 3, "%zu. %s", i + 1,
			json_text(question, "text", ""));
		add_member(writing, 4, "什么时候", question, "when");
		add_member(writing, 4, "提示", question, "hint");
		add_member(writing, 4, "依据", question, "basis");
		json_array_foreach(json_object_get(question, "options"), k, option)
		{
			write_option(writing, option);
		}
	}
}

/* ---- the end ---- */

static void write_delivery(struct writing *writing)
{
	g_autoptr(GString) ways = g_string_new(NULL);
	size_t i;
	json_t *way;
	json_array_foreach(list_of(writing, "delivery"), i, way)
	{
		g_string_append_printf(ways, "%s%s", i == 0 ? "" : "、", json_string_value(way));
	}
	add_heading(writing, "结果送达");
	add_format(writing, GUIDE_TONE_NORMAL, 2, 0,
		"%s；可以全部办结后一次领取，也可以办结一项领取一项。", ways->str);
}

static void write_version(struct writing *writing)
{
	add_line(writing, GUIDE_TONE_NORMAL, g_strdup(""));
	add(writing, GUIDE_TONE_DIM, 0, 2, json_text(writing->guide, "version_words", ""));
	add(writing, GUIDE_TONE_DIM, 0, 2, json_text(writing->guide, "digest", ""));
}

GPtrArray *guide_lines(const json_t *guide, int columns, bool ascii)
{
	struct writing writing = {.guide = guide,
		.lines = g_ptr_array_new_with_free_func(free_line),
		.columns = MAX(columns, 40),
		.ascii = ascii};
	write_head(&writing);
	write_situation(&writing);
	add_sentences(&writing, "办理条件", "conditions");
	write_items(&writing);
	write_process(&writing);
	write_materials(&writing);
	write_fields(&writing);
	write_questions(&writing);
	write_review(&writing);
	write_delivery(&writing);
	write_not_offered(&writing);
	add_sentences(&writing, "办理依据", "bases");
	write_version(&writing);
	return writing.lines;
}
