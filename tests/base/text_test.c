#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/digest.h"
#include "base/err.h"
#include "base/json.h"
#include "base/text.h"

struct clean_row {
	const char *from;
	const char *to;
};

static const struct clean_row clean_rows[] = {
	{"开便利店（个体户）", "开便利店（个体户）"},
	{"a\033[2J", "a\357\277\275[2J"},
	{"a\r\n\t\bb", "a\357\277\275\357\277\275\357\277\275\357\277\275b"},
	{"\302\233x", "\357\277\275x"},
	{"\342\200\256x", "\357\277\275x"},
	{"\342\200\213x", "\357\277\275x"},
	{"\357\273\277x", "\357\277\275x"},
	{"\363\240\201\201x", "\357\277\275x"},
	{"\377\376", "\357\277\275\357\277\275"},
	{"䶮㛃㑇𬭎𫖯𬴃𬱖𠮷", "䶮㛃㑇𬭎𫖯𬴃𬱖𠮷"},
};

static void test_clean_shows_what_would_be_obeyed(void **state)
{
	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(clean_rows); i++) {
		g_autofree char *clean = text_clean(clean_rows[i].from, false);
		assert_string_equal(clean, clean_rows[i].to);
		assert_true(text_is_clean(clean, false));
	}
	g_autofree char *nothing = text_clean(NULL, false);
	assert_string_equal(nothing, "");
}

static void test_width_counts_cells(void **state)
{
	(void)state;
	assert_int_equal(text_width("办件A"), 5);
	assert_int_equal(text_width("e\314\201"), 1);
	assert_int_equal(text_width("𠮷"), 2);
	g_autofree char *padded = text_pad("一二三", 5);
	assert_string_equal(padded, "一二~");
	g_autofree char *odd = text_pad("一二三", 4);
	assert_string_equal(odd, "一~ ");
	g_autoptr(GPtrArray) lines = text_wrap("一二三\n四", 4);
	assert_int_equal(lines->len, 3);
	assert_string_equal(lines->pdata[0], "一二");
	assert_string_equal(lines->pdata[2], "四");
}

static void test_masks_keep_the_ends(void **state)
{
	(void)state;
	g_autofree char *identity = text_mask_number("11010519491231002X");
	assert_string_equal(identity, "110***********002X");
	g_autofree char *phone = text_mask_number("13800005678");
	assert_string_equal(phone, "138****5678");
	g_autofree char *name = text_mask_name("演示一");
	assert_string_equal(name, "演**");
}

/* GB/T 32905-2016, annex A. */
static void test_sm3_gives_the_standards_vectors(void **state)
{
	(void)state;
	struct digest abc = digest_of("abc", 3), back;
	g_autofree char *text = digest_dup_text(&abc);
	assert_string_equal(
		text, "sm3:66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
	assert_true(digest_from_text(text, &back));
	assert_true(digest_equal(&abc, &back));
	assert_false(digest_from_text("sm3:66C7", &back));
	struct digest_part parts[] = {{"a", 1}, {"bc", 2}};
	struct digest joined = digest_of_parts(parts, 2);
	assert_true(digest_equal(&abc, &joined));
}

static void test_every_error_is_a_sentence_with_a_next_step(void **state)
{
	(void)state;
	for (int code = 0; code < ERR_CODE_COUNT; code++) {
		GError *error = NULL;
		assert_false(err_set(&error, (enum err_code)code, NULL));
		assert_true(g_str_has_suffix(error->message, "。"));
		assert_non_null(strstr(error->message, err_next((enum err_code)code)));
		assert_int_equal(err_from_name(err_name((enum err_code)code)), code);
		assert_in_range(err_http_status((enum err_code)code), 400, 599);
		assert_int_equal(err_exit_code(error), code == ERR_CODE_USAGE ? 2 : 1);
		g_clear_error(&error);
	}
	assert_int_equal(err_from_name("no-such-code"), ERR_CODE_COUNT);
}

static const char *const hostile[] = {"", "{", "{\"a\":1,\"a\":2}", "[1,]", "\"\\u0000\"", "nul",
	"{\"a\":1} x",
	"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]"
	"]]]]]]]]]]]]]]]]]]]]]]]]]"
	"]]]]]]]]]]]]]]]]]]]"};

static void test_json_refuses_what_is_not_json(void **state)
{
	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(hostile); i++) {
		GError *error = NULL;
		assert_null(json_read(hostile[i], strlen(hostile[i]), "试件", &error));
		assert_true(err_is(error, ERR_CODE_JSON));
		assert_non_null(strstr(error->message, "试件"));
		g_clear_error(&error);
	}
	GError *error = NULL;
	assert_null(json_read_file("/nonexistent/file.json", &error));
	assert_true(err_is(error, ERR_CODE_IO));
	g_clear_error(&error);
}

static void test_frozen_bytes_are_sorted_and_tight(void **state)
{
	(void)state;
	const char *text = "{ \"b\": [1, true, null], \"a\": \"一\" }";
	g_autoptr(json_t) value = json_read(text, strlen(text), "试件", NULL);
	g_autofree char *frozen = json_frozen(value, NULL);
	assert_string_equal(frozen, "{\"a\":\"一\",\"b\":[1,true,null]}");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_clean_shows_what_would_be_obeyed),
		cmocka_unit_test(test_width_counts_cells),
		cmocka_unit_test(test_masks_keep_the_ends),
		cmocka_unit_test(test_sm3_gives_the_standards_vectors),
		cmocka_unit_test(test_every_error_is_a_sentence_with_a_next_step),
		cmocka_unit_test(test_json_refuses_what_is_not_json),
		cmocka_unit_test(test_frozen_bytes_are_sorted_and_tight),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
