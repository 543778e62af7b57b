#include "core/number.h"

#include <string.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "base/err.h"

static void a_case_number_is_taken_apart_as_it_was_composed(void **state)
{
	static const struct {
		struct case_number parts;
		const char *begins;
	} rows[] = {
		{{"0703", {2026, 11, 20}, "3A", 37}, "0703-261120-3A0037-"},
		{{"0000", {2000, 1, 1}, "00", 1}, "0000-000101-000001-"},
		{{"9999", {2099, 12, 31}, "YY", 9999}, "9999-991231-YY9999-"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		char text[CASE_NUMBER_SIZE];
		assert_true(case_number_compose(&rows[i].parts, text, NULL));
		assert_int_equal(strlen(text), CASE_NUMBER_SIZE - 1);
		assert_true(g_str_has_prefix(text, rows[i].begins));
		struct case_number parts;
		assert_true(case_number_parse(text, &parts, NULL));
		assert_string_equal(parts.hall, rows[i].parts.hall);
		assert_string_equal(parts.window, rows[i].parts.window);
		assert_int_equal(parts.number, rows[i].parts.number);
		assert_int_equal(civil_date_compare(parts.day, rows[i].parts.day), 0);
	}
}

static void parts_out_of_range_are_refused(void **state)
{
	const struct case_number rows[] = {
		{"703", {2026, 11, 20}, "3A", 37},
		{"07O3", {2026, 11, 20}, "3A", 37},
		{"0703", {2026, 11, 31}, "3A", 37},
		{"0703", {1999, 11, 20}, "3A", 37},
		{"0703", {2100, 11, 20}, "3A", 37},
		{"0703", {2026, 11, 20}, "3", 37},
		{"0703", {2026, 11, 20}, "3I", 37},
		{"0703", {2026, 11, 20}, "3a", 37},
		{"0703", {2026, 11, 20}, "3A", 0},
		{"0703", {2026, 11, 20}, "3A", 10000},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		char text[CASE_NUMBER_SIZE] = "kept";
		g_autoptr(GError) error = NULL;
		assert_false(case_number_compose(&rows[i], text, &error));
		assert_true(err_is(error, ERR_CODE_INVALID));
		assert_string_equal(text, "kept");
	}
}

static void what_is_no_case_number_is_refused(void **state)
{
	static const char *const rows[] = {
		"", "0703-261120-3A0037-X", "11010519491231002X", "0703-261120-3A0037", NULL};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct case_number parts = {.number = -7};
		g_autoptr(GError) error = NULL;
		assert_false(case_number_parse(rows[i], &parts, &error));
		assert_true(err_is(error, ERR_CODE_NUMBER_CHECK));
		assert_int_equal(parts.number, -7);
	}
}

static void one_slip_in_a_case_number_or_label_is_found(void **state)
{
	char codes[2][40];
	struct case_number parts = {"0703", {2026, 11, 20}, "3A", 37};
	const uint8_t random[LABEL_RANDOM_SIZE] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14};
	assert_true(case_number_compose(&parts, codes[0], NULL));
	label_compose(CODE_KIND_MATERIAL, random, codes[1]);
	for (int k = 0; k < 2; k++) {
		struct code_result result;
		assert_true(code_check(codes[k], &result));
		for (size_t at = 0; codes[k][at] != '\0'; at++) {
			char changed[40];
			for (const char *c = CODE_LETTERS; *c != '\0'; c++) {
				g_strlcpy(changed, codes[k], sizeof changed);
				changed[at] = *c;
				if (*c != codes[k][at] && codes[k][at] != '-' &&
					code_check(changed, &result))
					fail_msg("%s accepted", changed);
			}
			g_strlcpy(changed, codes[k], sizeof changed);
			changed[at] = codes[k][at + 1];
			changed[at + 1] = codes[k][at];
			if (codes[k][at + 1] != '\0' && codes[k][at] != codes[k][at + 1] &&
				codes[k][at] != '-' && codes[k][at + 1] != '-' &&
				code_check(changed, &result))
				fail_msg("%s accepted", changed);
		}
	}
}

static void labels_are_of_their_kind(void **state)
{
	static const enum code_kind kinds[] = {CODE_KIND_MATERIAL, CODE_KIND_TICKET,
		CODE_KIND_RESULT, CODE_KIND_NOTICE, CODE_KIND_USER};
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
		for (int n = 0; n < 256; n++) {
			uint8_t random[LABEL_RANDOM_SIZE];
			for (int k = 0; k < LABEL_RANDOM_SIZE; k++)
				random[k] = (uint8_t)(n * (k + 1) + k * 7);
			char text[LABEL_SIZE];
			struct code_result result;
			label_compose(kinds[i], random, text);
			assert_int_equal(strlen(text), LABEL_SIZE - 1);
			assert_true(code_check(text, &result));
			assert_int_equal(result.kind, kinds[i]);
			assert_true(g_hash_table_add(seen, g_strdup(text)));
		}
	}
	uint8_t all[LABEL_RANDOM_SIZE];
	memset(all, 0xFF, sizeof all);
	char text[LABEL_SIZE];
	label_compose(CODE_KIND_USER, all, text);
	assert_true(code_check(text, &(struct code_result){0}));
}

static void a_token_is_base32_of_its_bytes(void **state)
{
	/* RFC 4648: base32 of "foobar1234567890", by another implementation. */
	uint8_t random[TOKEN_RANDOM_SIZE];
	memcpy(random, "foobar1234567890", sizeof random);
	char text[TOKEN_SIZE];
	token_compose(random, text);
	assert_string_equal(text, "mzxw6ytboiytemzugu3doobzga");
	assert_true(token_is_valid(text));
	assert_false(token_is_valid("mzxw6ytboiytemzugu3doobzg"));
	assert_false(token_is_valid("MZXW6YTBOIYTEMZUGU3DOOBZGA"));
	assert_false(token_is_valid(""));
	assert_false(token_is_valid(NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_case_number_is_taken_apart_as_it_was_composed),
		cmocka_unit_test(parts_out_of_range_are_refused),
		cmocka_unit_test(what_is_no_case_number_is_refused),
		cmocka_unit_test(one_slip_in_a_case_number_or_label_is_found),
		cmocka_unit_test(labels_are_of_their_kind),
		cmocka_unit_test(a_token_is_base32_of_its_bytes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
