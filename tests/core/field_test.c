#include "core/field.h"

#include <string.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "base/err.h"

static const struct civil_date today = {2026, 11, 21};

static char *const options[] = {(char *)"自有", (char *)"租赁", NULL};

static struct field field_of(enum field_validator validator)
{
	return (struct field){.key = (char *)"x",
		.label = (char *)"经营地址",
		.validator = validator,
		.options = (GStrv)options,
		.most = 40};
}

static void a_value_is_read_into_its_one_form_or_refused(void **state)
{
	static const struct {
		enum field_validator validator;
		const char *value;
		const char *read; /* NULL refused */
	} rows[] = {
		{FIELD_VALIDATOR_TEXT, "  演示路1号　", "演示路1号"},
		{FIELD_VALIDATOR_TEXT, "Ａ座（东）", "Ａ座（东）"},
		{FIELD_VALIDATOR_TEXT, "", ""},
		{FIELD_VALIDATOR_TEXT, "　", ""},
		{FIELD_VALIDATOR_TEXT, NULL, ""},
		{FIELD_VALIDATOR_TEXT, "一\n二", NULL},
		{FIELD_VALIDATOR_TEXT, "\xe2\x80\xaez", NULL},
		{FIELD_VALIDATOR_TEXT, "\xff", NULL},
		{FIELD_VALIDATOR_TEXT,
			"一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七"
			"八九十一",
			NULL},
		{FIELD_VALIDATOR_NAME, "演示·买买提", "演示·买买提"},
		{FIELD_VALIDATOR_NAME, "Demo One", "Demo One"},
		{FIELD_VALIDATOR_NAME, "𠮷", "𠮷"},
		{FIELD_VALIDATOR_NAME, "123", NULL},
		{FIELD_VALIDATOR_NAME, "、", NULL},
		{FIELD_VALIDATOR_IDENTITY, "11010519491231002x", "11010519491231002X"},
		{FIELD_VALIDATOR_IDENTITY, "110105 1949 1231 002X", "11010519491231002X"},
		{FIELD_VALIDATOR_IDENTITY, "110105194912310021", NULL},
		{FIELD_VALIDATOR_IDENTITY, "91350100M000100Y43", NULL},
		{FIELD_VALIDATOR_IDENTITY, "E12345678", NULL},
		{FIELD_VALIDATOR_CREDIT, "91350100m000100y43", "91350100M000100Y43"},
		{FIELD_VALIDATOR_CREDIT, "91350100M000100Y44", NULL},
		{FIELD_VALIDATOR_CREDIT, "11010519491231002X", NULL},
		{FIELD_VALIDATOR_DOCUMENT, "e12345678", "E12345678"},
		{FIELD_VALIDATOR_DOCUMENT, "11010519491231002x", "11010519491231002X"},
		{FIELD_VALIDATOR_DOCUMENT, "110105194912310021", NULL},
		{FIELD_VALIDATOR_DOCUMENT, "E1234,5678", NULL},
		{FIELD_VALIDATOR_DOCUMENT, "军字第1号", "军字第1号"},
		{FIELD_VALIDATOR_PHONE, "13800000000", "13800000000"},
		{FIELD_VALIDATOR_PHONE, "138 0000 0000", "13800000000"},
		{FIELD_VALIDATOR_PHONE, "138-0000-0000", "13800000000"},
		{FIELD_VALIDATOR_PHONE, "+86 13800000000", "13800000000"},
		{FIELD_VALIDATOR_PHONE, "１３８００００００００", "13800000000"},
		{FIELD_VALIDATOR_PHONE, "0750-3331234", "07503331234"},
		{FIELD_VALIDATOR_PHONE, "(0750) 3331234", "07503331234"},
		{FIELD_VALIDATOR_PHONE, "0750-3331234-12", "07503331234-12"},
		{FIELD_VALIDATOR_PHONE, "0750-3331234转12", "07503331234-12"},
		{FIELD_VALIDATOR_PHONE, "010-12345678", "01012345678"},
		{FIELD_VALIDATOR_PHONE, "3331234", "3331234"},
		{FIELD_VALIDATOR_PHONE, "400-800-1234", "4008001234"},
		{FIELD_VALIDATOR_PHONE, "12345", "12345"},
		{FIELD_VALIDATOR_PHONE, "+85212345678", "+85212345678"},
		{FIELD_VALIDATOR_PHONE, "1380000000", NULL},
		{FIELD_VALIDATOR_PHONE, "138000000000", NULL},
		{FIELD_VALIDATOR_PHONE, "12800000000", NULL},
		{FIELD_VALIDATOR_PHONE, "07503331234-1234567", NULL},
		{FIELD_VALIDATOR_PHONE, "+1234567", "+1234567"},
		{FIELD_VALIDATOR_PHONE, "+123456789012345", "+123456789012345"},
		{FIELD_VALIDATOR_PHONE, "+123456", NULL},
		{FIELD_VALIDATOR_PHONE, "+1234567890123456", NULL},
		{FIELD_VALIDATOR_PHONE, "0123456789", "0123456789"},
		{FIELD_VALIDATOR_PHONE, "012345678901", "012345678901"},
		{FIELD_VALIDATOR_PHONE, "012345678", NULL},
		{FIELD_VALIDATOR_PHONE, "0123456789012", NULL},
		{FIELD_VALIDATOR_PHONE, "0750-3331234-123456", "07503331234-123456"},
		{FIELD_VALIDATOR_PHONE, "1234567", NULL},
		{FIELD_VALIDATOR_PHONE, "22222222", "22222222"},
		{FIELD_VALIDATOR_PHONE, "电话", NULL},
		{FIELD_VALIDATOR_PHONE, "-", NULL},
		{FIELD_VALIDATOR_PHONE, "+", NULL},
		{FIELD_VALIDATOR_POSTCODE, "529000", "529000"},
		{FIELD_VALIDATOR_POSTCODE, "５２９０００", "529000"},
		{FIELD_VALIDATOR_POSTCODE, "52900", NULL},
		{FIELD_VALIDATOR_POSTCODE, "52900a", NULL},
		{FIELD_VALIDATOR_EMAIL, "demo@example.cn", "demo@example.cn"},
		{FIELD_VALIDATOR_EMAIL, "a.b+c@mail.example.com", "a.b+c@mail.example.com"},
		{FIELD_VALIDATOR_EMAIL, "demo", NULL},
		{FIELD_VALIDATOR_EMAIL, "@example.cn", NULL},
		{FIELD_VALIDATOR_EMAIL, "demo@@example.cn", NULL},
		{FIELD_VALIDATOR_EMAIL, "demo@", NULL},
		{FIELD_VALIDATOR_EMAIL, "demo@example", NULL},
		{FIELD_VALIDATOR_EMAIL, "demo@.cn", NULL},
		{FIELD_VALIDATOR_EMAIL, "demo@example.", NULL},
		{FIELD_VALIDATOR_EMAIL, "a@b@example.cn", NULL},
		{FIELD_VALIDATOR_EMAIL, "a..b@example.cn", NULL},
		{FIELD_VALIDATOR_EMAIL, "a b@example.cn", NULL},
		{FIELD_VALIDATOR_EMAIL, "a@exam ple.cn", NULL},
		{FIELD_VALIDATOR_DATE, "2026-01-31", "2026-01-31"},
		{FIELD_VALIDATOR_DATE, "2026/1/31", "2026-01-31"},
		{FIELD_VALIDATOR_DATE, "2026.1.3", "2026-01-03"},
		{FIELD_VALIDATOR_DATE, "2026年1月3日", "2026-01-03"},
		{FIELD_VALIDATOR_DATE, "20260131", "2026-01-31"},
		{FIELD_VALIDATOR_DATE, "2026-02-29", NULL},
		{FIELD_VALIDATOR_DATE, "26-1-1", NULL},
		{FIELD_VALIDATOR_DATE, "2026-1", NULL},
		{FIELD_VALIDATOR_DATE, "2026-1-x", NULL},
		{FIELD_VALIDATOR_DATE, "明天", NULL},
		{FIELD_VALIDATOR_INTEGER, "12", "12"},
		{FIELD_VALIDATOR_INTEGER, "-3", "-3"},
		{FIELD_VALIDATOR_INTEGER, "１２", "12"},
		{FIELD_VALIDATOR_INTEGER, "1.5", NULL},
		{FIELD_VALIDATOR_INTEGER, "12人", NULL},
		{FIELD_VALIDATOR_INTEGER, "-", NULL},
		{FIELD_VALIDATOR_INTEGER, "1234567890123456", NULL},
		{FIELD_VALIDATOR_DECIMAL, "1.5", "1.5"},
		{FIELD_VALIDATOR_DECIMAL, "12", "12"},
		{FIELD_VALIDATOR_DECIMAL, "1.", NULL},
		{FIELD_VALIDATOR_DECIMAL, ".5", NULL},
		{FIELD_VALIDATOR_DECIMAL, "1.123456", "1.123456"},
		{FIELD_VALIDATOR_DECIMAL, "1.1234567", NULL},
		{FIELD_VALIDATOR_DECIMAL, "1.5.5", NULL},
		{FIELD_VALIDATOR_DECIMAL, "1e5", NULL},
		{FIELD_VALIDATOR_CHOICE, "自有", "自有"},
		{FIELD_VALIDATOR_CHOICE, "自建", NULL},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct field field = field_of(rows[i].validator);
		g_autoptr(GError) error = NULL;
		g_autofree char *read = field_read(&field, rows[i].value, today, &error);
		if (g_strcmp0(read, rows[i].read) != 0)
			fail_msg("row %zu %s: %s", i, rows[i].value,
				read == NULL ? error->message : read);
		if (read == NULL)
			assert_non_null(strstr(error->message, "经营地址"));
	}
}

static void a_field_without_a_length_takes_the_usual_one(void **state)
{
	struct field field = field_of(FIELD_VALIDATOR_TEXT);
	field.most = 0;
	g_autofree char *fits = g_strnfill(FIELD_MOST, 'a');
	g_autofree char *longer = g_strnfill(FIELD_MOST + 1, 'a');
	g_autofree char *read = field_read(&field, fits, today, NULL);
	assert_string_equal(read, fits);
	assert_null(field_read(&field, longer, today, NULL));
}

static void a_wrong_choice_lists_the_options(void **state)
{
	struct field field = field_of(FIELD_VALIDATOR_CHOICE);
	g_autoptr(GError) error = NULL;
	g_autofree char *read = field_read(&field, "自建", today, &error);
	assert_null(read);
	assert_non_null(strstr(error->message, "自有、租赁"));
	field.options = NULL;
	g_autoptr(GError) none = NULL;
	assert_null(field_read(&field, "自建", today, &none));
	assert_true(err_is(none, ERR_CODE_INVALID));
}

static void check_digits_have_their_own_errors(void **state)
{
	struct field identity = field_of(FIELD_VALIDATOR_IDENTITY);
	struct field credit = field_of(FIELD_VALIDATOR_CREDIT);
	g_autoptr(GError) first = NULL;
	g_autoptr(GError) second = NULL;
	assert_null(field_read(&identity, "110105194912310021", today, &first));
	assert_true(err_is(first, ERR_CODE_IDENTITY_CHECK));
	assert_null(field_read(&credit, "91350100M000100Y44", today, &second));
	assert_true(err_is(second, ERR_CODE_CREDIT_CHECK));
}

static void what_is_required_may_not_be_empty(void **state)
{
	struct field field = field_of(FIELD_VALIDATOR_TEXT);
	static const char *const empty[] = {NULL, "", "  ", "　"};
	for (size_t i = 0; i < G_N_ELEMENTS(empty); i++) {
		g_autoptr(GError) error = NULL;
		assert_false(field_check_required(&field, empty[i], true, &error));
		assert_true(err_is(error, ERR_CODE_INCOMPLETE));
		assert_non_null(strstr(error->message, "经营地址"));
		assert_true(field_check_required(&field, empty[i], false, NULL));
	}
	assert_true(field_check_required(&field, "有", true, NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_value_is_read_into_its_one_form_or_refused),
		cmocka_unit_test(a_field_without_a_length_takes_the_usual_one),
		cmocka_unit_test(a_wrong_choice_lists_the_options),
		cmocka_unit_test(check_digits_have_their_own_errors),
		cmocka_unit_test(what_is_required_may_not_be_empty),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
