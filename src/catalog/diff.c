#include "catalog/diff.h"

#include <string.h>

#include "catalog/layout.h"
#include "catalog/sheet_limit.h"
#include "core/words.h"

/* What the bureau calls the members of the files. */
static const struct {
	const char *key, *name;
} names[] = {
	{"after", "前置事项"},
	{"as_of", "核对日期"},
	{"audience", "对象"},
	{"basic_code", "基本编码"},
	{"basis", "依据"},
	{"blocks", "拦下的原因"},
	{"certificate", "可替代的电子证照"},
	{"choice", "二选一"},
	{"conditions", "条件"},
	{"cooperating", "配合部门"},
	{"copies", "复印件"},
	{"date", "日期"},
	{"department", "部门代码"},
	{"departments", "部门"},
	{"dept", "部门"},
	{"display", "显示名"},
	{"doc_no", "文号"},
	{"due", "时限"},
	{"exclusions", "互斥"},
	{"fee", "收费"},
	{"fee_basis", "收费依据"},
	{"fields", "字段"},
	{"hint", "提示"},
	{"image", "影像"},
	{"issuer", "出具单位"},
	{"items", "事项"},
	{"joint", "联办时限"},
	{"label", "名称"},
	{"lead", "牵头部门"},
	{"level", "层级"},
	{"materials", "材料"},
	{"most", "最多字数"},
	{"name", "名称"},
	{"nature", "性质"},
	{"necessity", "必要性"},
	{"no", "序号"},
	{"no_materials", "不要材料的原因"},
	{"not_offered", "不收的原因"},
	{"note", "备注"},
	{"number", "数"},
	{"options", "选项"},
	{"original_holder", "原件留存部门"},
	{"originals", "原件"},
	{"parallel", "并行办理"},
	{"place", "地点"},
	{"promised", "承诺时限"},
	{"questions", "问题"},
	{"reason", "原因"},
	{"remedy", "出路"},
	{"required", "必填"},
	{"result", "结果"},
	{"result_kind", "结果种类"},
	{"review_points", "审查要点"},
	{"routes", "路由"},
	{"service", "服务"},
	{"services", "服务"},
	{"source", "来源"},
	{"status", "状态"},
	{"status_basis", "状态依据"},
	{"statutory", "法定时限"},
	{"text", "文字"},
	{"themes", "主题"},
	{"title", "标题"},
	{"type", "类型"},
	{"unit", "单位"},
	{"validator", "校验"},
	{"when", "适用情形"},
};

static const char *name_of(const char *key)
{
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		if (strcmp(names[i].key, key) == 0)
			return names[i].name;
	return key;
}

struct comparison {
	const struct catalog_set *sets[2]; /* where codes have names */
	GPtrArray *sentences;
	GString *place; /* "清单 江门 主题 1" */
};

static void say(struct comparison *comparison, const char *fmt, ...) G_GNUC_PRINTF(2, 3);
static void say(struct comparison *comparison, const char *fmt, ...)
{
	va_list arguments;
	va_start(arguments, fmt);
	g_autofree char *what = g_strdup_vprintf(fmt, arguments);
	va_end(arguments);
	g_ptr_array_add(
		comparison->sentences, g_strdup_printf("%s：%s", comparison->place->str, what));
}

static gsize enter(struct comparison *comparison, const char *name, const char *id)
{
	gsize mark = comparison->place->len;
	g_autofree char *quoted = catalog_quote(id, 60);
	g_string_append_printf(comparison->place, "%s%s%s%s", mark == 0 ? "" : " ", name,
		id[0] == '\0' ? "" : " ", quoted);
	return mark;
}

/* What people read in place of a word of the files; NULL when it is not one. */
static const char *name_of_word(const char *key, const char *word)
{
	if (strcmp(key, "necessity") == 0)
		return necessity_name(necessity_from_name(word));
	if (strcmp(key, "nature") == 0)
		return nature_name(nature_from_name(word));
	if (strcmp(key, "status") == 0)
		return service_status_name(service_status_from_name(word));
	if (strcmp(key, "type") == 0)
		return field_type_name(field_type_from_name(word));
	if (strcmp(key, "validator") == 0)
		return field_validator_name(field_validator_from_name(word));
	if (strcmp(key, "result_kind") == 0)
		return result_kind_name(result_kind_from_name(word));
	return strcmp(word, "general") == 0 ? "通用做法" : NULL;
}

static bool is_blank(const json_t *value)
{
	return value == NULL || json_is_null(value) ||
	       (json_is_string(value) && json_string_length(value) == 0);
}

/* A value in a few words. What is left out of a file reads like the other version's empty one. */
static char *words_of(const char *key, const json_t *value, const json_t *other)
{
	if (value == NULL && json_is_boolean(other))
		return g_strdup("否");
	if (value == NULL && json_is_integer(other))
		return g_strdup("0");
	if (is_blank(value))
		return g_strdup("（空）");
	if (json_is_boolean(value))
		return g_strdup(json_is_true(value) ? "是" : "否");
	if (json_is_string(value)) {
		const char *name = name_of_word(key, json_string_value(value));
		return catalog_quote(name == NULL ? json_string_value(value) : name, 60);
	}
	g_autofree char *frozen = json_frozen(value, NULL);
	return catalog_quote(frozen, 60);
}

static bool is_nothing(const json_t *value)
{
	return is_blank(value) || json_is_false(value) ||
	       (json_is_array(value) && json_array_size(value) == 0) ||
	       (json_is_object(value) && json_object_size(value) == 0);
}

static bool says_the_same(const json_t *a, const json_t *b)
{
	return (is_nothing(a) && is_nothing(b)) || (a != NULL && b != NULL && json_equal(a, b));
}

/* What tells an element of an array from the others; "" when nothing does. A new string. */
static char *key_of(const json_t *value)
{
	static const char *const keys[] = {"code", "key", "id", "theme", "material", "field"};
	if (json_is_string(value))
		return g_strdup(json_string_value(value));
	if (json_object_get(value, "no") != NULL)
		return layout_theme_id(value);
	for (size_t i = 0; i < G_N_ELEMENTS(keys); i++)
		if (json_text(value, keys[i], "")[0] != '\0')
			return g_strdup(json_text(value, keys[i], ""));
	if (json_is_integer(json_object_get(value, "index")))
		return g_strdup_printf("第 %lld 项",
			(long long)json_integer_value(json_object_get(value, "index")) + 1);
	if (json_text(value, "printed", "")[0] != '\0')
		return g_strjoin(" ", json_text(value, "list", ""), json_text(value, "printed", ""),
			json_text(value, "level", ""), NULL);
	return g_strdup(json_text(value, "name", json_text(value, "reason", "")));
}

/* Elements by key; a key that comes again gets a number. Values borrowed; order in `order`. */
static GHashTable *by_key(const json_t *array, GPtrArray *order)
{
	GHashTable *table = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	size_t i;
	json_t *value;
	json_array_foreach(array, i, value)
	{
		g_autofree char *key = key_of(value);
		for (int again = 2; g_hash_table_contains(table, key); again++) {
			g_free(key);
			g_autofree char *plain = key_of(value);
			key = g_strdup_printf("%s（%d）", plain, again);
		}
		g_ptr_array_add(order, g_strdup(key));
		g_hash_table_insert(table, g_steal_pointer(&key), value);
	}
	return table;
}

static void compare(
	struct comparison *comparison, const char *key, const json_t *a, const json_t *b);

/* The name of a material, field or service that is spoken of by its code; "" when nobody has one.
 */
static const char *name_of_code(const struct comparison *comparison, const json_t *value)
{
	static const struct {
		const char *key, *name;
		enum catalog_kind kind;
	} codes[] = {
		{"material", "name", CATALOG_KIND_MATERIAL},
		{"field", "label", CATALOG_KIND_FIELD},
		{"service", "name", CATALOG_KIND_SERVICE},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(codes); i++)
		for (int side = 1; side >= 0; side--) {
			const struct catalog_origin *origin =
				catalog_set_origin(comparison->sets[side], codes[i].kind,
					json_text(value, codes[i].key, ""));
			if (origin != NULL)
				return json_text(origin->value, codes[i].name, "");
		}
	return "";
}

/* A few words that make a code readable: its name or text. */
static char *readable(const struct comparison *comparison, const char *key, const json_t *value)
{
	const char *name =
		json_text(value, "name", json_text(value, "text", json_text(value, "label", "")));
	if (name[0] == '\0')
		name = name_of_code(comparison, value);
	return name[0] == '\0' || strcmp(name, key) == 0 ? g_strdup(key)
							 : g_strjoin(" ", key, name, NULL);
}

static void compare_arrays(
	struct comparison *comparison, const char *key, const json_t *a, const json_t *b)
{
	g_autoptr(GPtrArray) before = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GPtrArray) after = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GHashTable) old = by_key(a, before);
	g_autoptr(GHashTable) now = by_key(b, after);
	for (guint i = 0; i < before->len; i++) {
		const json_t *gone = g_hash_table_lookup(old, before->pdata[i]);
		g_autofree char *words = readable(comparison, before->pdata[i], gone);
		if (!g_hash_table_contains(now, before->pdata[i]))
			say(comparison, "删去%s“%s”", name_of(key), words);
	}
	for (guint i = 0; i < after->len; i++) {
		const json_t *value = g_hash_table_lookup(now, after->pdata[i]);
		const json_t *other = g_hash_table_lookup(old, after->pdata[i]);
		g_autofree char *words = readable(comparison, after->pdata[i], value);
		if (other == NULL) {
			say(comparison, "新增%s“%s”", name_of(key), words);
			continue;
		}
		gsize mark = enter(comparison, name_of(key), words);
		compare(comparison, "", other, value);
		g_string_truncate(comparison->place, mark);
	}
}

static void compare_objects(struct comparison *comparison, const json_t *a, const json_t *b)
{
	const char *key;
	json_t *value;
	json_object_foreach((json_t *)a, key, value)
	{
		compare(comparison, key, value, json_object_get(b, key));
	}
	json_object_foreach((json_t *)b, key, value)
	{
		if (json_object_get(a, key) == NULL)
			compare(comparison, key, NULL, value);
	}
}

static bool is_named_array(const json_t *value)
{
	const json_t *first = json_array_get(value, 0);
	return json_is_array(value) && (json_is_object(first) || json_is_string(first));
}

static bool is_limit(const char *key, const json_t *value)
{
	return strcmp(key, "number") != 0 && json_is_object(value) &&
	       json_object_get(value, "number") != NULL && json_object_get(value, "unit") != NULL;
}

/* What a limit says beside how long it is: its basis. A new object. */
static json_t *rest_of_limit(const json_t *limit)
{
	json_t *rest = limit == NULL ? json_object() : json_copy((json_t *)limit);
	json_object_del(rest, "number");
	json_object_del(rest, "unit");
	return rest;
}

/* A limit is one thing to people: 8个工作日; the rest of it is compared by member. */
static bool compare_limits(
	struct comparison *comparison, const char *key, const json_t *a, const json_t *b)
{
	if (!(is_limit(key, a) || is_limit(key, b)) || !(a == NULL || is_limit(key, a)) ||
		!(b == NULL || is_limit(key, b)))
		return false;
	g_autofree char *before = a == NULL ? g_strdup("（空）") : sheet_limit_words(a);
	g_autofree char *after = b == NULL ? g_strdup("（空）") : sheet_limit_words(b);
	if (strcmp(before, after) != 0)
		say(comparison, "%s由“%s”改为“%s”", name_of(key), before, after);
	g_autoptr(json_t) old = rest_of_limit(a);
	g_autoptr(json_t) now = rest_of_limit(b);
	gsize mark = enter(comparison, name_of(key), "");
	compare_objects(comparison, old, now);
	g_string_truncate(comparison->place, mark);
	return true;
}

static void compare(
	struct comparison *comparison, const char *key, const json_t *a, const json_t *b)
{
	if (says_the_same(a, b) || compare_limits(comparison, key, a, b))
		return;
	if (json_is_object(a) && json_is_object(b) && strcmp(key, "when") != 0) {
		gsize mark = key[0] == '\0' ? comparison->place->len
					    : enter(comparison, name_of(key), "");
		compare_objects(comparison, a, b);
		g_string_truncate(comparison->place, mark);
	} else if (is_named_array(a) || is_named_array(b)) {
		compare_arrays(comparison, key, a, b);
	} else {
		g_autofree char *before = words_of(key, a, b);
		g_autofree char *after = words_of(key, b, a);
		say(comparison, "%s由“%s”改为“%s”", name_of(key), before, after);
	}
}

static const json_t *value_of(
	const struct catalog_set *set, enum catalog_kind kind, const char *code)
{
	const struct catalog_origin *origin = catalog_set_origin(set, kind, code);
	bool empty = origin != NULL && kind == CATALOG_KIND_GUIDES &&
		     json_array_size(json_object_get(origin->value, "themes")) == 0;
	return origin == NULL || empty ? NULL : origin->value;
}

static gint by_text(gconstpointer a, gconstpointer b)
{
	return strcmp(a, b);
}

/* Entries of one kind in both sets, by code. */
static void compare_kind(struct comparison *comparison, const struct catalog_set *a,
	const struct catalog_set *b, enum catalog_kind kind, const char *name)
{
	g_autoptr(GHashTable) all = g_hash_table_new(g_str_hash, g_str_equal);
	const struct catalog_set *sets[] = {a, b};
	for (int i = 0; i < 2; i++) {
		g_autoptr(GList) codes = g_hash_table_get_keys(sets[i]->origins[kind]);
		for (GList *at = codes; at != NULL; at = at->next)
			g_hash_table_add(all, at->data);
	}
	g_autoptr(GList) codes = g_list_sort(g_hash_table_get_keys(all), by_text);
	for (GList *at = codes; at != NULL; at = at->next) {
		const json_t *old = value_of(a, kind, at->data);
		const json_t *now = value_of(b, kind, at->data);
		if (old == NULL && now == NULL)
			continue;
		g_autofree char *words = readable(comparison, at->data, now == NULL ? old : now);
		gsize mark = enter(comparison, name, words);
		if (old == NULL || now == NULL)
			say(comparison, old == NULL ? "新增" : "删去");
		else
			compare(comparison, "", old, now);
		g_string_truncate(comparison->place, mark);
	}
}

static json_t *routes_of(const struct catalog_set *set)
{
	json_t *array = json_array();
	for (guint i = 0; i < set->route_origins->len; i++)
		json_array_append(
			array, ((struct catalog_origin *)set->route_origins->pdata[i])->value);
	return array;
}

GPtrArray *catalog_diff(const struct catalog_set *a, const struct catalog_set *b)
{
	static const struct {
		enum catalog_kind kind;
		const char *name;
	} kinds[] = {
		{CATALOG_KIND_LIST, "清单"},
		{CATALOG_KIND_GUIDES, "指南"},
		{CATALOG_KIND_SERVICE, "服务"},
		{CATALOG_KIND_MATERIAL, "材料"},
		{CATALOG_KIND_FIELD, "字段"},
		{CATALOG_KIND_DEPARTMENT, "部门"},
	};
	struct comparison comparison = {
		{a, b}, g_ptr_array_new_with_free_func(g_free), g_string_new(NULL)};
	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
		compare_kind(&comparison, a, b, kinds[i].kind, kinds[i].name);
	g_autoptr(json_t) old = routes_of(a);
	g_autoptr(json_t) now = routes_of(b);
	g_string_assign(comparison.place, "路由表");
	compare(&comparison, "routes", old, now);
	g_string_free(comparison.place, TRUE);
	return comparison.sentences;
}
