/* Materials and fields of a guide: each once, with who needs it and when. */
#include <string.h>

#include "core/words.h"
#include "desk/guide_parts.h"

/* One thing that several rows use: who, in which case, how many. */
struct use {
	const void *thing;	     /* struct material or field, borrowed */
	GArray *rows;		     /* int: numbers of the rows, from 1 */
	GPtrArray *whens;	     /* char *, one a row */
	enum necessity necessity;    /* the strictest */
	int originals[2], copies[2]; /* least and most of one row */
	int total;		     /* copies of all rows */
	bool image;
	bool required;
	const char *holder;
	const char *basis;
	GPtrArray *points; /* borrowed char * */
};

static void free_use(gpointer data)
{
	struct use *use = data;
	g_array_unref(use->rows);
	g_ptr_array_unref(use->whens);
	g_ptr_array_unref(use->points);
	g_free(use);
}

static struct use *take_use(GPtrArray *uses, const void *thing)
{
	for (guint i = 0; i < uses->len; i++)
		if (((struct use *)uses->pdata[i])->thing == thing)
			return uses->pdata[i];
	struct use *use = g_new0(struct use, 1);
	use->thing = thing;
	use->rows = g_array_new(FALSE, FALSE, sizeof(int));
	use->whens = g_ptr_array_new_with_free_func(g_free);
	use->points = g_ptr_array_new();
	use->necessity = NECESSITY_OPTIONAL;
	use->originals[0] = use->copies[0] = G_MAXINT;
	use->holder = use->basis = "";
	g_ptr_array_add(uses, use);
	return use;
}

static void add_row(
	struct use *use, const struct guide_making *making, int index, const struct condition *when)
{
	int number = index + 1;
	char *words = making->narrowed ? g_strdup("") : guide_condition_words(making->theme, when);
	g_array_append_val(use->rows, number);
	g_ptr_array_add(use->whens, words);
}

static void add_points(GPtrArray *points, const GStrv more)
{
	for (int i = 0; more != NULL && more[i] != NULL; i++)
		if (!g_ptr_array_find_with_equal_func(points, more[i], g_str_equal, NULL))
			g_ptr_array_add(points, more[i]);
}

static void spread(int range[2], int number)
{
	range[0] = MIN(range[0], number);
	range[1] = MAX(range[1], number);
}

/* ---- in words ---- */

/* 1、2、5: each row once. */
static char *rows_words(const struct use *use)
{
	GString *words = g_string_new(NULL);
	int last = 0;
	for (guint i = 0; i < use->rows->len; i++) {
		int number = g_array_index(use->rows, int, i);
		if (number != last)
			g_string_append_printf(words, "%s%d", words->len ? "、" : "", number);
		last = number;
	}
	return g_string_free(words, FALSE);
}

static bool all_alike(const GPtrArray *texts)
{
	for (guint i = 1; i < texts->len; i++)
		if (strcmp(texts->pdata[0], texts->pdata[i]) != 0)
			return false;
	return true;
}

/* One condition when all rows have the same, else each row's own. */
static char *when_words(const struct use *use)
{
	if (use->whens->len > 0 && all_alike(use->whens))
		return g_strdup(use->whens->pdata[0]);
	GString *words = g_string_new(NULL);
	for (guint i = 0; i < use->rows->len; i++) {
		const char *when = use->whens->pdata[i];
		g_string_append_printf(words, "%s事项%d：%s", words->len ? "；" : "",
			g_array_index(use->rows, int, i), *when ? when : "都要");
	}
	return g_string_free(words, FALSE);
}

static void append_count(GString *words, const char *what, const int range[2])
{
	if (range[1] == 0)
		return;
	g_string_append_printf(words, "%s%s %d", words->len ? "，" : "", what, range[0]);
	if (range[1] != range[0])
		g_string_append_printf(words, " 至 %d", range[1]);
}

/* 原件 1，复印件 2; copies that are handed in for every row are added up. */
static char *copies_words(const struct use *use)
{
	GString *words = g_string_new(NULL);
	append_count(words, "原件", use->originals);
	append_count(words, "复印件", use->copies);
	if (use->total > use->copies[1])
		g_string_append_printf(words, "（合计 %d）", use->total);
	if (use->image)
		g_string_append_printf(words, "%s影像", words->len ? "，" : "");
	return g_string_free(words, FALSE);
}

static json_t *borrowed_texts(const GPtrArray *texts)
{
	json_t *array = json_array();
	for (guint i = 0; i < texts->len; i++)
		json_array_append_new(array, json_string(texts->pdata[i]));
	return array;
}

/* ---- materials ---- */

static void add_material(GPtrArray *uses, const struct guide_making *making, int index,
	const struct material_use *one)
{
	const struct material *material = definitions_material(making->definitions, one->material);
	if (material == NULL || !guide_uses(making, &one->when))
		return;
	struct use *use = take_use(uses, material);
	add_row(use, making, index, &one->when);
	add_points(use->points, material->review_points);
	add_points(use->points, one->review_points);
	spread(use->originals, one->originals);
	spread(use->copies, one->copies);
	use->total += making->narrowed ? one->copies : 0;
	use->necessity = MIN(use->necessity, one->necessity);
	use->image = use->image || one->image;
	if (*use->holder == '\0')
		use->holder = one->original_holder;
	if (*use->basis == '\0')
		use->basis = guide_basis(one->basis);
}

static json_t *material_json(const struct guide_making *making, const struct use *use, int number)
{
	const struct material *material = use->thing;
	const struct department *holder = definitions_department(making->definitions, use->holder);
	g_autofree char *rows = rows_words(use);
	g_autofree char *when = when_words(use);
	g_autofree char *copies = copies_words(use);
	g_autofree char *waiver =
		*material->certificate == '\0'
			? g_strdup("")
			: g_strdup_printf("可用电子证照“%s”免交", material->certificate);
	const char *basis = guide_basis(material->basis);
	return json_pack("{s:i,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:o}", "number",
		number, "code", material->code, "name", material->name, "necessity",
		necessity_name(use->necessity), "copies", copies, "issuer",
		*material->issuer != '\0' ? material->issuer : "申请人", "certificate",
		material->certificate, "waiver", waiver, "items", rows, "when", when, "basis",
		*use->basis != '\0' ? use->basis : basis, "note", material->note, "holder",
		holder != NULL ? holder->name : "", "review_points", borrowed_texts(use->points));
}

json_t *guide_materials(const struct guide_making *making)
{
	g_autoptr(GPtrArray) uses = g_ptr_array_new_with_free_func(free_use);
	for (int i = 0; i < (int)making->theme->items->len; i++) {
		const struct service *service = guide_row(making, i)->service;
		for (guint k = 0;
			making->shown[i] && service != NULL && k < service->materials->len; k++)
			add_material(uses, making, i, service->materials->pdata[k]);
	}
	json_t *array = json_array();
	for (guint i = 0; i < uses->len; i++)
		json_array_append_new(array, material_json(making, uses->pdata[i], (int)i + 1));
	return array;
}

/* ---- fields ---- */

static void add_field(
	GPtrArray *uses, const struct guide_making *making, int index, const struct field_use *one)
{
	const struct field *field = definitions_field(making->definitions, one->field);
	if (field == NULL || !guide_uses(making, &one->when))
		return;
	struct use *use = take_use(uses, field);
	add_row(use, making, index, &one->when);
	use->required = use->required || one->required;
}

static json_t *field_json(const struct use *use)
{
	const struct field *field = use->thing;
	g_autofree char *rows = rows_words(use);
	g_autofree char *when = when_words(use);
	return json_pack("{s:s,s:s,s:s,s:b,s:s,s:o,s:s,s:s}", "key", field->key, "label",
		field->label, "type", field_validator_name(field->validator), "required",
		(int)use->required, "hint", field->hint, "options", guide_texts(field->options),
		"items", rows, "when", when);
}

json_t *guide_fields(const struct guide_making *making)
{
	g_autoptr(GPtrArray) uses = g_ptr_array_new_with_free_func(free_use);
	for (int i = 0; i < (int)making->theme->items->len; i++) {
		const struct service *service = guide_row(making, i)->service;
		for (guint k = 0; making->shown[i] && service != NULL && k < service->fields->len;
			k++)
			add_field(uses, making, i, service->fields->pdata[k]);
	}
	json_t *array = json_array();
	for (guint i = 0; i < uses->len; i++)
		json_array_append_new(array, field_json(uses->pdata[i]));
	return array;
}
