/* Templates: slots, loops, and a sentence with file and line for every mistake. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/err.h"
#include "print/template.h"

static const char data[] = "{\"name\":\"演示\\u202e一\",\"none\":\"\",\"number\":"
			   "\"110101199003070011\",\"due\":\"2026-11-27\","
			   "\"time_ms\":1795156320000,\"yes\":true,\"empty\":[],"
			   "\"items\":[{\"name\":\"甲|乙\",\"parts\":[\"x\",\"y\"]},{\"name\":\"{{"
			   "yes}}\",\"parts\":[]}],"
			   "\"who\":{\"name\":\"内\"}}";

static json_t *example(void)
{
	json_t *value = json_read(data, sizeof data - 1, "data", NULL);
	assert_non_null(value);
	return value;
}

/* All cells of all blocks: cells parted by ¦, rows by /. */
static char *flat(const char *text, GError **error)
{
	g_autoptr(json_t) value = example();
	g_autoptr(GPtrArray) blocks = template_fill(text, "t.txt", value, error);
	if (blocks == NULL)
		return NULL;
	GString *all = g_string_new(NULL);
	for (guint i = 0; i < blocks->len; i++) {
		const struct block *block = g_ptr_array_index(blocks, i);
		for (guint j = 0; j < block->rows->len; j++) {
			g_autofree char *row = g_strjoinv("¦", g_ptr_array_index(block->rows, j));
			g_string_append_printf(all, "%s/", row);
		}
	}
	return g_string_free(all, FALSE);
}

static void test_fill(void **state)
{
	static const struct {
		const char *template, *expected;
	} rows[] = {
		{"plain", "plain/"},
		{".# comment\n\n.title {{name}}", "演示\uFFFD一/"},
		{"{{number|mask}} {{due|date}}", "110***********0011 2026年11月27日/"},
		{"{{time_ms|time}} {{time_ms|day}}", "2026年11月20日 14:32 2026年11月20日/"},
		{"{{none|or_dash}}{{gone?|or_dash}}", "——/"},
		{"{{items|count}} {{items.0.parts|join}} {{who.name}}", "2 x、y 内/"},
		{".table * *\nA | B\n{{#items}}\n{{#}} | {{name}}\n{{/items}}\n.end",
			"A¦B/1¦甲|乙/2¦{{yes}}/"},
		{"{{#items}}\n{{#parts}}\n- {{.}}\n{{/parts}}\n{{^parts}}\n- "
		 "无\n{{/parts}}\n{{/items}}",
			"x/y/无/"},
		{"{{#yes}}\na\n{{/yes}}\n{{^none}}\nb\n{{/none}}\n{{#empty}}\nc\n{{/empty}}",
			"a/b/"},
		{"{{#who}}\n{{name}} {{due}}\n{{/who}}", "内 2026-11-27/"},
		{"{{#gone?}}\nx\n{{/gone?}}\nend", "end/"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;
		g_autofree char *got = flat(rows[i].template, &error);
		if (error != NULL)
			fail_msg("%s: %s", rows[i].template, error->message);
		assert_string_equal(got, rows[i].expected);
	}
}

static void test_mistakes(void **state)
{
	static const struct {
		const char *template, *sentence;
	} rows[] = {
		{"ok\n{{nobody}}", "t.txt 第 2 行：数据里没有「nobody」"},
		{"{{name", "缺少 }}"},
		{"{{name|loud}}", "不认识的写法「loud」"},
		{"{{items}}", "要用循环「items」"},
		{"{{who}}", "要用循环「who」"},
		{".tilte x", "第 1 行：不认识的指令「tilte」"},
		{".end", "没有要结束的表格"},
		{".table *\nA", "表格没有结束"},
		{".table *\n.title x\n.end", "表格里不能有指令"},
		{"{{#items}}\nx", "循环没有结束「items」"},
		{"{{#items}}\nx\n{{/who}}", "循环的结束名称不一致「who」"},
		{"x\n{{/items}}", "第 2 行：没有开始的循环「items」"},
		{"{{#nobody}}\n{{/nobody}}", "数据里没有「nobody」"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;
		g_autofree char *got = flat(rows[i].template, &error);
		assert_null(got);
		assert_true(err_is(error, ERR_CODE_INVALID));
		if (strstr(error->message, rows[i].sentence) == NULL)
			fail_msg("%s: %s", rows[i].template, error->message);
	}
}

static void test_too_many_rows(void **state)
{
	g_autoptr(json_t) value = json_object();
	json_t *list = json_array();
	for (int i = 0; i <= TEMPLATE_MOST_ROWS; i++)
		json_array_append_new(list, json_integer(i));
	json_object_set_new(value, "list", list);
	g_autoptr(GError) error = NULL;
	assert_null(template_fill("{{#list}}\n{{.}}\n{{/list}}", "t.txt", value, &error));
	assert_non_null(strstr(error->message, "内容太多"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fill),
		cmocka_unit_test(test_mistakes),
		cmocka_unit_test(test_too_many_rows),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
