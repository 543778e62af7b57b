#include "core/theme.h"

#include <string.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "core/words.h"

static void add_route(struct definitions *definitions, const char *list, const char *printed,
	const char *level, const char *department)
{
	struct route *route = g_new0(struct route, 1);
	route->list = g_strdup(list);
	route->printed = g_strdup(printed);
	route->level = g_strdup(level);
	route->department = g_strdup(department);
	definitions_take_route(definitions, route);
}

static bool add_department(struct definitions *definitions, const char *code)
{
	struct department *department = g_new0(struct department, 1);
	department->code = g_strdup(code);
	department->name = g_strdup(code);
	if (definitions_take_department(definitions, department))
		return true;
	department_free(department);
	return false;
}

static void the_closest_route_wins(void **state)
{
	g_autoptr(definitions) definitions = definitions_new();
	static const char *const codes[] = {"D-ANY", "D-LIST", "D-LEVEL", "D-BOTH", "D-TOWN"};
	for (size_t i = 0; i < G_N_ELEMENTS(codes); i++)
		assert_true(add_department(definitions, codes[i]));
	assert_false(add_department(definitions, "D-ANY"));
	add_route(definitions, "", "市场监管", "", "D-ANY");
	add_route(definitions, "jiangmen-2020", "市场监管", "", "D-LIST");
	add_route(definitions, "", "市场监管", "市级", "D-LEVEL");
	add_route(definitions, "weibin-2021", "市场监管", "市级", "D-BOTH");
	add_route(definitions, "", "", "镇级", "D-TOWN");
	add_route(definitions, "", "公安", "", "D-NOWHERE");
	static const struct {
		const char *list, *printed, *level, *department;
	} rows[] = {
		{"national-2022", "市场监管", "", "D-ANY"},
		{"jiangmen-2020", "市场监管", "", "D-LIST"},
		{"jiangmen-2020", "市场监管", "市级", "D-LEVEL"},
		{"weibin-2021", "市场监管", "市级", "D-BOTH"},
		{"weibin-2021", "市场监管", "镇级", "D-ANY"},
		{"weibin-2021", "民政", "镇级", "D-TOWN"},
		{"weibin-2021", "民政", "市级", NULL},
		{"weibin-2021", "公安", "市级", NULL},
		{"weibin-2021", "市场监管", NULL, "D-ANY"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		const struct department *found = definitions_route(
			definitions, rows[i].list, rows[i].printed, rows[i].level);
		const char *code = found == NULL ? "nobody" : found->code;
		if (strcmp(code, rows[i].department == NULL ? "nobody" : rows[i].department) != 0)
			fail_msg("row %zu: %s", i, code);
	}
}

static void questions_and_options_are_found_by_id(void **state)
{
	(void)state;
	struct option yes = {.id = (char *)"yes"}, no = {.id = (char *)"no"};
	struct question any = {.id = (char *)"any"}, agent = {.id = (char *)"agent"},
			bare = {.id = (char *)"bare"};
	struct theme theme = {.questions = g_ptr_array_new()};
	agent.options = g_ptr_array_new();
	g_ptr_array_add(agent.options, &no);
	g_ptr_array_add(agent.options, &yes);
	g_ptr_array_add(theme.questions, &any);
	g_ptr_array_add(theme.questions, &agent);
	assert_ptr_equal(theme_question(&theme, "agent"), &agent);
	assert_null(theme_question(&theme, "other"));
	assert_null(theme_question(&theme, NULL));
	assert_ptr_equal(question_option(&agent, "yes"), &yes);
	assert_null(question_option(&agent, "maybe"));
	assert_null(question_option(&agent, NULL));
	assert_null(question_option(&bare, "yes"));
	g_ptr_array_unref(agent.options);
	g_ptr_array_unref(theme.questions);
}

static void lookups_answer_nothing_for_nothing(void **state)
{
	g_autoptr(definitions) definitions = definitions_new();
	assert_null(definitions_service(definitions, ""));
	assert_null(definitions_service(definitions, NULL));
	assert_null(definitions_material(definitions, "M-X"));
	assert_null(definitions_field(definitions, "x"));
	assert_null(definitions_route(definitions, "a", "b", "c"));
}

static void a_condition_holds_when_every_term_was_answered(void **state)
{
	struct condition_term first = {(char *)"a", (char *[]){(char *)"1", (char *)"2", NULL}};
	struct condition_term second = {(char *)"b", (char *[]){(char *)"1", NULL}};
	g_autoptr(GPtrArray) terms = g_ptr_array_new();
	const struct condition condition = {terms}, empty = {NULL};
	g_autoptr(GHashTable) answers = g_hash_table_new(g_str_hash, g_str_equal);
	assert_true(condition_holds(&empty, NULL));
	assert_true(condition_holds(&condition, NULL));
	g_ptr_array_add(terms, &first);
	g_ptr_array_add(terms, &second);
	assert_false(condition_holds(&condition, NULL));
	g_hash_table_insert(answers, (char *)"a", (char *)"2");
	assert_false(condition_holds(&condition, answers));
	g_hash_table_insert(answers, (char *)"b", (char *)"1");
	assert_true(condition_holds(&condition, answers));
	g_hash_table_insert(answers, (char *)"a", (char *)"3");
	assert_false(condition_holds(&condition, answers));
}

static void half_filled_structs_can_be_freed(void **state)
{
	theme_free(g_new0(struct theme, 1));
	list_free(g_new0(struct list, 1));
	service_free(g_new0(struct service, 1));
	question_free(g_new0(struct question, 1));
	theme_item_free(g_new0(struct theme_item, 1));
	theme_free(NULL);
	list_free(NULL);
	service_free(NULL);
	material_free(NULL);
	field_free(NULL);
	route_free(NULL);
	definitions_free(NULL);
	struct theme theme = {0};
	assert_null(theme_item_at(&theme, 0));
}

#define BOTH_WAYS(kind, COUNT)                                                                     \
	do {                                                                                       \
		for (int i = 0; i < COUNT; i++) {                                                  \
			assert_true(kind##_name((enum kind)i)[0] != '\0');                         \
			assert_int_equal(kind##_from_name(kind##_name((enum kind)i)), i);          \
			assert_int_equal(kind##_from_name(kind##_word((enum kind)i)), i);          \
		}                                                                                  \
		assert_int_equal(kind##_from_name("nothing"), COUNT);                              \
		assert_int_equal(kind##_from_name(NULL), COUNT);                                   \
		assert_string_equal(kind##_name(COUNT), "");                                       \
	} while (0)

static void enums_have_words_both_ways(void **state)
{
	BOTH_WAYS(necessity, NECESSITY_COUNT);
	BOTH_WAYS(nature, NATURE_COUNT);
	BOTH_WAYS(service_status, SERVICE_STATUS_COUNT);
	BOTH_WAYS(limit_unit, LIMIT_UNIT_COUNT);
	BOTH_WAYS(field_type, FIELD_TYPE_COUNT);
	BOTH_WAYS(field_validator, FIELD_VALIDATOR_COUNT);
	BOTH_WAYS(result_kind, RESULT_KIND_COUNT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_closest_route_wins),
		cmocka_unit_test(questions_and_options_are_found_by_id),
		cmocka_unit_test(lookups_answer_nothing_for_nothing),
		cmocka_unit_test(a_condition_holds_when_every_term_was_answered),
		cmocka_unit_test(half_filled_structs_can_be_freed),
		cmocka_unit_test(enums_have_words_both_ways),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
