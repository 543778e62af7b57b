#include "catalog/reader.h"

#include <string.h>

#include "base/text.h"
#include "core/theme.h"
#include "core/words.h"

void reader_init(struct reader *reader, struct catalog_faults *faults, const char *file)
{
	reader->faults = faults;
	reader->file = file;
	reader->entry = g_string_new(NULL);
	reader_stand(reader, NULL);
}

void reader_clear(struct reader *reader)
{
	g_string_free(reader->entry, TRUE);
	reader->entry = NULL;
}

gsize reader_enter(struct reader *reader, const char *fmt, ...)
{
	gsize mark = reader->entry->len;
	va_list arguments;
	va_start(arguments, fmt);
	g_autofree char *step = g_strdup_vprintf(fmt, arguments);
	va_end(arguments);
	g_autofree char *quoted = catalog_quote(step, 60);
	if (mark != 0)
		g_string_append_c(reader->entry, ' ');
	g_string_append(reader->entry, quoted);
	return mark;
}

void reader_leave(struct reader *reader, gsize mark)
{
	g_string_truncate(reader->entry, mark);
}

void reader_stand(struct reader *reader, const json_t *at)
{
	reader->at = at;
	reader->key = NULL;
}

const json_t *reader_step(struct reader *reader, const char *member, guint index)
{
	const json_t *outer = reader->at;
	reader_stand(reader, json_array_get(json_object_get(outer, member), index));
	return outer;
}

static void add(struct reader *reader, enum catalog_gravity gravity, const char *key,
	const char *mend, const char *fmt, va_list arguments)
{
	g_autofree char *what = g_strdup_vprintf(fmt, arguments);
	const struct catalog_fault texts = {.file = (char *)reader->file,
		.entry = reader->entry->str,
		.what = what,
		.mend = (char *)mend};
	catalog_faults_add_at(reader->faults, gravity, &texts, reader->at, key);
}

void reader_fault(struct reader *reader, const char *mend, const char *fmt, ...)
{
	va_list arguments;
	va_start(arguments, fmt);
	add(reader, CATALOG_GRAVITY_ERROR, reader->key, mend, fmt, arguments);
	va_end(arguments);
}

void reader_fault_in(struct reader *reader, const char *key, const char *mend, const char *fmt, ...)
{
	va_list arguments;
	va_start(arguments, fmt);
	add(reader, CATALOG_GRAVITY_ERROR, key, mend, fmt, arguments);
	va_end(arguments);
}

void reader_warn(struct reader *reader, const char *mend, const char *fmt, ...)
{
	va_list arguments;
	va_start(arguments, fmt);
	add(reader, CATALOG_GRAVITY_WARNING, reader->key, mend, fmt, arguments);
	va_end(arguments);
}

void reader_warn_in(struct reader *reader, const char *key, const char *mend, const char *fmt, ...)
{
	va_list arguments;
	va_start(arguments, fmt);
	add(reader, CATALOG_GRAVITY_WARNING, key, mend, fmt, arguments);
	va_end(arguments);
}

static const char *type_words(const json_t *value)
{
	switch (json_typeof(value)) {
	case JSON_OBJECT:
		return "对象";
	case JSON_ARRAY:
		return "数组";
	case JSON_STRING:
		return "文字";
	case JSON_INTEGER:
		return "整数";
	case JSON_REAL:
		return "小数";
	case JSON_NULL:
		return "null";
	default:
		return "true 或 false";
	}
}

static void wrong_type(
	struct reader *reader, const char *key, const json_t *value, const char *wanted)
{
	g_autofree char *mend = g_strdup_printf("请把“%s”写成%s", key, wanted);
	reader_fault(reader, mend, "“%s”写成了%s", key, type_words(value));
}

/* The text of a value if it is fit to be shown and kept; NULL and a fault otherwise. */
static const char *checked_text(
	struct reader *reader, const char *key, const json_t *value, int most)
{
	const char *text = json_string_value(value);
	if (text == NULL) {
		wrong_type(reader, key, value, "文字（加引号）");
		return NULL;
	}
	int bound = most == 0 ? CATALOG_MOST_TEXT : most;
	if (json_string_length(value) > 4 * (size_t)bound || g_utf8_strlen(text, -1) > bound) {
		g_autofree char *mend = g_strdup_printf("请缩短到 %d 字以内", bound);
		reader_fault(reader, mend, "“%s”太长", key);
		return NULL;
	}
	if (!text_is_clean(text, false)) {
		g_autofree char *quoted = catalog_quote(text, 30);
		reader_fault(reader, "请删去换行、控制字符、零宽字符和私用区字符",
			"“%s”里有不可见字符（%s）", key, quoted);
		return NULL;
	}
	return text;
}

static bool form_holds(struct reader *reader, const struct member *member, const char *text)
{
	if (member->form == NULL || text[0] == '\0' || member->form(text))
		return true;
	g_autofree char *quoted = catalog_quote(text, 40);
	g_autofree char *mend = g_strdup_printf("应写成%s", member->form_words);
	reader_fault(reader, mend, "“%s”的值 %s 写法不对", member->key, quoted);
	return false;
}

static void read_text(
	struct reader *reader, const struct member *member, const json_t *value, void *place)
{
	const char *text = NULL;
	if (value != NULL && !(member->nullable && json_is_null(value)))
		text = checked_text(reader, member->key, value, member->most);
	if (text != NULL && !form_holds(reader, member, text))
		text = NULL;
	else if (member->needed && (value == NULL || (text != NULL && text[0] == '\0')))
		reader_fault(reader, "请补上", "缺少“%s”", member->key);
	*(char **)place = g_strdup(text == NULL ? "" : text);
}

/* Whether an array has no more elements than an entry may; those beyond are not read. */
static bool is_within(struct reader *reader, const char *key, size_t index)
{
	if (index == CATALOG_MOST_ELEMENTS)
		reader_fault(
			reader, "请拆开或删去多余的", "“%s”超过 %d 个", key, CATALOG_MOST_ELEMENTS);
	return index < CATALOG_MOST_ELEMENTS;
}

static void read_texts(
	struct reader *reader, const struct member *member, const json_t *value, void *place)
{
	GPtrArray *texts = g_ptr_array_new();
	size_t i;
	json_t *element;
	if (value != NULL && !json_is_array(value))
		wrong_type(reader, member->key, value, "数组 [\"…\"]");
	json_array_foreach(value, i, element)
	{
		if (!is_within(reader, member->key, i))
			break;
		const char *text = checked_text(reader, member->key, element, member->most);
		if (text != NULL && text[0] == '\0')
			reader_fault(reader, "请删去空的一条", "“%s”第 %zu 条是空的", member->key,
				i + 1);
		else if (text != NULL && form_holds(reader, member, text))
			g_ptr_array_add(texts, g_strdup(text));
	}
	if (member->needed && texts->len == 0)
		reader_fault(reader, "请至少写一条", "“%s”是空的", member->key);
	g_ptr_array_add(texts, NULL);
	*(GStrv *)place = (GStrv)g_ptr_array_free(texts, FALSE);
}

static bool checked_integer(
	struct reader *reader, const struct member *member, const json_t *value, int *ret)
{
	if (!json_is_integer(value)) {
		wrong_type(reader, member->key, value, "整数");
		return false;
	}
	json_int_t number = json_integer_value(value);
	if (number < member->least || number > member->most) {
		g_autofree char *mend =
			g_strdup_printf("应在 %d 到 %d 之间", member->least, member->most);
		reader_fault(reader, mend, "“%s”的值 %lld 越界", member->key, (long long)number);
		return false;
	}
	*ret = (int)number;
	return true;
}

static void read_integer(
	struct reader *reader, const struct member *member, const json_t *value, void *place)
{
	int number = 0;
	if (value == NULL && member->needed)
		reader_fault(reader, "请补上", "缺少“%s”", member->key);
	if (value != NULL)
		checked_integer(reader, member, value, &number);
	*(int *)place = number;
}

static void read_integers(
	struct reader *reader, const struct member *member, const json_t *value, void *place)
{
	GArray *numbers = g_array_new(FALSE, TRUE, sizeof(int));
	size_t i;
	json_t *element;
	if (value != NULL && !json_is_array(value))
		wrong_type(reader, member->key, value, "整数的数组");
	json_array_foreach(value, i, element)
	{
		if (!is_within(reader, member->key, i))
			break;
		int number = 0;
		if (checked_integer(reader, member, element, &number))
			g_array_append_val(numbers, number);
	}
	if (member->needed && numbers->len == 0)
		reader_fault(reader, "请至少写一个数", "“%s”是空的", member->key);
	*(GArray **)place = numbers;
}

static void read_flag(
	struct reader *reader, const struct member *member, const json_t *value, void *place)
{
	if (value != NULL && !json_is_boolean(value))
		wrong_type(reader, member->key, value, " true 或 false");
	*(bool *)place = json_is_true(value);
}

static char *all_words(const struct member *member)
{
	GString *all = g_string_new("应是以下之一：");
	for (int i = 0; i < member->count; i++)
		g_string_append_printf(all, "%s%s", i == 0 ? "" : " ", member->word((unsigned)i));
	return g_string_free(all, FALSE);
}

static int find_word(const struct member *member, const char *text)
{
	for (int i = 0; i < member->count; i++)
		if (strcmp(member->word((unsigned)i), text) == 0)
			return i;
	return -1;
}

static void read_word(
	struct reader *reader, const struct member *member, const json_t *value, void *place)
{
	int found = 0;
	g_autofree char *mend = all_words(member);
	if (value == NULL && member->needed)
		reader_fault(reader, mend, "缺少“%s”", member->key);
	const char *text = value == NULL ? NULL : checked_text(reader, member->key, value, 0);
	if (text != NULL && (found = find_word(member, text)) < 0) {
		g_autofree char *quoted = catalog_quote(text, 40);
		reader_fault(reader, mend, "“%s”的值 %s 不认识", member->key, quoted);
		found = 0;
	}
	*(int *)place = found;
}

static void term_free(void *data)
{
	struct condition_term *term = data;
	g_free(term->question);
	g_strfreev(term->options);
	g_free(term);
}

static const struct member option_list = {.key = "when",
	.kind = MEMBER_TEXTS,
	.needed = true,
	.form = form_local_id,
	.form_words = "选项的 id（小写字母、数字、-、_）"};

static void read_condition(
	struct reader *reader, const struct member *member, const json_t *value, void *place)
{
	struct condition *condition = place;
	condition->terms = g_ptr_array_new_with_free_func(term_free);
	const char *question;
	json_t *options;
	if (value != NULL && !json_is_object(value))
		wrong_type(reader, member->key, value, "对象 {\"问题\":[\"选项\"]}");
	json_object_foreach((json_t *)value, question, options)
	{
		if (!is_within(reader, member->key, condition->terms->len))
			break;
		gsize mark = reader_enter(reader, "条件 %s", question);
		if (!form_local_id(question))
			reader_fault(reader, "应写问题的 id（小写字母、数字、-、_）",
				"条件里的问题名写法不对");
		struct condition_term *term = g_new0(struct condition_term, 1);
		read_texts(reader, &option_list, options, &term->options);
		term->question = catalog_quote(question, 60);
		g_ptr_array_add(condition->terms, term);
		reader_leave(reader, mark);
	}
}

static const struct member limit_members[] = {
	{.key = "number",
		.kind = MEMBER_INTEGER,
		.offset = offsetof(struct limit_rule, number),
		.needed = true,
		.most = 10000},
	{.key = "unit",
		.kind = MEMBER_WORD,
		.offset = offsetof(struct limit_rule, unit),
		.needed = true,
		.word = (word_of *)limit_unit_word,
		.count = LIMIT_UNIT_COUNT},
	{.key = "basis",
		.kind = MEMBER_TEXT,
		.offset = offsetof(struct limit_rule, basis),
		.needed = true},
	{.key = NULL},
};
static const struct shape limit_shape = {
	sizeof(struct limit_rule), limit_members, NULL, NULL, NULL};

static void read_limit(
	struct reader *reader, const struct member *member, const json_t *value, void *place)
{
	struct limit_rule *limit = place;
	*limit = (struct limit_rule){0};
	if (value == NULL) {
		limit->basis = g_strdup("");
		return;
	}
	gsize mark = reader_enter(reader, "期限 %s", member->key);
	reader_object(reader, value, &limit_shape, limit);
	limit->present = true;
	reader_leave(reader, mark);
}

static void read_objects(
	struct reader *reader, const struct member *member, const json_t *value, void *place)
{
	GPtrArray *objects = g_ptr_array_new_with_free_func(member->shape->free);
	size_t i;
	json_t *element;
	if (value != NULL && !json_is_array(value))
		wrong_type(reader, member->key, value, "数组 [{…}]");
	json_array_foreach(value, i, element)
	{
		if (!is_within(reader, member->key, i))
			break;
		g_ptr_array_add(objects, reader_new(reader, element, member->shape, (int)i));
	}
	if (member->needed && objects->len == 0)
		reader_fault(reader, "请至少写一个", "“%s”是空的", member->key);
	*(GPtrArray **)place = objects;
}

typedef void read_member(
	struct reader *reader, const struct member *member, const json_t *value, void *place);

static read_member *const readers[] = {
	[MEMBER_TEXT] = read_text,
	[MEMBER_TEXTS] = read_texts,
	[MEMBER_INTEGER] = read_integer,
	[MEMBER_INTEGERS] = read_integers,
	[MEMBER_FLAG] = read_flag,
	[MEMBER_WORD] = read_word,
	[MEMBER_CONDITION] = read_condition,
	[MEMBER_LIMIT] = read_limit,
	[MEMBER_OBJECTS] = read_objects,
};

static bool is_known(const struct member *members, const char *key)
{
	for (const struct member *member = members; member->key != NULL; member++)
		if (strcmp(member->key, key) == 0)
			return true;
	return false;
}

static void refuse_unknown_keys(
	struct reader *reader, const json_t *object, const struct member *members)
{
	const char *key;
	json_t *value;
	json_object_foreach((json_t *)object, key, value)
	{
		if (is_known(members, key))
			continue;
		g_autofree char *quoted = catalog_quote(key, 40);
		reader_fault(reader, "请改正拼写或删去", "不认识“%s”", quoted);
	}
}

void reader_object(
	struct reader *reader, const json_t *object, const struct shape *shape, void *out)
{
	bool is_object = json_is_object(object);
	const json_t *outer = reader->at;
	const char *outer_key = reader->key;
	reader_stand(reader, object);
	if (is_object)
		refuse_unknown_keys(reader, object, shape->members);
	else
		reader_fault(reader, "请写成 {…}", "这里应是对象");
	for (const struct member *member = shape->members; member->key != NULL; member++) {
		if (member->kind == MEMBER_IGNORED)
			continue;
		struct member quiet = *member;
		quiet.needed = member->needed && is_object;
		const json_t *value = json_object_get(object, member->key);
		reader->key = member->key;
		readers[member->kind](reader, &quiet, value, (char *)out + member->offset);
	}
	reader->at = outer;
	reader->key = outer_key;
}

void *reader_new(struct reader *reader, const json_t *object, const struct shape *shape, int index)
{
	const char *name =
		shape->entry_key == NULL ? NULL : json_text(object, shape->entry_key, NULL);
	gsize mark = name != NULL ? reader_enter(reader, "%s %s", shape->entry, name)
				  : reader_enter(reader, "%s第 %d 个", shape->entry, index + 1);
	void *out = g_malloc0(shape->size);
	reader_object(reader, object, shape, out);
	reader_leave(reader, mark);
	return out;
}
