/* What stands in a service, a material, a field: the rows of its screen. */
#include <string.h>

#include "base/text.h"
#include "core/words.h"
#include "screens/bureau.h"

struct bureau_row *bureau_row_take(
	GPtrArray *rows, enum style style, int indent, const char *label, char *text)
{
	struct bureau_row *row = g_new0(struct bureau_row, 1);
	row->style = style;
	row->indent = indent;
	row->label = g_strdup(label);
	row->text = text;
	g_ptr_array_add(rows, row);
	return row;
}

static struct bureau_row *add_form(GPtrArray *rows, const char *label, char *text,
	const struct bureau_form *form, const char *path)
{
	struct bureau_row *row = bureau_row_take(rows, STYLE_NORMAL, 1, label, text);
	row->form = form;
	row->path = g_strdup(path);
	return row;
}

static struct bureau_row *add_heading(
	GPtrArray *rows, const char *label, const json_t *array, enum bureau_add add)
{
	char *text = g_strdup_printf("%d 条", (int)json_array_size(array));
	struct bureau_row *row = bureau_row_take(rows, STYLE_TITLE, 1, label, text);
	row->add = add;
	return row;
}

void bureau_rows_sentences(GPtrArray *rows, const json_t *json, const char *key, const char *label)
{
	const json_t *array = json_object_get(json, key);
	add_heading(rows, label, array, BUREAU_ADD_SENTENCE)->into = g_strdup(key);
	size_t i;
	json_t *text;
	json_array_foreach((json_t *)array, i, text)
	{
		g_autofree char *path = g_strdup_printf("%s/%d", key, (int)i);
		g_autofree char *name = g_strdup_printf("%s %d", label, (int)i + 1);
		char *shown = g_strdup_printf("%d %s", (int)i + 1, json_string_value(text));
		struct bureau_row *row = add_form(rows, name, shown, &bureau_form_sentence, path);
		row->indent = 3;
		row->add = BUREAU_ADD_SENTENCE;
		row->into = g_strdup(key);
		row->removable = true;
	}
}

/* ---- the shared parts ---- */

/* A basis in its own words; `general` is what has none. */
static const char *basis_of(const json_t *object, const char *key)
{
	const char *basis = json_text(object, key, "");
	return strcmp(basis, "general") == 0 ? "依据未写明条文" : basis;
}

static void add_limit(GPtrArray *rows, const json_t *json, const char *key, const char *label)
{
	const json_t *limit = json_object_get(json, key);
	g_autofree char *words = bureau_limit_words(limit);
	char *text = limit == NULL ? g_strdup("没有写")
				   : g_strdup_printf("%s  （%s）", words, basis_of(limit, "basis"));
	add_form(rows, label, text, &bureau_form_limit, key);
}

static const char *or_none(const char *text)
{
	return text[0] == '\0' ? "没有写" : text;
}

static void add_fee(GPtrArray *rows, const json_t *json)
{
	const char *fee = json_text(json, "fee", ""), *basis = basis_of(json, "fee_basis");
	char *text = fee[0] == '\0' || basis[0] == '\0' ? g_strdup(or_none(fee))
							: g_strdup_printf("%s  （%s）", fee, basis);
	add_form(rows, "收费", text, &bureau_form_fee, "");
}

static void add_status(GPtrArray *rows, const json_t *json)
{
	enum nature nature = nature_from_name(json_text(json, "nature", ""));
	enum service_status status = service_status_from_name(json_text(json, "status", ""));
	char *text = g_strdup_printf("%s  %s  %s  核对于 %s",
		nature < NATURE_COUNT ? nature_name(nature) : "",
		status < SERVICE_STATUS_COUNT ? service_status_name(status) : "",
		json_text(json, "status_basis", ""), json_text(json, "as_of", ""));
	add_form(rows, "性质", text, &bureau_form_status, "");
}

static void add_result(GPtrArray *rows, const json_t *json)
{
	enum result_kind kind = result_kind_from_name(json_text(json, "result_kind", ""));
	const char *result = json_text(json, "result", "");
	char *text = result[0] == '\0'
			     ? g_strdup("没有结果物")
			     : g_strdup_printf("%s  （%s）", result,
				       kind < RESULT_KIND_COUNT ? result_kind_name(kind) : "");
	add_form(rows, "结果", text, &bureau_form_result, "");
}

/* ---- materials and fields of a service ---- */

static const json_t *definition(const struct bureau_document *document, const char *code)
{
	return g_hash_table_lookup(document->definitions, code);
}

static void append_line(GString *text, const char *label, const char *value)
{
	if (value[0] != '\0')
		g_string_append_printf(text, "%s%s：%s", text->len == 0 ? "" : "\n", label, value);
}

static void append_lines(GString *text, const char *label, const json_t *array)
{
	size_t i;
	json_t *line;
	json_array_foreach((json_t *)array, i, line)
		append_line(text, label, json_string_value(line));
}

static void append_when(GString *text, const struct bureau_document *document, const json_t *use)
{
	g_autofree char *words =
		bureau_condition_words(json_object_get(use, "when"), document->guide);
	append_line(text, "何时需要", words);
}

static char *material_detail(
	const struct bureau_document *document, const json_t *use, const json_t *material)
{
	GString *text = g_string_new(NULL);
	append_when(text, document, use);
	append_line(text, "这里的依据", basis_of(use, "basis"));
	append_lines(text, "这里的审查要点", json_object_get(use, "review_points"));
	append_line(text, "出具单位", json_text(material, "issuer", ""));
	append_line(text, "可用电子证照", json_text(material, "certificate", ""));
	append_lines(text, "审查要点", json_object_get(material, "review_points"));
	append_line(text, "材料依据", basis_of(material, "basis"));
	append_line(text, "代码", json_text(use, "material", ""));
	return g_string_free(text, FALSE);
}

static char *material_words(const json_t *use, const char *name)
{
	enum necessity necessity = necessity_from_name(json_text(use, "necessity", ""));
	g_autofree char *padded = text_pad(name, 34);
	g_autofree char *grade =
		text_pad(necessity < NECESSITY_COUNT ? necessity_name(necessity) : "", 7);
	return g_strdup_printf("%s %s 原件%d 复印件%d %s %s", padded, grade,
		(int)json_integer_or(use, "originals", 0), (int)json_integer_or(use, "copies", 0),
		json_flag(use, "image", false) ? "影像" : "    ",
		json_object_size(json_object_get(use, "when")) > 0 ? "视情形" : "");
}

static void add_use(GPtrArray *rows, const struct bureau_document *document, size_t index,
	const json_t *use, bool is_material)
{
	const char *kind = is_material ? "material" : "field";
	const char *code = json_text(use, kind, "");
	const json_t *known = definition(document, code);
	const char *name = json_text(known, is_material ? "name" : "label", code);
	g_autofree char *path = g_strdup_printf("%ss/%d", kind, (int)index);
	g_autofree char *padded = text_pad(name, 34);
	char *text = is_material
			     ? material_words(use, name)
			     : g_strdup_printf("%s %s %s", padded,
				       json_flag(use, "required", false) ? "必填" : "选填",
				       json_object_size(json_object_get(use, "when")) > 0 ? "视情形"
											  : "");
	struct bureau_row *row = add_form(rows, name, text,
		is_material ? &bureau_form_material_use : &bureau_form_field_use, path);
	row->indent = 3;
	row->add = is_material ? BUREAU_ADD_MATERIAL : BUREAU_ADD_FIELD;
	row->into = g_strconcat(kind, "s", NULL);
	row->removable = true;
	row->shows_kind = kind;
	row->opens = g_strdup(code);
	if (is_material) {
		row->detail = material_detail(document, use, known);
		return;
	}
	GString *detail = g_string_new(NULL);
	append_when(detail, document, use);
	append_line(detail, "提示", json_text(known, "hint", ""));
	append_line(detail, "代码", code);
	row->detail = g_string_free(detail, FALSE);
}

static void add_uses(GPtrArray *rows, const struct bureau_document *document, bool is_material)
{
	const char *key = is_material ? "materials" : "fields";
	const json_t *uses = json_object_get(document->json, key);
	struct bureau_row *heading = add_heading(rows, is_material ? "材料" : "填写项", uses,
		is_material ? BUREAU_ADD_MATERIAL : BUREAU_ADD_FIELD);
	heading->into = g_strdup(key);
	size_t i;
	json_t *use;
	json_array_foreach((json_t *)uses, i, use) add_use(rows, document, i, use, is_material);
}

/* ---- whole entries ---- */

static void add_service(GPtrArray *rows, const struct bureau_document *document)
{
	const json_t *json = document->json;
	add_form(rows, "名称", g_strdup(json_text(json, "name", "")), &bureau_form_name, "");
	add_status(rows, json);
	add_form(rows, "依据", g_strdup(basis_of(json, "basis")), &bureau_form_basis, "");
	add_limit(rows, json, "statutory", "法定时限");
	add_limit(rows, json, "promised", "承诺时限");
	add_fee(rows, json);
	add_result(rows, json);
	add_uses(rows, document, true);
	if (json_array_size(json_object_get(json, "materials")) == 0)
		add_form(rows, "不要材料", g_strdup(or_none(json_text(json, "no_materials", ""))),
			&bureau_form_no_materials, "");
	add_uses(rows, document, false);
	bureau_rows_sentences(rows, json, "conditions", "办理条件");
	bureau_rows_sentences(rows, json, "review_points", "审查要点");
}

static void add_material(GPtrArray *rows, const json_t *json)
{
	static const struct {
		const char *label, *key;
	} lines[] = {{"名称", "name"}, {"出具单位", "issuer"}, {"电子证照", "certificate"},
		{"依据", "basis"}, {"备注", "note"}};
	for (gsize i = 0; i < G_N_ELEMENTS(lines); i++)
		add_form(rows, lines[i].label, g_strdup(or_none(json_text(json, lines[i].key, ""))),
			&bureau_form_material, "");
	bureau_rows_sentences(rows, json, "review_points", "审查要点");
}

static void add_field(GPtrArray *rows, const json_t *json)
{
	enum field_type type = field_type_from_name(json_text(json, "type", ""));
	enum field_validator validator =
		field_validator_from_name(json_text(json, "validator", ""));
	add_form(rows, "名称", g_strdup(json_text(json, "label", "")), &bureau_form_field, "");
	add_form(rows, "提示", g_strdup(or_none(json_text(json, "hint", ""))), &bureau_form_field,
		"");
	char *most = g_strdup_printf("%d", (int)json_integer_or(json, "most", 0));
	add_form(rows, "最多字数", most, &bureau_form_field, "");
	bureau_row_take(rows, STYLE_DIM, 1, "类型",
		g_strdup_printf("%s，按“%s”校验",
			type < FIELD_TYPE_COUNT ? field_type_name(type) : "",
			validator < FIELD_VALIDATOR_COUNT ? field_validator_name(validator) : ""));
	if (type == FIELD_TYPE_CHOICE)
		bureau_rows_sentences(rows, json, "options", "选项");
}

static void free_row(gpointer data)
{
	struct bureau_row *row = data;
	g_free(row->label);
	g_free(row->text);
	g_free(row->detail);
	g_free(row->path);
	json_decref(row->fresh);
	g_free(row->into);
	g_free(row->opens);
	g_free(row);
}

GPtrArray *bureau_rows(const struct bureau_document *document)
{
	GPtrArray *rows = g_ptr_array_new_with_free_func(free_row);
	if (strcmp(document->kind, "theme") == 0)
		bureau_rows_theme(rows, document);
	else if (strcmp(document->kind, "service") == 0)
		add_service(rows, document);
	else if (strcmp(document->kind, "material") == 0)
		add_material(rows, document->json);
	else
		add_field(rows, document->json);
	return rows;
}
