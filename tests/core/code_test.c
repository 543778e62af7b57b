#include "core/code.h"

#include <string.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "base/json.h"

static void the_vectors_hold(void **state)
{
	g_autoptr(json_t) rows = json_read_file("data/vectors/codes.json", NULL);
	assert_true(json_array_size(rows) > 50);
	for (size_t i = 0; i < json_array_size(rows); i++) {
		const json_t *row = json_array_get(rows, i);
		const char *text = json_text(row, "text", NULL);
		struct code_result result;
		bool valid = code_check(text, &result);
		assert_int_equal(valid, result.valid);
		if (valid != json_flag(row, "valid", !valid) ||
			strcmp(code_kind_word(result.kind), json_text(row, "kind", "")) != 0)
			fail_msg("%s: %s %d (%s)", text, code_kind_word(result.kind), valid,
				result.reason);
		if (valid)
			assert_string_equal(result.value, json_text(row, "value", ""));
		assert_int_equal(result.reason[0] == '\0', valid);
		assert_true(g_utf8_validate(result.reason, -1, NULL));
	}
}

/* Valid codes of every kind; what one slip of the hand makes of them is never valid. */
static const char *const valid_codes[] = {
	"11010519491231002X",
	"440524188001010014",
	"91350100M000100Y43",
	"914403001922038216",
	"330101189912311236",
	"932682197512120014",
};

static void a_changed_character_is_refused(void **state)
{
	static const char letters[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	for (size_t i = 0; i < G_N_ELEMENTS(valid_codes); i++) {
		struct code_result result;
		if (!code_check(valid_codes[i], &result))
			continue; /* the vectors tell of it */
		for (size_t at = 0; at < strlen(valid_codes[i]); at++) {
			for (const char *c = letters; *c != '\0'; c++) {
				char changed[40];
				g_strlcpy(changed, valid_codes[i], sizeof changed);
				changed[at] = *c;
				if (*c != valid_codes[i][at] && code_check(changed, &result))
					fail_msg("%s accepted as %s", changed,
						code_kind_word(result.kind));
			}
		}
	}
}

static void neighbours_that_changed_places_are_refused(void **state)
{
	for (size_t i = 0; i < G_N_ELEMENTS(valid_codes); i++) {
		for (size_t at = 0; at + 1 < strlen(valid_codes[i]); at++) {
			struct code_result result;
			char changed[40];
			g_strlcpy(changed, valid_codes[i], sizeof changed);
			changed[at] = valid_codes[i][at + 1];
			changed[at + 1] = valid_codes[i][at];
			if (changed[at] != changed[at + 1] && code_check(changed, &result))
				fail_msg("%s accepted", changed);
		}
	}
}

static void a_birth_to_come_is_refused(void **state)
{
	struct code_result result;
	const struct civil_date eve = {1949, 12, 30}, birth = {1949, 12, 31};
	assert_false(code_check_on("11010519491231002X", eve, &result));
	assert_int_equal(result.kind, CODE_KIND_IDENTITY);
	assert_true(code_check_on("11010519491231002X", birth, &result));
}

static void the_right_check_digit_is_not_told(void **state)
{
	struct code_result result;
	assert_false(code_check("110105194912310021", &result));
	assert_null(strchr(result.reason, 'X'));
	assert_non_null(strstr(result.reason, "校验码不对"));
}

static void strange_bytes_are_unknown(void **state)
{
	static const char *const rows[] = {
		"110105\x01"
		"19491231002X",
		"\xff\xfe",
		"11010519491231002Ж",
		"一二三",
		NULL,
		"0123456789012345678901234567890123456789012345678901234567890123456789",
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct code_result result;
		assert_false(code_check(rows[i], &result));
		assert_int_equal(result.kind, CODE_KIND_UNKNOWN);
		assert_string_equal(result.value, "");
		assert_true(result.reason[0] != '\0');
	}
}

static void an_unknown_code_says_what_it_may_be(void **state)
{
	struct code_result result;
	char longest[CODE_MOST + 2];
	memset(longest, '1', sizeof longest);
	longest[CODE_MOST + 1] = '\0';
	assert_false(code_check(longest, &result));
	assert_string_equal(result.value, "");
	assert_false(code_check(longest + 1, &result));
	assert_string_equal(result.value, longest + 1);
	assert_non_null(strstr(result.reason, "18位"));
	assert_false(code_check(" - ", &result));
	assert_non_null(strstr(result.reason, "没有内容"));
}

static void a_birth_is_read_from_identity_numbers_only(void **state)
{
	struct civil_date birth;
	assert_true(code_identity_birth("11010519491231002X", &birth));
	assert_int_equal(civil_date_compare(birth, (struct civil_date){1949, 12, 31}), 0);
	assert_true(code_identity_birth("110105491231002", &birth));
	assert_int_equal(birth.year, 1949);
	assert_false(code_identity_birth("110105194912310021", &birth));
	assert_false(code_identity_birth("91350100M000100Y43", &birth));
	assert_false(code_identity_birth("170105491231002", &birth));
	assert_false(code_identity_birth("110105491331002", &birth));
	assert_false(code_identity_birth("", &birth));
	assert_false(code_identity_birth(NULL, &birth));
}

static void kinds_have_words_both_ways(void **state)
{
	static const char *const words[] = {"unknown", "identity", "credit", "case", "material",
		"ticket", "result", "notice", "user"};
	for (int i = 0; i < CODE_KIND_COUNT; i++) {
		assert_string_equal(code_kind_word((enum code_kind)i), words[i]);
		assert_int_equal(code_kind_from_word(words[i]), i);
		assert_true(code_kind_name((enum code_kind)i)[0] != '\0');
	}
	assert_int_equal(code_kind_from_word("nothing"), CODE_KIND_COUNT);
	assert_int_equal(code_kind_from_word(NULL), CODE_KIND_COUNT);
	assert_int_equal(code_kind_letter(CODE_KIND_CASE), 0);
	assert_int_equal(code_kind_letter(CODE_KIND_NOTICE), 'N');
}

static void check_characters_refuse_what_is_not_theirs(void **state)
{
	assert_int_equal(code_check_character("91350100M000100Y4", 17), '3');
	assert_int_equal(code_check_character("O", 1), 0);
	assert_int_equal(code_check_character("", 0), '0');
	assert_int_equal(code_identity_character("11010519491231002"), 'X');
	assert_int_equal(code_identity_character("1101051949123100A"), 0);
	assert_int_equal(code_letter_value('Y'), 30);
	assert_int_equal(code_letter_value('I'), -1);
	assert_int_equal(code_letter_value('\0'), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_vectors_hold),
		cmocka_unit_test(a_changed_character_is_refused),
		cmocka_unit_test(neighbours_that_changed_places_are_refused),
		cmocka_unit_test(a_birth_to_come_is_refused),
		cmocka_unit_test(the_right_check_digit_is_not_told),
		cmocka_unit_test(an_unknown_code_says_what_it_may_be),
		cmocka_unit_test(strange_bytes_are_unknown),
		cmocka_unit_test(a_birth_is_read_from_identity_numbers_only),
		cmocka_unit_test(kinds_have_words_both_ways),
		cmocka_unit_test(check_characters_refuse_what_is_not_theirs),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
