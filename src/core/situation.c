#include "core/situation.h"

#include <string.h>

/*
 * Three values, because a question not yet answered may still bring an item in: what rests on it is
 * neither in nor out.
 */
enum truth { TRUTH_NO, TRUTH_OPEN, TRUTH_YES };

struct builder {
	struct situation *out;
	const struct theme *theme;
	const struct definitions *definitions;
	GHashTable *given; /* question id → option id: answers to questions that are asked */
	GHashTable
		*pending; /* set of question ids that are, or may yet be, asked and not answered */
	GHashTable *deselected;
};

static bool is_said(const char *text)
{
	return text != NULL && *text != '\0';
}

static guint length_of(const GPtrArray *array)
{
	return array == NULL ? 0 : array->len;
}

static enum truth term_truth(const struct builder *b, const struct condition_term *term)
{
	if (g_hash_table_contains(b->pending, term->question))
		return TRUTH_OPEN;
	const char *answer = g_hash_table_lookup(b->given, term->question);
	if (answer == NULL || term->options == NULL)
		return TRUTH_NO;
	return g_strv_contains((const char *const *)term->options, answer) ? TRUTH_YES : TRUTH_NO;
}

static enum truth condition_truth(const struct builder *b, const struct condition *condition)
{
	enum truth truth = TRUTH_YES;
	for (guint i = 0; i < length_of(condition->terms); i++)
		truth = MIN(truth, term_truth(b, g_ptr_array_index(condition->terms, i)));
	return truth;
}

/* ---- questions ---- */

static void add_block(
	struct builder *b, const struct question *question, const struct option *option)
{
	if (!is_said(option->blocks))
		return;
	struct situation_block *block = g_new0(struct situation_block, 1);
	block->reason = option->blocks;
	block->remedy = option->remedy;
	block->question = question->id;
	g_ptr_array_add(b->out->blocks, block);
}

static void ask(struct builder *b, struct question *question, const char *answer)
{
	g_ptr_array_add(b->out->questions, question);
	const struct option *option = question_option(question, answer);
	if (option == NULL) {
		g_ptr_array_add(b->out->open, question);
		g_hash_table_add(b->pending, question->id);
		return;
	}
	g_hash_table_insert(b->given, question->id, option->id);
	add_block(b, question, option);
}

static void ask_all(struct builder *b, GHashTable *answers)
{
	for (guint i = 0; i < length_of(b->theme->questions); i++) {
		struct question *question = g_ptr_array_index(b->theme->questions, i);
		enum truth truth = condition_truth(b, &question->when);
		if (truth == TRUTH_OPEN)
			g_hash_table_add(b->pending, question->id);
		if (truth == TRUTH_YES)
			ask(b, question,
				answers == NULL ? NULL
						: g_hash_table_lookup(answers, question->id));
	}
}

/* ---- items ---- */

static enum item_standing standing_of(
	const struct builder *b, const struct theme_item *item, const struct service *service)
{
	if (is_said(item->not_offered) ||
		(service != NULL && service->status == SERVICE_STATUS_ABOLISHED))
		return ITEM_STANDING_NOT_OFFERED;
	enum truth truth = condition_truth(b, &item->when);
	if (truth == TRUTH_NO)
		return ITEM_STANDING_OUT_BY_ANSWER;
	if (b->deselected != NULL && !item->parallel &&
		g_hash_table_contains(b->deselected, GINT_TO_POINTER(item->index)))
		return ITEM_STANDING_OUT_BY_CHOICE;
	return truth == TRUTH_OPEN ? ITEM_STANDING_UNDECIDED : ITEM_STANDING_IN;
}

static void add_items(struct builder *b)
{
	for (guint i = 0; i < length_of(b->theme->items); i++) {
		const struct theme_item *item = g_ptr_array_index(b->theme->items, i);
		struct situation_item *row = g_new0(struct situation_item, 1);
		row->item = item;
		row->service = definitions_service(b->definitions, item->service);
		row->fixed = item->parallel;
		row->standing = standing_of(b, item, row->service);
		g_ptr_array_add(b->out->items, row);
	}
}

static void add_conflict(struct builder *b, const char *fmt, ...) G_GNUC_PRINTF(2, 3);
static void add_conflict(struct builder *b, const char *fmt, ...)
{
	va_list arguments;
	va_start(arguments, fmt);
	g_ptr_array_add(b->out->conflicts, g_strdup_vprintf(fmt, arguments));
	va_end(arguments);
}

/* Of a set of rival items more than one is in: none is, and the sentence names them. */
static void settle_rivals(struct builder *b, GPtrArray *rivals, const char *why)
{
	if (rivals->len < 2)
		return;
	g_autoptr(GString) names = g_string_new(NULL);
	for (guint i = 0; i < rivals->len; i++) {
		struct situation_item *row = g_ptr_array_index(rivals, i);
		row->standing = ITEM_STANDING_UNDECIDED;
		g_string_append_printf(names, "“%s”", row->item->name);
	}
	add_conflict(b, "%s只能办一项（%s），请留下一项，去掉其余", names->str, why);
}

static void settle_choice(struct builder *b, const char *letter)
{
	g_autoptr(GPtrArray) rivals = g_ptr_array_new();
	for (guint i = 0; i < b->out->items->len; i++) {
		struct situation_item *row = g_ptr_array_index(b->out->items, i);
		if (row->standing == ITEM_STANDING_IN && g_strcmp0(row->item->choice, letter) == 0)
			g_ptr_array_add(rivals, row);
	}
	settle_rivals(b, rivals, "二选一");
}

static void settle_choices(struct builder *b)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
	for (guint i = 0; i < b->out->items->len; i++) {
		const struct situation_item *row = g_ptr_array_index(b->out->items, i);
		char *letter = row->item->choice;
		if (is_said(letter) && g_hash_table_add(seen, letter))
			settle_choice(b, letter);
	}
}

static void settle_exclusion(struct builder *b, const struct exclusion *exclusion)
{
	g_autoptr(GPtrArray) rivals = g_ptr_array_new();
	for (guint i = 0; exclusion->items != NULL && i < exclusion->items->len; i++) {
		int index = g_array_index(exclusion->items, int, i);
		if (index < 0 || index >= (int)b->out->items->len)
			continue;
		struct situation_item *row = g_ptr_array_index(b->out->items, index);
		if (row->standing == ITEM_STANDING_IN)
			g_ptr_array_add(rivals, row);
	}
	settle_rivals(b, rivals, is_said(exclusion->reason) ? exclusion->reason : "互相排斥");
}

/* ---- one checklist ---- */

static bool add_index(GArray *items, int index)
{
	for (guint i = 0; i < items->len; i++)
		if (g_array_index(items, int, i) == index)
			return false;
	g_array_append_val(items, index);
	return true;
}

static void add_points(GPtrArray *points, GStrv more)
{
	for (size_t i = 0; more != NULL && more[i] != NULL; i++)
		if (!g_ptr_array_find_with_equal_func(points, more[i], g_str_equal, NULL))
			g_ptr_array_add(points, more[i]);
}

static struct situation_material *find_material(
	const struct situation *situation, const struct material *material)
{
	for (guint i = 0; i < situation->materials->len; i++) {
		struct situation_material *row = g_ptr_array_index(situation->materials, i);
		if (row->material == material)
			return row;
	}
	return NULL;
}

static struct situation_material *take_material(
	struct situation *situation, const struct material *material)
{
	struct situation_material *row = find_material(situation, material);
	if (row != NULL)
		return row;
	row = g_new0(struct situation_material, 1);
	row->material = material;
	row->necessity = NECESSITY_OPTIONAL;
	row->items = g_array_new(FALSE, FALSE, sizeof(int));
	row->review_points = g_ptr_array_new();
	row->original_holder = g_strdup("");
	row->holders = g_ptr_array_new();
	add_points(row->review_points, material->review_points);
	g_ptr_array_add(situation->materials, row);
	return row;
}

/* One original serves all, except that each department that must hold one needs its own (R32). */
static void merge_originals(struct situation_material *row, const struct material_use *use)
{
	char *holder = use->original_holder;
	if (is_said(holder) &&
		!g_ptr_array_find_with_equal_func(row->holders, holder, g_str_equal, NULL))
		g_ptr_array_add(row->holders, holder);
	row->originals = MAX(MAX(row->originals, use->originals), (int)row->holders->len);
	if (is_said(holder) && *row->original_holder == '\0') {
		g_free(row->original_holder);
		row->original_holder = g_strdup(holder);
	}
}

static void merge_material(
	struct builder *b, const struct theme_item *item, const struct material_use *use)
{
	const struct material *material = definitions_material(b->definitions, use->material);
	if (material == NULL) {
		add_conflict(b, "事项“%s”所需材料 %s 没有定义，请告知清单管理员", item->name,
			use->material);
		return;
	}
	struct situation_material *row = take_material(b->out, material);
	row->necessity = MIN(row->necessity, use->necessity);
	row->copies += use->copies;
	row->image = row->image || use->image;
	merge_originals(row, use);
	add_index(row->items, item->index);
	add_points(row->review_points, use->review_points);
}

/* ---- one form ---- */

static struct situation_field *take_field(struct situation *situation, const struct field *field)
{
	for (guint i = 0; i < situation->fields->len; i++) {
		struct situation_field *row = g_ptr_array_index(situation->fields, i);
		if (row->field == field)
			return row;
	}
	struct situation_field *row = g_new0(struct situation_field, 1);
	row->field = field;
	row->items = g_array_new(FALSE, FALSE, sizeof(int));
	g_ptr_array_add(situation->fields, row);
	return row;
}

static void merge_field(
	struct builder *b, const struct theme_item *item, const struct field_use *use)
{
	const struct field *field = definitions_field(b->definitions, use->field);
	if (field == NULL) {
		add_conflict(b, "事项“%s”所需字段 %s 没有定义，请告知清单管理员", item->name,
			use->field);
		return;
	}
	struct situation_field *row = take_field(b->out, field);
	row->required = row->required || use->required;
	add_index(row->items, item->index);
}

static void merge_item(struct builder *b, const struct situation_item *row)
{
	if (row->standing != ITEM_STANDING_IN || row->service == NULL)
		return;
	for (guint i = 0; i < length_of(row->service->materials); i++) {
		const struct material_use *use = g_ptr_array_index(row->service->materials, i);
		if (condition_truth(b, &use->when) == TRUTH_YES)
			merge_material(b, row->item, use);
	}
	for (guint i = 0; i < length_of(row->service->fields); i++) {
		const struct field_use *use = g_ptr_array_index(row->service->fields, i);
		if (condition_truth(b, &use->when) == TRUTH_YES)
			merge_field(b, row->item, use);
	}
}

/* ---- the whole ---- */

static void material_row_free(struct situation_material *row)
{
	g_array_unref(row->items);
	g_ptr_array_unref(row->review_points);
	g_ptr_array_unref(row->holders);
	g_free(row->original_holder);
	g_free(row);
}

static void field_row_free(struct situation_field *row)
{
	g_array_unref(row->items);
	g_free(row);
}

static struct situation *situation_empty(void)
{
	struct situation *situation = g_new0(struct situation, 1);
	situation->items = g_ptr_array_new_with_free_func(g_free);
	situation->materials = g_ptr_array_new_with_free_func((GDestroyNotify)material_row_free);
	situation->fields = g_ptr_array_new_with_free_func((GDestroyNotify)field_row_free);
	situation->questions = g_ptr_array_new();
	situation->open = g_ptr_array_new();
	situation->blocks = g_ptr_array_new_with_free_func(g_free);
	situation->conflicts = g_ptr_array_new_with_free_func(g_free);
	return situation;
}

struct situation *situation_new(const struct theme *theme, const struct definitions *definitions,
	GHashTable *answers, GHashTable *deselected)
{
	g_autoptr(GHashTable) given = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GHashTable) pending = g_hash_table_new(g_str_hash, g_str_equal);
	struct builder b = {situation_empty(), theme, definitions, given, pending, deselected};
	ask_all(&b, answers);
	add_items(&b);
	settle_choices(&b);
	for (guint i = 0; i < length_of(theme->exclusions); i++)
		settle_exclusion(&b, g_ptr_array_index(theme->exclusions, i));
	for (guint i = 0; i < b.out->items->len; i++)
		merge_item(&b, g_ptr_array_index(b.out->items, i));
	return b.out;
}

void situation_free(struct situation *situation)
{
	if (situation == NULL)
		return;
	g_ptr_array_unref(situation->items);
	g_ptr_array_unref(situation->materials);
	g_ptr_array_unref(situation->fields);
	g_ptr_array_unref(situation->questions);
	g_ptr_array_unref(situation->open);
	g_ptr_array_unref(situation->blocks);
	g_ptr_array_unref(situation->conflicts);
	g_free(situation);
}

bool situation_is_settled(const struct situation *situation)
{
	if (situation->open->len + situation->blocks->len + situation->conflicts->len != 0)
		return false;
	bool any = false;
	for (guint i = 0; i < situation->items->len; i++) {
		const struct situation_item *row = g_ptr_array_index(situation->items, i);
		if (row->standing == ITEM_STANDING_UNDECIDED)
			return false;
		any = any || row->standing == ITEM_STANDING_IN;
	}
	return any;
}
