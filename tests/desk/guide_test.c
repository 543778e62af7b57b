/* The guide as a document and in lines: what it holds, how its chart is drawn, at any width. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/text.h"
#include "catalog/catalogue.h"
#include "desk/guide_document.h"
#include "desk/guide_text.h"
#include "desk/queue.h"
#include "support/desk_home.h"
#include "support/home.h"

/* ---- the chart ---- */

/* "0 甲<  1 乙<0": titles and what comes before them, `/2` behind a title its group. */
static json_t *guide_of(const char *const *titles, const char *const *after, const int *groups)
{
	json_t *nodes = json_array();
	for (int i = 0; titles[i] != NULL; i++) {
		json_t *before = json_array();
		for (const char *p = after[i]; *p != '\0'; p++)
			json_array_append_new(before, json_integer(*p - '0'));
		json_array_append_new(
			nodes, json_pack("{s:i,s:i,s:o,s:s,s:s}", "number", i, "group",
				       groups == NULL ? 0 : groups[i], "after", before, "title",
				       titles[i], "detail", ""));
	}
	return json_pack("{s:o}", "process", nodes);
}

static char *drawn(const json_t *guide, int columns, bool ascii)
{
	g_autoptr(GPtrArray) lines = guide_chart(guide, columns, ascii);
	g_ptr_array_add(lines, NULL);
	return g_strjoinv("\n", (char **)lines->pdata);
}

static void a_chain_and_a_fork_are_drawn(void **state)
{
	g_autoptr(json_t) guide =
		guide_of((const char *const[]){"收件", "甲", "乙许可", "丙", NULL},
			(const char *const[]){"", "0", "0", "12"}, (const int[]){0, 0, 0, 0});
	g_autofree char *text = drawn(guide, 50, false);
	assert_string_equal(text, "   ┌──────────────────────────────────────────┐\n"
				  "   │                   收件                   │\n"
				  "   └─────────────────────┬────────────────────┘\n"
				  "           ┌─────────────┴────────────┐\n"
				  "           ▼                          ▼\n"
				  "┌─────────────────────┐    ┌─────────────────────┐\n"
				  "│ 甲                  │    │ 乙许可              │\n"
				  "└──────────┬──────────┘    └──────────┬──────────┘\n"
				  "           └─────────────┬────────────┘\n"
				  "                         ▼\n"
				  "   ┌──────────────────────────────────────────┐\n"
				  "   │ 丙                                       │\n"
				  "   └──────────────────────────────────────────┘");
}

static void alternatives_stand_side_by_side_in_ascii(void **state)
{
	g_autoptr(json_t) guide = guide_of((const char *const[]){"收件", "甲", "乙", NULL},
		(const char *const[]){"", "0", "0"}, (const int[]){0, 1, 1});
	g_autofree char *text = drawn(guide, 50, true);
	assert_string_equal(text, "   +------------------------------------------+\n"
				  "   |                   收件                   |\n"
				  "   +---------------------+--------------------+\n"
				  "           +-------------+------------+\n"
				  "           v                          v\n"
				  "+---------------------+    +---------------------+\n"
				  "| 甲                  | 或 | 乙                  |\n"
				  "+---------------------+    +---------------------+");
}

static void a_line_that_passes_a_row_takes_a_lane(void **state)
{
	/* 2 waits for 1, and the end for 2 and for 3, which stands a row above */
	g_autoptr(json_t) guide =
		guide_of((const char *const[]){"收件", "甲", "乙", "丙", "终", NULL},
			(const char *const[]){"", "0", "1", "0", "23"}, NULL);
	g_autofree char *text = drawn(guide, 50, true);
	assert_string_equal(text, " +------------------------------------------+\n"
				  " |                   收件                   |\n"
				  " +---------------------+--------------------+\n"
				  "          +------------+-----------+\n"
				  "          v                        v\n"
				  "+-------------------+    +-------------------+\n"
				  "| 甲                |    | 丙                |\n"
				  "+---------+---------+    +---------+---------+\n"
				  "          +------------+           +-------------+\n"
				  "                       v                         |\n"
				  " +------------------------------------------+    |\n"
				  " | 乙                                       |    |\n"
				  " +---------------------+--------------------+    |\n"
				  "                       +-------------------------+\n"
				  "                       v\n"
				  " +------------------------------------------+\n"
				  " | 终                                       |\n"
				  " +------------------------------------------+");
}

/* Twenty in one layer, twenty in a chain, long names: within the width, every box closed. */
static void twenty_items_fit_every_width(void **state)
{
	for (int shape = 0; shape < 3; shape++)
		for (int columns = 60; columns <= 160; columns += 10) {
			json_t *nodes = json_array();
			for (int i = 0; i < 22; i++) {
				json_t *after = json_array();
				int before = shape == 0 ? 0 : shape == 1 ? i - 1 : i / 2;
				if (i > 0)
					json_array_append_new(after, json_integer(before));
				json_array_append_new(nodes,
					json_pack("{s:i,s:i,s:o,s:s,s:s}", "number", i + 1, "group",
						0, "after", after, "title",
						"建设项目环境影响评价文件审批（豁免手续办理的项"
						"目除外）",
						"detail", "江门市生态环境局 视情形"));
			}
			g_autoptr(json_t) guide = json_pack("{s:o}", "process", nodes);
			g_autoptr(GPtrArray) lines = guide_chart(guide, columns, true);
			int corners = 0;
			for (guint i = 0; i < lines->len; i++) {
				const char *line = lines->pdata[i];
				assert_true(text_width(line) <= columns);
				corners += strstr(line, "建设项目") != NULL;
			}
			assert_true(corners > 3);
		}
}

/* ---- the document ---- */

struct home {
	char *path;
	struct desk *desk;
};

static int set_up(void **state)
{
	struct home *home = g_new0(struct home, 1);
	home->path = support_desk_home();
	home->desk = support_desk(home->path, "yanshi");
	*state = home;
	return 0;
}

static int tear_down(void **state)
{
	struct home *home = *state;
	desk_close(home->desk);
	support_home_free(home->path);
	g_free(home);
	return 0;
}

static json_t *retail(void **state, GHashTable *answers)
{
	struct home *home = *state;
	struct guide_request request = {.list = "jiangmen-2020", .theme = "1", .answers = answers};
	GError *error = NULL;
	json_t *guide = guide_document(desk_store(home->desk), &request, &error);
	if (guide == NULL)
		fail_msg("%s", error->message);
	return guide;
}

static const json_t *named(const json_t *guide, const char *key, const char *name)
{
	const json_t *list = json_object_get(guide, key);
	for (size_t i = 0; i < json_array_size(list); i++)
		if (strcmp(json_text(json_array_get(list, i), "name", ""), name) == 0)
			return json_array_get(list, i);
	return NULL;
}

static void the_whole_guide_says_when_in_words_of_the_questions(void **state)
{
	g_autoptr(json_t) guide = retail(state, NULL);
	const json_t *tobacco = named(guide, "items", "烟草专卖零售许可证新办");
	assert_int_equal(json_array_size(json_object_get(guide, "items")), 5);
	assert_string_equal(json_text(tobacco, "when", ""), "卖卷烟、雪茄烟吗？“卖”");
	assert_string_equal(json_text(tobacco, "after", ""), "1");
	assert_string_equal(json_text(tobacco, "nature", ""), "行政许可");
	assert_true(json_flag(guide, "reference", false));
	assert_string_equal(json_text(guide, "mark", ""), "参考，以当地实施清单为准");
	const json_t *exclusion = json_array_get(json_object_get(guide, "exclusions"), 0);
	assert_string_equal(json_text(exclusion, "items", ""), "2、3");
	assert_true(json_array_size(json_object_get(guide, "questions")) > 5);
	const json_t *paper = json_array_get(json_object_get(guide, "materials"), 0);
	assert_string_equal(json_text(paper, "items", ""), "1、2、3、4、5");
}

static void answers_narrow_the_guide(void **state)
{
	g_autoptr(GHashTable) answers = g_hash_table_new(g_str_hash, g_str_equal);
	static const char *const given[][2] = {{"person", "mainland"}, {"licensed", "no"},
		{"form", "single"}, {"premises", "own"}, {"dwelling", "no"}, {"food", "bulk"},
		{"tobacco", "no"}, {"env", "none"}};
	for (size_t i = 0; i < G_N_ELEMENTS(given); i++)
		g_hash_table_insert(answers, (gpointer)given[i][0], (gpointer)given[i][1]);
	g_autoptr(json_t) whole = retail(state, NULL);
	g_autoptr(json_t) guide = retail(state, answers);
	assert_null(named(guide, "items", "烟草专卖零售许可证新办"));
	assert_non_null(named(guide, "items", "个体工商户注册登记"));
	assert_int_equal(json_array_size(json_object_get(guide, "questions")), 0);
	assert_true(json_is_object(json_object_get(guide, "situation")));
	assert_true(json_array_size(json_object_get(guide, "materials")) <
		    json_array_size(json_object_get(whole, "materials")));
	assert_null(named(guide, "materials", "经营场所租赁合同"));
	assert_string_equal(
		json_text(named(guide, "items", "个体工商户注册登记"), "when", "?"), "");
}

static void what_is_not_offered_says_why(void **state)
{
	struct home *home = *state;
	g_autoptr(GPtrArray) lists = catalogue_list_all(desk_store(home->desk), NULL);
	int found = 0;
	for (guint i = 0; i < lists->len; i++) {
		const struct catalogue_entry *entry = lists->pdata[i];
		g_autoptr(GPtrArray) themes =
			catalogue_themes(desk_store(home->desk), entry->list, 0, NULL);
		for (guint k = 0; k < themes->len; k++) {
			struct guide_request request = {.list = entry->list,
				.theme = ((struct theme_hit *)themes->pdata[k])->theme};
			g_autoptr(json_t) guide =
				guide_document(desk_store(home->desk), &request, NULL);
			const json_t *out = json_object_get(guide, "not_offered");
			for (size_t n = 0; n < json_array_size(out); n++, found++)
				assert_true(
					*json_text(json_array_get(out, n), "reason", "") != '\0');
		}
	}
	assert_true(found > 0);
}

static void lines_keep_to_their_width(void **state)
{
	g_autoptr(json_t) guide = retail(state, NULL);
	for (int columns = 40; columns <= 120; columns += 8) {
		g_autoptr(GPtrArray) lines = guide_lines(guide, columns, false);
		for (guint i = 0; i < lines->len; i++) {
			const char *text = ((struct guide_line *)lines->pdata[i])->text;
			if (text_width(text) > columns)
				fail_msg("%d cells: %s", columns, text);
		}
	}
}

static void a_missing_theme_is_an_error(void **state)
{
	struct home *home = *state;
	struct guide_request request = {.list = "jiangmen-2020", .theme = "999"};
	GError *error = NULL;
	assert_null(guide_document(desk_store(home->desk), &request, &error));
	assert_non_null(strstr(error->message, "999"));
	g_error_free(error);
}

static void printing_makes_a_job_without_a_case(void **state)
{
	struct home *home = *state;
	g_autoptr(json_t) guide = retail(state, NULL);
	GError *error = NULL;
	g_autofree char *job = NULL;
	if (!desk_guide_print(home->desk, guide, &job, &error))
		fail_msg("%s", error->message);
	assert_null(json_object_get(guide, "hall"));
	g_autoptr(GPtrArray) papers = desk_papers(home->desk, true, NULL);
	assert_int_equal(papers->len, 1);
	const struct paper_row *paper = papers->pdata[0];
	assert_string_equal(paper->kind, "办事指南");
	assert_string_equal(paper->case_number, "");
	desk_logout(home->desk);
	assert_false(desk_guide_print(home->desk, guide, NULL, &error));
	g_error_free(error);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_chain_and_a_fork_are_drawn),
		cmocka_unit_test(alternatives_stand_side_by_side_in_ascii),
		cmocka_unit_test(a_line_that_passes_a_row_takes_a_lane),
		cmocka_unit_test(twenty_items_fit_every_width),
		cmocka_unit_test(the_whole_guide_says_when_in_words_of_the_questions),
		cmocka_unit_test(answers_narrow_the_guide),
		cmocka_unit_test(what_is_not_offered_says_why),
		cmocka_unit_test(lines_keep_to_their_width),
		cmocka_unit_test(a_missing_theme_is_an_error),
		cmocka_unit_test(printing_makes_a_job_without_a_case),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
