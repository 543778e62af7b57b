#include "catalog/check.h"

#include <string.h>

/* ---- what a service uses ---- */

static void check_material_use(struct reader *reader, const struct definitions *definitions,
	const struct material_use *use)
{
	gsize mark = reader_enter(reader, "材料 %s", use->material);
	if (use->material[0] != '\0' && definitions_material(definitions, use->material) == NULL)
		reader_fault_in(reader, "material", "请在 materials/ 里补上，或改正代码",
			"材料库里没有 %s", use->material);
	if (use->original_holder[0] != '\0' &&
		definitions_department(definitions, use->original_holder) == NULL)
		reader_fault_in(reader, "original_holder",
			"请在 departments.json 里补上，或改正代码", "原件留存部门 %s 不存在",
			use->original_holder);
	if (use->originals + use->copies == 0 && !use->image)
		reader_fault_in(reader, "originals", "请写 originals、copies 或 image",
			"原件、复印件、影像都不要");
	reader_leave(reader, mark);
}

static void check_uses(
	struct reader *reader, const struct definitions *definitions, const struct service *service)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
	for (guint i = 0; i < service->materials->len; i++) {
		struct material_use *use = service->materials->pdata[i];
		const json_t *outer = reader_step(reader, "materials", i);
		check_material_use(reader, definitions, use);
		if (use->when.terms->len == 0 && !g_hash_table_add(seen, use->material))
			reader_fault_in(reader, "material", "请合并成一条", "材料 %s 写了两次",
				use->material);
		reader_stand(reader, outer);
	}
	for (guint i = 0; i < service->fields->len; i++) {
		struct field_use *use = service->fields->pdata[i];
		const json_t *outer = reader_step(reader, "fields", i);
		if (use->field[0] != '\0' && definitions_field(definitions, use->field) == NULL)
			reader_fault_in(reader, "field", "请在 fields/ 里补上，或改正字段名",
				"字段表里没有 %s", use->field);
		if (use->when.terms->len == 0 && !g_hash_table_add(seen, use->field))
			reader_fault_in(
				reader, "field", "请合并成一条", "字段 %s 写了两次", use->field);
		reader_stand(reader, outer);
	}
}

/* Length in hours of civil time, near enough to compare two limits of different units. */
static double limit_hours(const struct limit_rule *limit)
{
	static const double hours[LIMIT_UNIT_COUNT] = {
		[LIMIT_UNIT_WORKING_DAY] = 24 * 7.0 / 5,
		[LIMIT_UNIT_CALENDAR_DAY] = 24,
		[LIMIT_UNIT_MONTH] = 24 * 30.4,
		[LIMIT_UNIT_HOUR] = 1,
	};
	return limit->number * hours[limit->unit];
}

static void check_service_limits(struct reader *reader, const struct service *service)
{
	if (service->statutory.present && service->promised.present &&
		limit_hours(&service->promised) > limit_hours(&service->statutory))
		reader_fault_in(reader, "promised", "请改短承诺时限，或核对法定时限",
			"承诺时限比法定时限长");
}

static void check_service_materials(struct reader *reader, const struct service *service)
{
	bool bare = service->materials->len == 0;
	bool told = service->no_materials[0] != '\0';
	if (bare && !told && service->status != SERVICE_STATUS_ABOLISHED)
		reader_fault_in(reader, "no_materials",
			"请列出材料，或在 no_materials 写明为什么不要", "没有材料");
	if (!bare && told)
		reader_fault_in(
			reader, "no_materials", "请删去 no_materials", "列了材料，又写不要材料");
}

static void check_service(
	struct reader *reader, const struct definitions *definitions, const struct service *service)
{
	check_uses(reader, definitions, service);
	check_service_limits(reader, service);
	check_service_materials(reader, service);
	if (service->status != SERVICE_STATUS_IN_FORCE && service->status_basis[0] == '\0')
		reader_fault_in(reader, "status_basis", "请在 status_basis 写明文件和日期",
			"已变更或已取消，却没有依据");
	if (service->result_kind != RESULT_KIND_NONE && service->result[0] == '\0')
		reader_fault_in(reader, "result", "请写结果名称，或把 result_kind 写成 none",
			"没有结果名称");
	if (service->fee[0] != '\0' && service->fee_basis[0] == '\0')
		reader_fault_in(reader, "fee_basis", "请写法律条款，或写 general",
			"收费没有依据（fee_basis）");
}

static void check_field(struct reader *reader, const struct field *field)
{
	bool choice = field->type == FIELD_TYPE_CHOICE;
	bool by_choice = field->validator == FIELD_VALIDATOR_CHOICE;
	guint options = g_strv_length(field->options);
	if (choice != by_choice)
		reader_fault_in(reader, "validator", "type 与 validator 应同为 choice",
			"选择字段的校验写法不对");
	if (choice && options < 2)
		reader_fault_in(reader, "options", "请在 options 里至少写两个", "选择字段没有选项");
	if (!choice && options != 0)
		reader_fault_in(reader, "options", "请删去 options，或把 type 改成 choice",
			"不是选择字段却有选项");
	if ((field->type == FIELD_TYPE_DATE) != (field->validator == FIELD_VALIDATOR_DATE))
		reader_fault_in(reader, "validator", "type 与 validator 应同为 date",
			"日期字段的校验写法不对");
	bool numeric = field->validator == FIELD_VALIDATOR_INTEGER ||
		       field->validator == FIELD_VALIDATOR_DECIMAL;
	if ((field->type == FIELD_TYPE_NUMBER) != numeric)
		reader_fault_in(reader, "validator", "number 的校验是 integer 或 decimal",
			"数字字段的校验写法不对");
}

/* ---- answers that services wait for ---- */

static void note_answers(GHashTable *known, const struct question *question)
{
	for (guint i = 0; i < question->options->len; i++) {
		const struct option *option = question->options->pdata[i];
		g_hash_table_add(known, g_strconcat(question->id, "/", option->id, NULL));
	}
}

/* "question/option" of every theme; free with g_hash_table_unref. */
static GHashTable *known_answers(const struct catalog_set *set)
{
	GHashTable *known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (guint i = 0; i < set->lists->len; i++) {
		const struct list *list = set->lists->pdata[i];
		for (guint j = 0; j < list->themes->len; j++) {
			const struct theme *theme = list->themes->pdata[j];
			for (guint k = 0; k < theme->questions->len; k++)
				note_answers(known, theme->questions->pdata[k]);
		}
	}
	return known;
}

static void check_answers(
	struct reader *reader, GHashTable *known, const struct condition *condition)
{
	for (guint i = 0; i < condition->terms->len; i++) {
		const struct condition_term *term = condition->terms->pdata[i];
		for (char **option = term->options; *option != NULL; option++) {
			g_autofree char *answer = g_strconcat(term->question, "/", *option, NULL);
			if (!g_hash_table_contains(known, answer))
				reader_fault_in(reader, "when",
					"请改正 when 里的 id，或在指南里加上问题和选项",
					"没有哪个主题有问题 %s 的选项 %s", term->question, *option);
		}
	}
}

static void check_service_answers(
	struct reader *reader, GHashTable *known, const struct service *service)
{
	for (guint i = 0; i < service->materials->len; i++) {
		const struct material_use *use = service->materials->pdata[i];
		gsize mark = reader_enter(reader, "材料 %s", use->material);
		const json_t *outer = reader_step(reader, "materials", i);
		check_answers(reader, known, &use->when);
		reader_stand(reader, outer);
		reader_leave(reader, mark);
	}
	for (guint i = 0; i < service->fields->len; i++) {
		const struct field_use *use = service->fields->pdata[i];
		gsize mark = reader_enter(reader, "字段 %s", use->field);
		const json_t *outer = reader_step(reader, "fields", i);
		check_answers(reader, known, &use->when);
		reader_stand(reader, outer);
		reader_leave(reader, mark);
	}
}

/* ---- all definitions ---- */

/* A reader of an entry's file, standing on the entry. */
static void begin(struct reader *reader, const struct catalog_set *set,
	struct catalog_faults *faults, enum catalog_kind kind, const char *code)
{
	const struct catalog_origin *origin = catalog_set_origin(set, kind, code);
	reader_init(reader, faults, catalog_set_file(set, kind, code));
	reader_stand(reader, origin == NULL ? NULL : origin->value);
}

static gint by_text(gconstpointer a, gconstpointer b)
{
	return strcmp(a, b);
}

static GList *sorted_codes(GHashTable *table)
{
	return g_list_sort(g_hash_table_get_keys(table), by_text);
}

static void check_services(const struct catalog_set *set, struct catalog_faults *faults)
{
	g_autoptr(GHashTable) known = known_answers(set);
	g_autoptr(GList) codes = sorted_codes(set->definitions->services);
	/* A shared service waits for answers of lists that versions by themselves do not bring. */
	bool is_alone = !set->is_in_store && set->packages == (int)set->lists->len;
	for (GList *at = codes; at != NULL; at = at->next) {
		const struct service *service = definitions_service(set->definitions, at->data);
		struct reader reader;
		begin(&reader, set, faults, CATALOG_KIND_SERVICE, at->data);
		reader_enter(&reader, "服务 %s", service->code);
		check_service(&reader, set->definitions, service);
		if (g_hash_table_size(known) != 0 && !is_alone)
			check_service_answers(&reader, known, service);
		reader_clear(&reader);
	}
}

static void check_fields(const struct catalog_set *set, struct catalog_faults *faults)
{
	g_autoptr(GList) keys = sorted_codes(set->definitions->fields);
	for (GList *at = keys; at != NULL; at = at->next) {
		struct reader reader;
		begin(&reader, set, faults, CATALOG_KIND_FIELD, at->data);
		reader_enter(&reader, "字段 %s", (const char *)at->data);
		check_field(&reader, definitions_field(set->definitions, at->data));
		reader_clear(&reader);
	}
}

/* "list\nprinted name" of every row; free with g_hash_table_unref. */
static GHashTable *printed_names(const struct catalog_set *set)
{
	GHashTable *names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (guint i = 0; i < set->lists->len; i++) {
		const struct list *list = set->lists->pdata[i];
		for (guint j = 0; j < list->themes->len; j++) {
			const struct theme *theme = list->themes->pdata[j];
			for (guint k = 0; k < theme->items->len; k++) {
				const struct theme_item *item = theme->items->pdata[k];
				g_hash_table_add(names, g_strjoin("\n", list->id,
								theme_item_route_name(item), NULL));
			}
		}
	}
	return names;
}

static void check_route(struct reader *reader, const struct catalog_set *set, GHashTable *printed,
	const struct route *route)
{
	g_autofree char *name = g_strjoin("\n", route->list, route->printed, NULL);
	if (route->department[0] != '\0' &&
		definitions_department(set->definitions, route->department) == NULL)
		reader_fault_in(reader, "department",
			"请在 departments.json 里补上部门，或改正代码", "部门 %s 不存在",
			route->department);
	if (route->list[0] == '\0')
		return;
	if (catalog_set_list(set, route->list) == NULL)
		reader_warn_in(
			reader, "list", "请改正清单 id，或等清单导入", "没有清单 %s", route->list);
	else if (!g_hash_table_contains(printed, name))
		reader_warn_in(reader, "printed", "请照清单的原文改正部门名，或删去",
			"清单 %s 里没有印着 %s 的事项", route->list, route->printed);
}

static void warn_entry(const struct catalog_set *set, struct catalog_faults *faults,
	enum catalog_kind kind, const char *code, const char *what, const char *mend)
{
	struct reader reader;
	begin(&reader, set, faults, kind, code);
	reader_enter(&reader, "%s", code);
	reader_warn(&reader, mend, "%s", what);
	reader_clear(&reader);
}

static void check_routes(const struct catalog_set *set, struct catalog_faults *faults)
{
	g_autoptr(GHashTable) printed = printed_names(set);
	g_autoptr(GHashTable) routed = g_hash_table_new(g_str_hash, g_str_equal);
	for (guint i = 0; i < set->definitions->routes->len; i++) {
		const struct route *route = set->definitions->routes->pdata[i];
		const struct catalog_origin *origin = set->route_origins->pdata[i];
		struct reader reader;
		reader_init(&reader, faults, origin->file);
		reader_stand(&reader, origin->value);
		reader_enter(&reader, "路由 %s→%s", route->printed, route->department);
		check_route(&reader, set, printed, route);
		reader_clear(&reader);
		g_hash_table_add(routed, route->department);
	}
	g_autoptr(GList) codes = sorted_codes(set->definitions->departments);
	for (GList *at = codes; at != NULL; at = at->next)
		if (!g_hash_table_contains(routed, at->data))
			warn_entry(set, faults, CATALOG_KIND_DEPARTMENT, at->data,
				"没有路由通到这个部门", "请在 routes 里加一条，或删去部门");
}

/* Codes of a table that nothing uses. */
static void warn_unused(const struct catalog_set *set, struct catalog_faults *faults,
	enum catalog_kind kind, GHashTable *table, GHashTable *used, const char *what)
{
	g_autoptr(GList) codes = sorted_codes(table);
	for (GList *at = codes; at != NULL; at = at->next)
		if (!g_hash_table_contains(used, at->data))
			warn_entry(set, faults, kind, at->data, what, "请用上它，或删去");
}

static void note_uses(const struct service *service, GHashTable *materials, GHashTable *fields)
{
	for (guint i = 0; i < service->materials->len; i++)
		g_hash_table_add(
			materials, ((struct material_use *)service->materials->pdata[i])->material);
	for (guint i = 0; i < service->fields->len; i++)
		g_hash_table_add(fields, ((struct field_use *)service->fields->pdata[i])->field);
}

static void note_items(const struct list *list, GHashTable *services)
{
	for (guint i = 0; i < list->themes->len; i++) {
		const struct theme *theme = list->themes->pdata[i];
		for (guint j = 0; j < theme->items->len; j++)
			g_hash_table_add(
				services, ((struct theme_item *)theme->items->pdata[j])->service);
	}
}

static void check_unused(const struct catalog_set *set, struct catalog_faults *faults)
{
	g_autoptr(GHashTable) materials = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GHashTable) fields = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GHashTable) services = g_hash_table_new(g_str_hash, g_str_equal);
	GHashTableIter at;
	gpointer service;
	g_hash_table_iter_init(&at, set->definitions->services);
	while (g_hash_table_iter_next(&at, NULL, &service))
		note_uses(service, materials, fields);
	for (guint i = 0; i < set->lists->len; i++)
		note_items(set->lists->pdata[i], services);
	const struct definitions *all = set->definitions;
	warn_unused(set, faults, CATALOG_KIND_MATERIAL, all->materials, materials,
		"没有服务要这份材料");
	warn_unused(set, faults, CATALOG_KIND_FIELD, all->fields, fields, "没有服务用这个字段");
	warn_unused(
		set, faults, CATALOG_KIND_SERVICE, all->services, services, "没有事项用这个服务");
}

void check_definitions(const struct catalog_set *set, struct catalog_faults *faults)
{
	check_services(set, faults);
	check_fields(set, faults);
	check_routes(set, faults);
	check_unused(set, faults);
}
