/* Rules over a theme's questionnaire. */
#include <string.h>

#include "catalog/check.h"

/* More ways through a questionnaire than this are not walked. */
#define MOST_WAYS 50000

/* Among the questions before a position. */
static const struct question *find_question(const struct theme *theme, const char *id, guint before)
{
	for (guint i = 0; i < theme->questions->len && i < before; i++) {
		const struct question *question = theme->questions->pdata[i];
		if (strcmp(question->id, id) == 0)
			return question;
	}
	return NULL;
}

/* ---- conditions ---- */

/* What one look over all conditions of a theme needs. */
struct look {
	struct reader *reader;
	const struct theme *theme;
	const json_t *source;
	GHashTable *used; /* ids of questions that some condition names, borrowed */
};

/*
 * Of a theme's own condition every option must exist; of a service, which other themes use with
 * options of their own, at least one should (check_definitions finds those that no theme knows).
 */
static void check_options(struct look *look, const struct question *question,
	const struct condition_term *term, bool lenient)
{
	bool some = false;
	for (char **option = term->options; *option != NULL; option++) {
		bool known = question_option(question, *option) != NULL;
		some = some || known;
		if (!known && !lenient)
			reader_fault_in(look->reader, "when", "请改正选项 id",
				"问题 %s 没有选项 %s", question->id, *option);
	}
	if (lenient && !some)
		reader_warn_in(look->reader, "when", "请在本主题加上这样的选项，或另立一个服务",
			"问题 %s 没有所要的选项，条件永远不成立", question->id);
}

/* before: only questions before that position may be named; lenient: of a service, which other
 * themes use. */
static void check_condition(
	struct look *look, const struct condition *condition, guint before, bool lenient)
{
	for (guint i = 0; i < condition->terms->len; i++) {
		const struct condition_term *term = condition->terms->pdata[i];
		const struct question *question =
			find_question(look->theme, term->question, before);
		g_hash_table_add(look->used, term->question);
		if (question != NULL)
			check_options(look, question, term, lenient);
		else if (theme_question(look->theme, term->question) != NULL)
			reader_fault_in(look->reader, "when",
				"条件只能用排在前面的问题，请调整顺序", "条件用了后面的问题 %s",
				term->question);
		else if (lenient)
			reader_warn_in(look->reader, "when",
				"请在本主题加上这个问题，或另立一个服务",
				"本主题没有问题 %s，条件永远不成立", term->question);
		else
			reader_fault_in(look->reader, "when", "请加上这个问题，或改正 id",
				"条件里的问题 %s 不存在", term->question);
	}
}

static void look_at_service(struct look *look, const struct service *service)
{
	if (service == NULL)
		return;
	for (guint i = 0; i < service->materials->len; i++) {
		const struct material_use *use = service->materials->pdata[i];
		gsize mark =
			reader_enter(look->reader, "服务 %s 材料 %s", service->code, use->material);
		check_condition(look, &use->when, G_MAXUINT, true);
		reader_leave(look->reader, mark);
	}
	for (guint i = 0; i < service->fields->len; i++) {
		const struct field_use *use = service->fields->pdata[i];
		gsize mark =
			reader_enter(look->reader, "服务 %s 字段 %s", service->code, use->field);
		check_condition(look, &use->when, G_MAXUINT, true);
		reader_leave(look->reader, mark);
	}
}

static void look_at_items(struct look *look, const struct definitions *definitions)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
	const json_t *guide = look->reader->at;
	for (guint i = 0; i < look->theme->items->len; i++) {
		reader_stand(look->reader, look->source);
		reader_step(look->reader, "items", i);
		const struct theme_item *item = look->theme->items->pdata[i];
		gsize mark = reader_enter(look->reader, "第 %u 行", i);
		check_condition(look, &item->when, G_MAXUINT, false);
		reader_leave(look->reader, mark);
		if (g_hash_table_add(seen, item->service))
			look_at_service(look, definitions_service(definitions, item->service));
	}
	reader_stand(look->reader, guide);
}

/* ---- questions ---- */

static void check_option(struct reader *reader, const struct question *question, guint index)
{
	const struct option *option = question->options->pdata[index];
	const json_t *outer = reader_step(reader, "options", index);
	for (guint i = 0; i < index; i++)
		if (strcmp(((struct option *)question->options->pdata[i])->id, option->id) == 0)
			reader_fault_in(reader, "id", "请改名其中一个", "选项 %s 重复", option->id);
	if (option->blocks[0] != '\0' && option->remedy[0] == '\0')
		reader_fault_in(reader, "remedy", "请在 remedy 写明怎样才能办",
			"选项 %s 拦下申请人却没有出路", option->id);
	reader_stand(reader, outer);
}

static bool does_block(const struct question *question)
{
	for (guint i = 0; i < question->options->len; i++)
		if (((struct option *)question->options->pdata[i])->blocks[0] != '\0')
			return true;
	return false;
}

static void look_at_question(struct look *look, guint index)
{
	const struct question *question = look->theme->questions->pdata[index];
	gsize mark = reader_enter(look->reader, "问题 %s", question->id);
	const json_t *guide = reader_step(look->reader, "questions", index);
	if (find_question(look->theme, question->id, index) != NULL)
		reader_fault_in(look->reader, "id", "请改名其中一个", "问题 id 重复");
	if (question->options->len < 2)
		reader_fault(look->reader, "请至少写两个选项", "选项不足两个");
	for (guint i = 0; i < question->options->len; i++)
		check_option(look->reader, question, i);
	check_condition(look, &question->when, index, false);
	reader_stand(look->reader, guide);
	reader_leave(look->reader, mark);
}

static void warn_dead(struct look *look)
{
	for (guint i = 0; i < look->theme->questions->len; i++) {
		const struct question *question = look->theme->questions->pdata[i];
		const json_t *guide = reader_step(look->reader, "questions", i);
		if (!g_hash_table_contains(look->used, question->id) && !does_block(question))
			reader_warn(look->reader, "请让某个条件用上它，或删去",
				"问题 %s 怎么答都一样", question->id);
		reader_stand(look->reader, guide);
	}
}

/* ---- ways through ---- */

struct walk {
	const struct theme *theme;
	GHashTable *answers;
	char *reached; /* by row */
	char *asked;   /* by question */
	int ways;
};

static void arrive(struct walk *walk)
{
	walk->ways++;
	for (guint i = 0; i < walk->theme->items->len; i++) {
		const struct theme_item *item = walk->theme->items->pdata[i];
		if (!walk->reached[i] && condition_holds(&item->when, walk->answers))
			walk->reached[i] = 1;
	}
}

static void walk_on(struct walk *walk, guint index)
{
	if (walk->ways > MOST_WAYS)
		return;
	if (index == walk->theme->questions->len) {
		arrive(walk);
		return;
	}
	const struct question *question = walk->theme->questions->pdata[index];
	if (!condition_holds(&question->when, walk->answers)) {
		walk_on(walk, index + 1);
		return;
	}
	walk->asked[index] = 1;
	for (guint i = 0; i < question->options->len; i++) {
		const struct option *option = question->options->pdata[i];
		if (option->blocks[0] != '\0') {
			walk->ways++;
			continue;
		}
		g_hash_table_insert(walk->answers, question->id, option->id);
		walk_on(walk, index + 1);
		g_hash_table_remove(walk->answers, question->id);
	}
}

static void tell_unreached(
	struct reader *reader, const struct walk *walk, const json_t *source, const json_t *guide)
{
	for (guint i = 0; i < walk->theme->items->len; i++) {
		const struct theme_item *item = walk->theme->items->pdata[i];
		reader_stand(reader, source);
		reader_step(reader, "items", i);
		if (!walk->reached[i] && item->not_offered[0] == '\0')
			reader_fault_in(reader, "when", "请改条件，或写 not_offered",
				"第 %u 行（%s）怎么答都走不到", i, item->name);
	}
	for (guint i = 0; i < walk->theme->questions->len; i++) {
		const struct question *question = walk->theme->questions->pdata[i];
		reader_stand(reader, guide);
		reader_step(reader, "questions", i);
		if (!walk->asked[i])
			reader_fault_in(reader, "when", "请改它的条件，或删去",
				"问题 %s 怎么答都问不到", question->id);
	}
	reader_stand(reader, guide);
}

static void check_ways(struct reader *reader, const struct theme *theme, const json_t *source)
{
	g_autofree char *reached = g_malloc0(theme->items->len + 1);
	g_autofree char *asked = g_malloc0(theme->questions->len + 1);
	g_autoptr(GHashTable) answers = g_hash_table_new(g_str_hash, g_str_equal);
	struct walk walk = {theme, answers, reached, asked, 0};
	walk_on(&walk, 0);
	if (walk.ways > MOST_WAYS) {
		reader_warn(reader, "请把问题分得更细，让后面的问题依前面的回答才问",
			"问卷的走法超过 %d 种，没有逐一走完", MOST_WAYS);
		return;
	}
	tell_unreached(reader, &walk, source, reader->at);
}

void check_questions(struct reader *reader, const struct catalog_set *set,
	const struct theme *theme, const json_t *source)
{
	g_autoptr(GHashTable) used = g_hash_table_new(g_str_hash, g_str_equal);
	struct look look = {reader, theme, source, used};
	for (guint i = 0; i < theme->questions->len; i++)
		look_at_question(&look, i);
	look_at_items(&look, set->definitions);
	warn_dead(&look);
	check_ways(reader, theme, source);
}
