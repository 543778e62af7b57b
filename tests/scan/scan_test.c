#include "scan/scan.h"

#include <string.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <glib.h>
#include <cmocka.h>

static const struct civil_date today = {2026, 11, 21};

#define TOKEN "mzxw6ytboiytemzugu3doobzga"

static void a_burst_is_stripped_and_typed(void **state)
{
	static const struct {
		const char *bytes;
		enum code_kind kind;
		const char *value;
		const char *symbology;
	} rows[] = {
		{"11010519491231002X\r", CODE_KIND_IDENTITY, "11010519491231002X", ""},
		{"11010519491231002x\r\n", CODE_KIND_IDENTITY, "11010519491231002X", ""},
		{"\x02"
		 "11010519491231002X\x03",
			CODE_KIND_IDENTITY, "11010519491231002X", ""},
		{"]C0"
		 "91350100M000100Y43\t",
			CODE_KIND_CREDIT, "91350100M000100Y43", "C0"},
		{"\xEF\xBB\xBF]Q3"
		 "91350100M000100Y43",
			CODE_KIND_CREDIT, "91350100M000100Y43", "Q3"},
		{"  １１０１０５１９４９１２３１００２Ｘ　\n", CODE_KIND_IDENTITY,
			"11010519491231002X", ""},
		{"110105 19491231 002X", CODE_KIND_IDENTITY, "11010519491231002X", ""},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct scan scan;
		if (!scan_read(rows[i].bytes, strlen(rows[i].bytes), today, &scan))
			fail_msg("row %zu: %s", i, scan.fault);
		assert_int_equal(scan.code.kind, rows[i].kind);
		assert_string_equal(scan.code.value, rows[i].value);
		assert_string_equal(scan.symbology, rows[i].symbology);
		assert_string_equal(scan.fault, "");
	}
}

static void what_is_no_code_is_refused_in_words(void **state)
{
	static const struct {
		const char *bytes;
		size_t size; /* 0: up to the zero byte */
		const char *says;
	} rows[] = {
		{"", 0, "没有扫到"},
		{"\r\n", 0, "没有扫到"},
		{"]C0\r", 0, "没有扫到"},
		{"110105\x1b[2J19491231002X", 0, "␛"},
		{"11010519491231002X\r11010519491231002X\r", 0, "␍"},
		{"110105\x7f", 0, "␡"},
		{"1101\0"
		 "05",
			7, "␀"},
		{"\xff\xfe\x31", 0, "不是文字"},
		{"110105194912\xe2\x80\xae"
		 "31002X",
			0, "看不见"},
		{"110105194912\xc2\x9b"
		 "31002X",
			0, "看不见"},
		{"6901234567892", 0, "不认识"},
		{"110105194912310021", 0, "校验码不对"},
		{"https://example.org/t/short", 0, "不认识的字符"},
		{"ftp://example.org/t/" TOKEN, 0, "不认识的字符"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct scan scan;
		size_t size = rows[i].size != 0 ? rows[i].size : strlen(rows[i].bytes);
		assert_false(scan_read(rows[i].bytes, size, today, &scan));
		if (strstr(scan.fault, rows[i].says) == NULL)
			fail_msg("row %zu: %s", i, scan.fault);
		assert_true(g_utf8_validate(scan.fault, -1, NULL));
		assert_false(scan.code.valid);
	}
}

static void the_applicants_page_gives_its_token(void **state)
{
	struct scan scan;
	static const char address[] = "]Q1https://hall.example.org/t/" TOKEN "\r";
	assert_true(scan_read(address, strlen(address), today, &scan));
	assert_string_equal(scan.token, TOKEN);
	assert_int_equal(scan.code.kind, CODE_KIND_UNKNOWN);
}

static void an_overlong_burst_is_refused(void **state)
{
	struct scan scan;
	g_autofree char *bytes = g_strnfill(SCAN_MOST + 1, '1');
	assert_false(scan_read(bytes, SCAN_MOST + 1, today, &scan));
	assert_non_null(strstr(scan.fault, "太长"));
	assert_false(scan_read(bytes, SCAN_MOST, today, &scan));
	assert_int_equal(strlen(scan.text), SCAN_MOST);
}

/* Any bytes at all: no crash (with SAN), and the text is always clean. */
static void random_bursts_do_no_harm(void **state)
{
	g_autoptr(GRand) random = g_rand_new_with_seed(20261121);
	for (int i = 0; i < 20000; i++) {
		guint8 bytes[80];
		size_t size = (size_t)g_rand_int_range(random, 0, sizeof bytes);
		for (size_t k = 0; k < size; k++)
			bytes[k] = (guint8)g_rand_int_range(random, 0, i % 2 == 0 ? 256 : 0x80);
		struct scan scan;
		bool known = scan_read(bytes, size, today, &scan);
		assert_int_equal(known, scan.fault[0] == '\0');
		assert_true(g_utf8_validate(scan.text, -1, NULL));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_burst_is_stripped_and_typed),
		cmocka_unit_test(what_is_no_code_is_refused_in_words),
		cmocka_unit_test(the_applicants_page_gives_its_token),
		cmocka_unit_test(an_overlong_burst_is_refused),
		cmocka_unit_test(random_bursts_do_no_harm),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
