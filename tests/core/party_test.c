#include "core/party.h"

#include <string.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "base/err.h"

static const struct civil_date today = {2026, 11, 21};

static void numbers_are_read_by_their_kind(void **state)
{
	static const struct {
		enum document_kind kind;
		const char *number;
		const char *value; /* NULL refused */
	} rows[] = {
		{DOCUMENT_KIND_IDENTITY, "11010519491231002x", "11010519491231002X"},
		{DOCUMENT_KIND_IDENTITY, "110105491231002", "110105491231002"},
		{DOCUMENT_KIND_IDENTITY, "110105194912310021", NULL},
		{DOCUMENT_KIND_IDENTITY, "91350100M000100Y43", NULL},
		{DOCUMENT_KIND_IDENTITY, "", NULL},
		{DOCUMENT_KIND_IDENTITY, NULL, NULL},
		{DOCUMENT_KIND_CREDIT, "91350100m000100y43", "91350100M000100Y43"},
		{DOCUMENT_KIND_CREDIT, "91350100M000100Y44", NULL},
		{DOCUMENT_KIND_CREDIT, "11010519491231002X", NULL},
		{DOCUMENT_KIND_PASSPORT, "E12345678", "E12345678"},
		{DOCUMENT_KIND_PASSPORT, "ea1234567", "EA1234567"},
		{DOCUMENT_KIND_PASSPORT, "E123", NULL},
		{DOCUMENT_KIND_PASSPORT, "E1234-5678", NULL},
		{DOCUMENT_KIND_PASSPORT, "123456789012345678", NULL},
		{DOCUMENT_KIND_HK_MACAO_PERMIT, "H12345678", "H12345678"},
		{DOCUMENT_KIND_HK_MACAO_PERMIT, "m1234567801", "M1234567801"},
		{DOCUMENT_KIND_HK_MACAO_PERMIT, "C12345678", NULL},
		{DOCUMENT_KIND_HK_MACAO_PERMIT, "H1234567", NULL},
		{DOCUMENT_KIND_TAIWAN_PERMIT, "１２３４５６７８", "12345678"},
		{DOCUMENT_KIND_TAIWAN_PERMIT, "1234567890A", "1234567890A"},
		{DOCUMENT_KIND_TAIWAN_PERMIT, "1234567890(B)", "1234567890(B)"},
		{DOCUMENT_KIND_TAIWAN_PERMIT, "1234567", NULL},
		{DOCUMENT_KIND_FOREIGNER, "932682197512120014", "932682197512120014"},
		{DOCUMENT_KIND_FOREIGNER, "932682197512120015", NULL},
		{DOCUMENT_KIND_FOREIGNER, "abc110000123456", "ABC110000123456"},
		{DOCUMENT_KIND_FOREIGNER, "11010519491231002X", NULL},
		{DOCUMENT_KIND_RESIDENCE, "11010519491231002X", NULL},
		{DOCUMENT_KIND_BIRTH, "t 123456789", "T123456789"},
		{DOCUMENT_KIND_BIRTH, "1234567890", NULL},
		{DOCUMENT_KIND_HOUSEHOLD, "户字第12号", "户字第12号"},
		{DOCUMENT_KIND_OFFICER, "军字第0001号", "军字第0001号"},
		{DOCUMENT_KIND_OTHER, "a-1", "A-1"},
		{DOCUMENT_KIND_OTHER, "a\x1b[2J", NULL},
		{DOCUMENT_KIND_OTHER, "12345678901234567890123456789012345678901", NULL},
		{DOCUMENT_KIND_NONE, "1", NULL},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;
		g_autofree char *value =
			document_number_read(rows[i].kind, rows[i].number, today, &error);
		if (g_strcmp0(value, rows[i].value) != 0)
			fail_msg("row %zu: %s", i, value == NULL ? error->message : value);
		assert_int_equal(error == NULL, value != NULL);
	}
}

/* A valid number of 18 with this head of 17 digits, by trying. */
static char *with_check(const char *head)
{
	static const char checks[] = "0123456789X";
	for (const char *c = checks; *c != '\0'; c++) {
		g_autofree char *number = g_strdup_printf("%s%c", head, *c);
		g_autofree char *value =
			document_number_read(DOCUMENT_KIND_IDENTITY, number, today, NULL);
		if (value != NULL)
			return g_steal_pointer(&value);
	}
	fail_msg("%s", head);
	return NULL;
}

static void cards_of_residence_begin_with_their_digit(void **state)
{
	g_autofree char *foreigner = with_check("93268219751212001");
	g_autofree char *resident = with_check("83000019850707112");
	struct civil_date birth;
	static const struct {
		enum document_kind kind;
		bool foreigner, resident;
	} rows[] = {
		{DOCUMENT_KIND_FOREIGNER, true, false},
		{DOCUMENT_KIND_RESIDENCE, false, true},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *a = document_number_read(rows[i].kind, foreigner, today, NULL);
		g_autofree char *b = document_number_read(rows[i].kind, resident, today, NULL);
		assert_int_equal(a != NULL, rows[i].foreigner);
		assert_int_equal(b != NULL, rows[i].resident);
	}
	assert_true(document_birth(DOCUMENT_KIND_FOREIGNER, foreigner, &birth));
	assert_int_equal(birth.year, 1975);
	assert_false(document_birth(DOCUMENT_KIND_PASSPORT, "E12345678", &birth));
	assert_false(document_birth(DOCUMENT_KIND_IDENTITY, NULL, &birth));
}

static void under_fourteen_needs_a_guardian(void **state)
{
	g_autofree char *child = with_check("44070320121122001");
	g_autofree char *youth = with_check("44070320121121001");
	assert_true(party_needs_guardian(DOCUMENT_KIND_IDENTITY, child, today));
	assert_false(party_needs_guardian(DOCUMENT_KIND_IDENTITY, youth, today));
	assert_false(party_needs_guardian(DOCUMENT_KIND_PASSPORT, "E12345678", today));
	assert_false(party_needs_guardian(DOCUMENT_KIND_NONE, "", today));
}

static void a_birth_to_come_is_refused(void **state)
{
	g_autofree char *number = with_check("44070320261121001");
	g_autoptr(GError) error = NULL;
	const struct civil_date yesterday = {2026, 11, 20};
	g_autofree char *value =
		document_number_read(DOCUMENT_KIND_IDENTITY, number, yesterday, &error);
	assert_null(value);
	assert_true(err_is(error, ERR_CODE_IDENTITY_CHECK));
}

static void a_party_is_whole_or_says_what_is_missing(void **state)
{
	static const struct {
		struct party_facts party;
		enum err_code code; /* ERR_CODE_COUNT right */
	} rows[] = {
		{{PARTY_ROLE_APPLICANT, "演示一", DOCUMENT_KIND_IDENTITY, "11010519491231002X", ""},
			ERR_CODE_COUNT},
		{{PARTY_ROLE_APPLICANT, "演示一", DOCUMENT_KIND_IDENTITY, "110105194912310021", ""},
			ERR_CODE_IDENTITY_CHECK},
		{{PARTY_ROLE_APPLICANT, "", DOCUMENT_KIND_IDENTITY, "11010519491231002X", ""},
			ERR_CODE_INCOMPLETE},
		{{PARTY_ROLE_APPLICANT, NULL, DOCUMENT_KIND_NONE, "", "newborn"},
			ERR_CODE_INCOMPLETE},
		{{PARTY_ROLE_APPLICANT, "演示\x1b一", DOCUMENT_KIND_NONE, "", "newborn"},
			ERR_CODE_INVALID},
		{{PARTY_ROLE_SUBJECT, "演示婴", DOCUMENT_KIND_NONE, "", "newborn"}, ERR_CODE_COUNT},
		{{PARTY_ROLE_SUBJECT, "演示婴", DOCUMENT_KIND_NONE, "", ""}, ERR_CODE_INCOMPLETE},
		{{PARTY_ROLE_SUBJECT, "演示婴", DOCUMENT_KIND_NONE, "", NULL}, ERR_CODE_INCOMPLETE},
		{{PARTY_ROLE_SUBJECT, "演示婴", DOCUMENT_KIND_NONE, "", "a\tb"}, ERR_CODE_INVALID},
		{{PARTY_ROLE_FIRM, "演示商店", DOCUMENT_KIND_CREDIT, "91350100M000100Y43", ""},
			ERR_CODE_COUNT},
		{{PARTY_ROLE_FIRM, "演示商店", DOCUMENT_KIND_NONE, "", "founding"}, ERR_CODE_COUNT},
		{{PARTY_ROLE_FIRM, "演示商店", DOCUMENT_KIND_CREDIT, "91350100M000100Y44", ""},
			ERR_CODE_CREDIT_CHECK},
		{{PARTY_ROLE_FIRM, "演示商店", DOCUMENT_KIND_IDENTITY, "11010519491231002X", ""},
			ERR_CODE_INVALID},
		{{PARTY_ROLE_AGENT, "演示二", DOCUMENT_KIND_CREDIT, "91350100M000100Y43", ""},
			ERR_CODE_INVALID},
		{{PARTY_ROLE_GUARDIAN, "演示三", DOCUMENT_KIND_PASSPORT, "E12345678", ""},
			ERR_CODE_COUNT},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;
		bool right = party_check(&rows[i].party, today, &error);
		if (right != (rows[i].code == ERR_CODE_COUNT) ||
			(!right && !err_is(error, rows[i].code)))
			fail_msg("row %zu: %s", i, right ? "right" : error->message);
	}
}

static void words_go_both_ways(void **state)
{
	for (int i = 0; i < PARTY_ROLE_COUNT; i++) {
		assert_int_equal(party_role_from_name(party_role_word((enum party_role)i)), i);
		assert_int_equal(party_role_from_name(party_role_name((enum party_role)i)), i);
	}
	for (int i = 0; i < DOCUMENT_KIND_COUNT; i++) {
		enum document_kind kind = (enum document_kind)i;
		assert_int_equal(document_kind_from_name(document_kind_word(kind)), i);
		assert_int_equal(document_kind_from_name(document_kind_name(kind)), i);
	}
	for (int i = 0; i < MISSING_NUMBER_COUNT; i++) {
		enum missing_number reason = (enum missing_number)i;
		assert_int_equal(missing_number_from_name(missing_number_word(reason)), i);
		assert_int_equal(missing_number_from_name(missing_number_name(reason)), i);
	}
	assert_int_equal(document_kind_from_name("身份证"), DOCUMENT_KIND_IDENTITY);
	assert_int_equal(document_kind_from_name(NULL), DOCUMENT_KIND_COUNT);
	assert_int_equal(party_role_from_name("nobody"), PARTY_ROLE_COUNT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_read_by_their_kind),
		cmocka_unit_test(cards_of_residence_begin_with_their_digit),
		cmocka_unit_test(under_fourteen_needs_a_guardian),
		cmocka_unit_test(a_birth_to_come_is_refused),
		cmocka_unit_test(a_party_is_whole_or_says_what_is_missing),
		cmocka_unit_test(words_go_both_ways),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
