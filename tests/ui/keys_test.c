#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "keys.h"

struct row {
	const char *name;
	const char *bytes;
	enum key key;
	const char *text;
};

/* One event each; what follows is checked to be nothing. */
static const struct row rows[] = {
	{"a letter", "a", KEY_TEXT_, "a"},
	{"a hanzi", "办", KEY_TEXT_, "办"},
	{"a rare hanzi", "𠮷", KEY_TEXT_, "𠮷"},
	{"enter", "\r", KEY_ENTER_, NULL},
	{"tab", "\t", KEY_TAB_, NULL},
	{"backspace as DEL", "\177", KEY_BACKSPACE_, NULL},
	{"xterm F1", "\033OP", KEY_F(1), NULL},
	{"linux F1", "\033[[A", KEY_F(1), NULL},
	{"vt F12", "\033[24~", KEY_F(12), NULL},
	{"twin of F2", "\0332", KEY_F(2), NULL},
	{"twin of F10", "\0330", KEY_F(10), NULL},
	{"ctrl right", "\033[1;5C", KEY_CTRL_RIGHT_, NULL},
	{"twin of ctrl right", "\033n", KEY_CTRL_RIGHT_, NULL},
	{"twin of ctrl up", "\033u", KEY_CTRL_UP_, NULL},
	{"twin of ctrl Z", "\033z", KEY_CTRL('Z'), NULL},
	{"shift tab", "\033[Z", KEY_BACKTAB_, NULL},
	{"a case number scanned", "0000-261120-3A0037-4\r", KEY_SCAN_, "0000-261120-3A0037-4"},
	{"a scan ended by line feed", "M123456\n", KEY_SCAN_, "M123456"},
	{"a paste", "\033[200~第一行\r第二\033[201~", KEY_PASTE_, "第一行 第二"},
	{"a paste with a command in it", "\033[200~\033OP\033[201~", KEY_PASTE_, "\357\277\275OP"},
	{"an unknown sequence is swallowed", "\033[99;99x", KEY_NONE_, NULL},
	{"a bad byte", "\377", KEY_TEXT_, "\357\277\275"},
};

static void test_one_event_a_row(void **state)
{
	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(key_decoder) decoder = key_decoder_new();
		struct key_event event = {0};
		key_decoder_feed(decoder, rows[i].bytes, strlen(rows[i].bytes), 1000);
		print_message("%s\n", rows[i].name);
		assert_true(key_decoder_next(decoder, 2000, &event));
		assert_int_equal(event.key, rows[i].key);
		assert_string_equal(event.text == NULL ? "" : event.text,
			rows[i].text == NULL ? "" : rows[i].text);
		key_event_clear(&event);
		assert_false(key_decoder_next(decoder, 2000, &event));
	}
}

/* However the bytes are cut, the events are the same. */
static void test_events_do_not_depend_on_how_bytes_arrive(void **state)
{
	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		if (rows[i].key == KEY_NONE_)
			continue;
		g_autoptr(key_decoder) decoder = key_decoder_new();
		struct key_event event = {0};
		bool got = false;
		for (size_t at = 0; at < strlen(rows[i].bytes) && !got; at++) {
			key_decoder_feed(decoder, rows[i].bytes + at, 1, 1000);
			got = key_decoder_next(decoder, 1001, &event);
		}
		if (!got)
			got = key_decoder_next(decoder, 2000, &event);
		print_message("%s\n", rows[i].name);
		assert_true(got);
		if (rows[i].key != KEY_SCAN_)
			assert_int_equal(event.key, rows[i].key);
		key_event_clear(&event);
	}
}

static void test_escape_alone_waits_for_its_time(void **state)
{
	(void)state;
	g_autoptr(key_decoder) decoder = key_decoder_new();
	struct key_event event = {0};
	key_decoder_feed(decoder, "\033", 1, 1000);
	assert_false(key_decoder_next(decoder, 1010, &event));
	assert_int_equal(key_decoder_wait_ms(decoder, 1010), 15);
	assert_true(key_decoder_next(decoder, 1025, &event));
	assert_int_equal(event.key, KEY_ESCAPE_);
	key_event_clear(&event);
}

static void test_slow_typing_is_never_a_scan(void **state)
{
	(void)state;
	g_autoptr(key_decoder) decoder = key_decoder_new();
	struct key_event event = {0};
	const char *typed = "password1\r";
	for (int i = 0; typed[i] != '\0'; i++) {
		key_decoder_feed(decoder, typed + i, 1, 1000 + i * 100);
		assert_true(key_decoder_next(decoder, 1000 + i * 100, &event));
		assert_int_not_equal(event.key, KEY_SCAN_);
		key_event_clear(&event);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_one_event_a_row),
		cmocka_unit_test(test_events_do_not_depend_on_how_bytes_arrive),
		cmocka_unit_test(test_escape_alone_waits_for_its_time),
		cmocka_unit_test(test_slow_typing_is_never_a_scan),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
