/* What changed between two sets of files, in sentences. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "catalog/diff.h"

#define LIST(items)                                                                                \
	"{\"id\":\"a-1\",\"title\":\"t\",\"issuer\":\"i\",\"themes\":[{\"no\":[1],\"name\":\"n\"," \
	"\"items\":[" items "]}]}"
#define ITEM(name, dept) "{\"name\":\"" name "\",\"dept\":\"" dept "\"}"
#define SERVICE(members) "{\"services\":[{\"code\":\"S-A\",\"name\":\"甲\"," members "}]}"
#define GUIDE(members) "{\"list\":\"a-1\",\"themes\":[{\"theme\":\"1\"," members "}]}"

static struct catalog_set *set_of(const char *text)
{
	struct catalog_set *set = catalog_set_new();
	g_autoptr(catalog_faults) faults = catalog_faults_new();
	catalog_set_add(set, faults, "file.json", text, strlen(text), false);
	return set;
}

static const struct {
	const char *a, *b;
	const char *sentences; /* joined by | */
} rows[] = {
	{LIST(ITEM("x", "d")), LIST(ITEM("x", "d")), ""},
	{LIST(ITEM("x", "d")), LIST(ITEM("x", "e")), "清单 a-1 主题 1 n 事项 x：部门由“d”改为“e”"},
	{LIST(ITEM("x", "d")), LIST(ITEM("x", "d") "," ITEM("y", "d")),
		"清单 a-1 主题 1 n：新增事项“y”"},
	{LIST(ITEM("x", "d") "," ITEM("y", "d")), LIST(ITEM("y", "d")),
		"清单 a-1 主题 1 n：删去事项“x”"},
	{LIST(ITEM("x", "d") "," ITEM("x", "e")), LIST(ITEM("x", "d") "," ITEM("x", "f")),
		"清单 a-1 主题 1 n 事项 x（2） x：部门由“e”改为“f”"},
	{SERVICE("\"promised\":{\"number\":10,\"unit\":\"working_day\"}"),
		SERVICE("\"promised\":{\"number\":5,\"unit\":\"working_day\"}"),
		"服务 S-A 甲：承诺时限由“10个工作日”改为“5个工作日”"},
	{SERVICE("\"promised\":{\"number\":1,\"unit\":\"month\",\"basis\":\"general\"}"),
		SERVICE("\"promised\":{\"number\":1,\"unit\":\"month\",\"basis\":\"法\"}"),
		"服务 S-A 甲 承诺时限：依据由“通用做法”改为“法”"},
	{SERVICE("\"fee\":\"\""), SERVICE("\"promised\":{\"number\":2,\"unit\":\"hour\"}"),
		"服务 S-A 甲：承诺时限由“（空）”改为“2小时”"},
	{SERVICE("\"nature\":\"licence\""), SERVICE("\"nature\":\"benefit\""),
		"服务 S-A 甲：性质由“行政许可”改为“行政给付”"},
	{SERVICE("\"fee\":\"\""), SERVICE("\"result\":\"\""), ""},
	{SERVICE("\"result\":\"证\""), SERVICE("\"fee\":\"\""),
		"服务 S-A 甲：结果由“证”改为“（空）”"},
	{SERVICE("\"conditions\":[\"一\",\"二\"]"), SERVICE("\"conditions\":[\"二\",\"三\"]"),
		"服务 S-A 甲：删去条件“一”|服务 S-A 甲：新增条件“三”"},
	{SERVICE("\"materials\":[{\"material\":\"M-A\",\"copies\":1}]"),
		SERVICE("\"materials\":[{\"material\":\"M-A\",\"copies\":2,\"image\":true}]"),
		"服务 S-A 甲 材料 M-A：复印件由“1”改为“2”|服务 S-A 甲 材料 "
		"M-A：影像由“否”改为“是”"},
	{GUIDE("\"items\":[{\"index\":0,\"parallel\":false}]"),
		GUIDE("\"items\":[{\"index\":0,\"parallel\":true}]"),
		"指南 a-1 主题 1 事项 第 1 项：并行办理由“否”改为“是”"},
	{GUIDE("\"items\":[{\"index\":0,\"when\":{\"q\":[\"a\"]}}]"),
		GUIDE("\"items\":[{\"index\":0}]"),
		"指南 a-1 主题 1 事项 第 1 项：适用情形由“{\"q\":[\"a\"]}”改为“（空）”"},
	{SERVICE("\"fee\":\"\""), LIST(ITEM("x", "d")), "清单 a-1：新增|服务 S-A 甲：删去"},
};

static void changes_are_told_in_sentences(void **state)
{
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(catalog_set) a = set_of(rows[i].a);
		g_autoptr(catalog_set) b = set_of(rows[i].b);
		g_autoptr(GPtrArray) sentences = catalog_diff(a, b);
		g_ptr_array_add(sentences, NULL);
		g_autofree char *joined = g_strjoinv("|", (GStrv)sentences->pdata);
		if (strcmp(joined, rows[i].sentences) != 0)
			fail_msg("row %zu: %s", i, joined);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(changes_are_told_in_sentences)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
