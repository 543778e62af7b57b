/* What json_read takes from people's files, and in which words it refuses the rest. */
#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/err.h"
#include "base/json.h"

struct row {
	const char *bytes;
	size_t size;
	const char *words; /* NULL: it is read */
};
#define ROW(text, words)                                                                           \
	{                                                                                          \
		text, sizeof(text) - 1, words                                                      \
	}

static void file_is_read_or_refused_in_words(void **state)
{
	static const struct row rows[] = {
		ROW("{\"a\":1}", NULL),
		ROW("\xef\xbb\xbf{\"a\":1}", NULL),
		ROW("\xff\xfe{\0\"\0", "UTF-16"),
		ROW("\xfe\xff\0{\0\"", "UTF-16"),
		ROW("PK\x03\x04\x14", "Excel"),
		ROW("{\n\"name\":\"\xb4\xf3\xcc\xfc\"}", "第 2 行起不是 UTF-8"),
		ROW("\xff\xfe", "UTF-16"),
		ROW("{\0}", "第 1 行"),
		ROW("", "第 1 行"),
		ROW("\xef\xbb\xbf", "第 1 行"),
		ROW("{\"a\":1,\"a\":2}", "duplicate"),
	};
	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;
		g_autoptr(json_t) value = json_read(rows[i].bytes, rows[i].size, "一份", &error);
		assert_int_equal(value == NULL, rows[i].words != NULL);
		if (value != NULL)
			continue;
		assert_true(err_is(error, ERR_CODE_JSON));
		assert_non_null(strstr(error->message, rows[i].words));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(file_is_read_or_refused_in_words),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
