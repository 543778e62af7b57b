/* The cells of the spreadsheets: every kind in both directions, CSV bytes, guards against formulas.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "catalog/layout.h"
#include "catalog/sheet_cell.h"
#include "catalog/sheet_csv.h"
#include "catalog/sheet_file.h"
#include "catalog/sheet_limit.h"
#include "catalog/sheet_words.h"

/* ---- tables ---- */

static void tables_are_whole(void **state)
{
	for (int id = 0; id < SHEET_COUNT; id++) {
		const struct sheet *sheet = &sheets[id];
		g_autoptr(GHashTable) headings = g_hash_table_new(g_str_hash, g_str_equal);
		int columns = 0;
		assert_true(sheet_of_file(sheet->file) == (enum sheet_id)id);
		assert_true(sheet->owner == SHEET_COUNT || (int)sheet->owner < id);
		for (; sheet->columns[columns].heading != NULL; columns++) {
			const struct sheet_column *column = &sheet->columns[columns];
			assert_true(g_hash_table_add(headings, (gpointer)column->heading));
			assert_true(sheet->parts[column->part] || column->kind == CELL_SHOWN ||
				    column->kind == CELL_OWNER);
		}
		assert_in_range(columns, 1, SHEET_MOST_COLUMNS);
		if (sheet->key != NULL)
			assert_true(sheet_column_of((enum sheet_id)id, sheet->key) >= 0);
	}
	assert_int_equal(sheet_of_file("别的.csv"), SHEET_COUNT);
}

/* Every member that a file format knows has its column, so that nothing is lost on the way. */
static void every_member_has_a_column(void **state)
{
	static const struct {
		enum sheet_id id;
		const struct shape *shape;
		const char
			*elsewhere; /* members that are rows of other sheets or part of a number */
	} rows[] = {
		{SHEET_LIST, &layout_list, "themes"},
		{SHEET_THEME, &layout_theme, "audience items"},
		{SHEET_THEME, &layout_guide, "theme items questions exclusions"},
		{SHEET_SERVICE, &layout_service, "materials fields"},
		{SHEET_MATERIAL, &layout_material, ""},
		{SHEET_FIELD, &layout_field, ""},
		{SHEET_DEPARTMENT, &layout_department, ""},
		{SHEET_ROUTE, &layout_route, ""},
	};
	static const struct {
		enum sheet_id id, holder;
		const char *member;
		const struct shape *shape;
		const char *elsewhere;
	} nested[] = {
		{SHEET_ITEM, SHEET_THEME, "items", &layout_theme, ""},
		{SHEET_ITEM, SHEET_THEME, "items", &layout_guide, ""},
		{SHEET_QUESTION, SHEET_THEME, "questions", &layout_guide, "options"},
		{SHEET_EXCLUSION, SHEET_THEME, "exclusions", &layout_guide, ""},
		{SHEET_SERVICE_MATERIAL, SHEET_SERVICE, "materials", &layout_service, ""},
		{SHEET_SERVICE_FIELD, SHEET_SERVICE, "fields", &layout_service, ""},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows) + G_N_ELEMENTS(nested); i++) {
		bool top = i < G_N_ELEMENTS(rows);
		size_t j = top ? 0 : i - G_N_ELEMENTS(rows);
		enum sheet_id id = top ? rows[i].id : nested[j].id;
		const struct member *member = top ? rows[i].shape->members : NULL;
		g_auto(GStrv) elsewhere =
			g_strsplit(top ? rows[i].elsewhere : nested[j].elsewhere, " ", -1);
		if (!top) {
			const struct member *holder = nested[j].shape->members;
			while (strcmp(holder->key, nested[j].member) != 0)
				holder++;
			member = holder->shape->members;
		}
		for (; member->key != NULL; member++)
			if (!g_strv_contains((const char *const *)elsewhere, member->key) &&
				sheet_column_of(id, member->key) < 0)
				fail_msg("%s has no column for %s", sheets[id].file, member->key);
	}
}

/* ---- cells ---- */

static const struct sheet_column *column_of(enum sheet_id id, const char *heading)
{
	const struct sheet_column *column = sheets[id].columns;
	while (strcmp(column->heading, heading) != 0)
		column++;
	return column;
}

static const struct {
	enum sheet_id id;
	const char *heading;
	const char *cell;
	const char *json; /* NULL: refused */
	const char *back; /* how it is written; NULL as it was */
} cells[] = {
	{SHEET_MATERIAL, "材料名称", "身份证", "{\"name\":\"身份证\"}", NULL},
	{SHEET_MATERIAL, "材料名称", " 空格 ", "{\"name\":\" 空格 \"}", NULL},
	{SHEET_MATERIAL, "材料名称", "\r\n名\n", "{\"name\":\"名\"}", "名"},
	{SHEET_MATERIAL, "材料名称", "\n", "{}", ""},
	{SHEET_MATERIAL, "审查要点", "一\n二", "{\"review_points\":[\"一\",\"二\"]}", NULL},
	{SHEET_MATERIAL, "审查要点", "一\r\n\r\n二\r\n", "{\"review_points\":[\"一\",\"二\"]}",
		"一\n二"},
	{SHEET_MATERIAL, "审查要点", "\n", "{}", ""},
	{SHEET_MATERIAL, "材料代码", " m-id ", "{\"code\":\"M-ID\"}", "M-ID"},
	{SHEET_MATERIAL, "依据", "通用做法", "{\"basis\":\"general\"}", NULL},
	{SHEET_MATERIAL, "依据", "general", "{\"basis\":\"general\"}", "通用做法"},
	{SHEET_MATERIAL, "依据", "某法 第一条", "{\"basis\":\"某法 第一条\"}", NULL},
	{SHEET_QUESTION, "问题代码", "Food ", "{\"id\":\"food\"}", "food"},
	{SHEET_FIELD, "最多字数", "60", "{\"most\":60}", NULL},
	{SHEET_FIELD, "最多字数", " 60.00 ", "{\"most\":60}", "60"},
	{SHEET_FIELD, "最多字数", "60.5", NULL, NULL},
	{SHEET_FIELD, "最多字数", "-1", NULL, NULL},
	{SHEET_FIELD, "最多字数", "6e1", NULL, NULL},
	{SHEET_FIELD, "最多字数", "12345678901", NULL, NULL},
	{SHEET_FIELD, "类型", "选择", "{\"type\":\"choice\"}", NULL},
	{SHEET_FIELD, "类型", "choice", "{\"type\":\"choice\"}", "选择"},
	{SHEET_FIELD, "类型", "选", NULL, NULL},
	{SHEET_ITEM, "并行办理", "是", "{\"parallel\":true}", NULL},
	{SHEET_ITEM, "并行办理", "true", "{\"parallel\":true}", "是"},
	{SHEET_ITEM, "并行办理", "否", "{}", NULL},
	{SHEET_ITEM, "并行办理", "不", NULL, NULL},
	{SHEET_LIST, "日期", "2026-12-01", "{\"date\":\"2026-12-01\"}", NULL},
	{SHEET_LIST, "日期", "2026/12/1", "{\"date\":\"2026-12-01\"}", "2026-12-01"},
	{SHEET_LIST, "日期", "2026年2月3日", "{\"date\":\"2026-02-03\"}", "2026-02-03"},
	{SHEET_LIST, "日期", "2026.2.3", "{\"date\":\"2026-02-03\"}", "2026-02-03"},
	{SHEET_LIST, "日期", "12/1/2026", "{\"date\":\"12/1/2026\"}", NULL},
	{SHEET_ITEM, "适用情形", "a=b", "{\"when\":{\"a\":[\"b\"]}}", NULL},
	{SHEET_ITEM, "适用情形", "a=b|c; d=e", "{\"when\":{\"a\":[\"b\",\"c\"],\"d\":[\"e\"]}}",
		NULL},
	{SHEET_ITEM, "适用情形", " A＝b｜c ；\nd=e;",
		"{\"when\":{\"a\":[\"b\",\"c\"],\"d\":[\"e\"]}}", "a=b|c; d=e"},
	{SHEET_ITEM, "适用情形", " ; ", "{}", ""},
	{SHEET_ITEM, "适用情形", "a", NULL, NULL},
	{SHEET_ITEM, "适用情形", "a=", NULL, NULL},
	{SHEET_ITEM, "适用情形", "a=b|", NULL, NULL},
	{SHEET_ITEM, "适用情形", "=b", NULL, NULL},
	{SHEET_ITEM, "适用情形", "a=b=c", NULL, NULL},
	{SHEET_ITEM, "适用情形", "a=b; a=c", NULL, NULL},
	{SHEET_ITEM, "适用情形", "a=二", NULL, NULL},
	{SHEET_SERVICE, "承诺时限", "10个工作日",
		"{\"promised\":{\"number\":10,\"unit\":\"working_day\"}}", NULL},
	{SHEET_SERVICE, "承诺时限", "10 工作日",
		"{\"promised\":{\"number\":10,\"unit\":\"working_day\"}}", "10个工作日"},
	{SHEET_SERVICE, "承诺时限", "30天",
		"{\"promised\":{\"number\":30,\"unit\":\"calendar_day\"}}", "30日"},
	{SHEET_SERVICE, "承诺时限", "2个月", "{\"promised\":{\"number\":2,\"unit\":\"month\"}}",
		NULL},
	{SHEET_SERVICE, "承诺时限", "4小时", "{\"promised\":{\"number\":4,\"unit\":\"hour\"}}",
		NULL},
	{SHEET_SERVICE, "承诺时限", "0小时", "{\"promised\":{\"number\":0,\"unit\":\"hour\"}}",
		NULL},
	{SHEET_SERVICE, "承诺时限", "即办",
		"{\"promised\":{\"number\":0,\"unit\":\"working_day\"}}", NULL},
	{SHEET_SERVICE, "承诺时限", "当场办结",
		"{\"promised\":{\"number\":0,\"unit\":\"working_day\"}}", "即办"},
	{SHEET_SERVICE, "承诺时限", "10", NULL, NULL},
	{SHEET_SERVICE, "承诺时限", "十个工作日", NULL, NULL},
	{SHEET_SERVICE, "承诺时限", "3-5个工作日", NULL, NULL},
	{SHEET_SERVICE, "承诺时限依据", "通用做法", "{\"promised\":{\"basis\":\"general\"}}", NULL},
	{SHEET_THEME, "主题编号", "企业-2", "{\"no\":[2],\"audience\":\"企业\"}", NULL},
	{SHEET_THEME, "主题编号", "个人 6", "{\"no\":[6],\"audience\":\"个人\"}", "个人-6"},
	{SHEET_THEME, "主题编号", "6、7", "{\"no\":[6,7]}", NULL},
	{SHEET_THEME, "主题编号", "6-7", "{\"no\":[6,7]}", "6、7"},
	{SHEET_THEME, "主题编号", "1.0", "{\"no\":[1]}", "1"},
	{SHEET_THEME, "主题编号", "6月7日", NULL, NULL},
	{SHEET_THEME, "主题编号", "企业", NULL, NULL},
};

static void cells_are_read_and_written_back(void **state)
{
	for (size_t i = 0; i < G_N_ELEMENTS(cells); i++) {
		const struct sheet_column *column = column_of(cells[i].id, cells[i].heading);
		struct cell_problem problem = {NULL, NULL};
		g_autoptr(json_t) object = json_object();
		bool read = cell_read(column, cells[i].cell, object, &problem);
		if (read != (cells[i].json != NULL))
			fail_msg("%s “%s” was %s", cells[i].heading, cells[i].cell,
				read ? "read" : problem.what);
		if (!read) {
			assert_true(problem.what[0] != '\0' && problem.mend[0] != '\0');
		} else {
			g_autoptr(json_t) wanted = json_loads(cells[i].json, 0, NULL);
			g_autofree char *back = cell_write(column, object);
			if (!json_equal(object, wanted))
				fail_msg("%s “%s”: %s", cells[i].heading, cells[i].cell,
					json_dumps(object, JSON_COMPACT));
			assert_string_equal(
				back, cells[i].back == NULL ? cells[i].cell : cells[i].back);
		}
		g_free(problem.what);
		g_free(problem.mend);
	}
}

static void every_word_of_an_enum_comes_back(void **state)
{
	for (int id = 0; id < SHEET_COUNT; id++)
		for (const struct sheet_column *column = sheets[id].columns;
			column->heading != NULL; column++)
			for (int i = 0; column->kind == CELL_WORD && i < column->count; i++) {
				struct cell_problem problem = {NULL, NULL};
				g_autoptr(json_t) object = json_pack(
					"{s:s}", column->member, column->word((unsigned)i));
				g_autoptr(json_t) again = json_object();
				g_autofree char *cell = cell_write(column, object);
				assert_true(cell_read(column, cell, again, &problem));
				assert_true(json_equal(object, again));
			}
}

static void themes_are_called_as_people_write_them(void **state)
{
	static const char *const rows[][3] = {/* written, read, id */
		{"企业-2", "企业2", "企业-2"}, {"6、7", "6，7", "6-7"}, {"1", " 1.0 ", "1"},
		{"个人-1、2", "个人-1-2", "个人-1-2"}, {"无此", "无此", "无此"}};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *words = cell_theme_words(rows[i][2]);
		g_autofree char *id = cell_theme_id(rows[i][1]);
		g_autofree char *again = cell_theme_id(words);
		assert_string_equal(words, rows[i][0]);
		assert_string_equal(id, rows[i][2]);
		assert_string_equal(again, rows[i][2]);
	}
}

/* ---- bytes ---- */

/* The rows as "number:cell|cell" joined by /, or "row: what". */
static char *grid_words(const char *text, char separator)
{
	guint row = 0;
	g_autofree char *what = NULL;
	const char *mend = NULL;
	GString *words = g_string_new(NULL);
	g_autoptr(sheet_grid) grid =
		sheet_grid_read(text, strlen(text), separator, &row, &what, &mend);
	for (guint i = 0; grid != NULL && i < grid->rows->len; i++) {
		const struct sheet_grid_row *line =
			&g_array_index(grid->rows, struct sheet_grid_row, i);
		g_string_append_printf(words, "%s%u:", i == 0 ? "" : "/", line->number);
		for (guint j = 0; j < line->width; j++)
			g_string_append_printf(
				words, "%s%s", j == 0 ? "" : "|", sheet_grid_cell(grid, line, j));
	}
	if (grid == NULL) {
		assert_non_null(mend);
		g_string_printf(words, "%u: %s", row, what);
	}
	return g_string_free(words, FALSE);
}

static const struct {
	const char *text;
	char separator;
	const char *words;
} grids[] = {
	{"a,b\r\nc,d\r\n", ',', "1:a|b/2:c|d"},
	{"a,b\nc,d\n", ',', "1:a|b/2:c|d"},
	{"a,b\rc,d\r", ',', "1:a|b/2:c|d"},
	{"a,b\r\nc,d", ',', "1:a|b/2:c|d"},
	{"a;b\r\nc;\r\n", ';', "1:a|b/2:c|"},
	{"a\tb\r\n", '\t', "1:a|b"},
	{"a\r\n\r\n,,\r\nb\r\n", ',', "1:a/4:b"},
	{"a\n\n\nb\n", ',', "1:a/4:b"},
	{"a\r\r\rb\r", ',', "1:a/4:b"},
	{"\"a,\"\"b\"\"\r\nc\",d\r\ne\r\n", ',', "1:a,\"b\"\r\nc|d/2:e"},
	{" a , b \r\n", ',', "1: a | b "},
	{"\"\",\"\"\r\nb\r\n", ',', "2:b"},
	{"", ',', ""},
	{"a\r\n\"b\r\nc\r\n", ',', "2: 引号没有配对，后面的内容都读成了一格"},
	{"a\r\nb\"c\r\n", ',', "2: 引号的写法不对"},
	{"a\r\n\"b\"c\r\n", ',', "2: 引号的写法不对"},
};

static void csv_is_read_in_every_dress(void **state)
{
	for (size_t i = 0; i < G_N_ELEMENTS(grids); i++) {
		g_autofree char *words = grid_words(grids[i].text, grids[i].separator);
		if (strcmp(words, grids[i].words) != 0)
			fail_msg("row %zu: %s", i, words);
	}
}

static void cells_are_quoted_and_read_back(void **state)
{
	static const char *const texts[] = {
		"", "a", "\"", "\"\"", "a,b;c\td", "一\n二\r\n三", " a ", "\"a\",\r\n\"b\""};
	g_autoptr(GString) out = g_string_new(NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		sheet_csv_append(out, texts[i]);
		g_string_append(out, i + 1 == G_N_ELEMENTS(texts) ? "\r\n" : ",");
	}
	guint row = 0;
	char *what = NULL;
	const char *mend = NULL;
	g_autoptr(sheet_grid) grid = sheet_grid_read(out->str, out->len, ',', &row, &what, &mend);
	assert_non_null(grid);
	assert_true(grid->closed);
	const struct sheet_grid_row *line = &g_array_index(grid->rows, struct sheet_grid_row, 0);
	assert_int_equal(line->width, G_N_ELEMENTS(texts));
	for (guint i = 0; i < line->width; i++)
		assert_string_equal(sheet_grid_cell(grid, line, i), texts[i]);
	assert_string_equal(sheet_grid_cell(grid, line, line->width), "");
}

static void nothing_runs_as_a_formula(void **state)
{
	static const struct {
		const char *text, *cell;
	} rows[] = {
		{"=1+1", "'=1+1"},
		{"+1", "'+1"},
		{"-1", "'-1"},
		{"@A1", "'@A1"},
		{"\t=1", "'\t=1"},
		{"＝1", "'＝1"},
		{"－1", "'－1"},
		{"'", "''"},
		{"'引", "''引"},
		{"'=1", "''=1"},
		{"''1", "'''1"},
		{"001", "'001"},
		{"2026-12-01", "'2026-12-01"},
		{"1E5", "'1E5"},
		{"一=1", "一=1"},
		{"a", "a"},
		{"", ""},
		{"5个工作日", "5个工作日"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *cell = sheet_file_guard(rows[i].text, true);
		assert_string_equal(cell, rows[i].cell);
		assert_string_equal(sheet_file_unguard(cell), rows[i].text);
	}
	g_autofree char *number = sheet_file_guard("60", false);
	assert_string_equal(number, "60");
	assert_string_equal(sheet_file_unguard("'引"), "'引");
}

static char *entry_words(enum sheet_id id, const char *text)
{
	return sheet_words_entry(text);
}

static void validators_words_name_headings(void **state)
{
	static const struct {
		char *(*words_of)(enum sheet_id id, const char *text);
		enum sheet_id id;
		const char *text, *words;
	} rows[] = {
		{sheet_words_cause, SHEET_SERVICE, "“promised”太长", "“承诺时限”太长"},
		{sheet_words_cause, SHEET_SERVICE, "S-FOOD 重复", "S-FOOD 重复"},
		{sheet_words_cause, SHEET_ITEM, "问题 level 没有选项 name",
			"问题 level 没有选项 name"},
		{sheet_words_cause, SHEET_ITEM, "第 0 行（登记）没有服务",
			"第 1 项（登记）没有服务"},
		{sheet_words_mend, SHEET_SERVICE, "请在 status_basis 写明", "请在 状态依据 写明"},
		{sheet_words_mend, SHEET_SERVICE, "写 general", "写 通用做法"},
		{sheet_words_mend, SHEET_ITEM, "请写 service，或在 not_offered 写明",
			"请写 服务代码，或在 不收件的原因 写明"},
		{sheet_words_mend, SHEET_ITEM, "请在 departments.json 的 routes 里加一条",
			"请在 部门.csv 的 路由.csv 里加一条"},
		{sheet_words_cause, SHEET_THEME, "“items”超过 1000 个", "“事项.csv”超过 1000 个"},
		{entry_words, SHEET_ITEM, "主题 1 第 9 行", "主题 1 第 10 项"},
		{entry_words, SHEET_SERVICE, "服务 S-A 期限 promised", "服务 S-A"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *words = rows[i].words_of(rows[i].id, rows[i].text);
		assert_string_equal(words, rows[i].words);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tables_are_whole),
		cmocka_unit_test(every_member_has_a_column),
		cmocka_unit_test(cells_are_read_and_written_back),
		cmocka_unit_test(every_word_of_an_enum_comes_back),
		cmocka_unit_test(themes_are_called_as_people_write_them),
		cmocka_unit_test(csv_is_read_in_every_dress),
		cmocka_unit_test(cells_are_quoted_and_read_back),
		cmocka_unit_test(nothing_runs_as_a_formula),
		cmocka_unit_test(validators_words_name_headings),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
