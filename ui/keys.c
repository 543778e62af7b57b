#include "keys.h"

#include <string.h>

#include "base/text.h"

#define SCAN_LEAST 6	 /* characters of the shortest barcode we print */
#define PASTE_MOST 65536 /* longer pastes are cut: no field takes more */
#define PASTE_BEGIN "\033[200~"
#define PASTE_END "\033[201~"

struct key_decoder {
	GString *bytes;
	int64_t last_ms;
	int escape_ms;
	int burst_ms;
};

struct sequence {
	const char *bytes;
	enum key key;
};

/* Longest first where one begins another. xterm, linux console, rxvt, tmux; Esc-then-key twins
 * last. */
static const struct sequence sequences[] = {
	{"\033[1;5A", KEY_CTRL_UP_},
	{"\033[1;5B", KEY_CTRL_DOWN_},
	{"\033[1;5C", KEY_CTRL_RIGHT_},
	{"\033[1;5D", KEY_CTRL_LEFT_},
	{"\033[5C", KEY_CTRL_RIGHT_},
	{"\033[5D", KEY_CTRL_LEFT_},
	{"\033Oc", KEY_CTRL_RIGHT_},
	{"\033Od", KEY_CTRL_LEFT_},
	{"\033[A", KEY_UP_},
	{"\033[B", KEY_DOWN_},
	{"\033[C", KEY_RIGHT_},
	{"\033[D", KEY_LEFT_},
	{"\033OA", KEY_UP_},
	{"\033OB", KEY_DOWN_},
	{"\033OC", KEY_RIGHT_},
	{"\033OD", KEY_LEFT_},
	{"\033[H", KEY_HOME_},
	{"\033[F", KEY_END_},
	{"\033OH", KEY_HOME_},
	{"\033OF", KEY_END_},
	{"\033[1~", KEY_HOME_},
	{"\033[7~", KEY_HOME_},
	{"\033[4~", KEY_END_},
	{"\033[8~", KEY_END_},
	{"\033[2~", KEY_INSERT_},
	{"\033[3~", KEY_DELETE_},
	{"\033[5~", KEY_PAGE_UP_},
	{"\033[6~", KEY_PAGE_DOWN_},
	{"\033[Z", KEY_BACKTAB_},
	{"\033OP", KEY_F(1)},
	{"\033OQ", KEY_F(2)},
	{"\033OR", KEY_F(3)},
	{"\033OS", KEY_F(4)},
	{"\033[11~", KEY_F(1)},
	{"\033[12~", KEY_F(2)},
	{"\033[13~", KEY_F(3)},
	{"\033[14~", KEY_F(4)},
	{"\033[[A", KEY_F(1)},
	{"\033[[B", KEY_F(2)},
	{"\033[[C", KEY_F(3)},
	{"\033[[D", KEY_F(4)},
	{"\033[[E", KEY_F(5)},
	{"\033[15~", KEY_F(5)},
	{"\033[17~", KEY_F(6)},
	{"\033[18~", KEY_F(7)},
	{"\033[19~", KEY_F(8)},
	{"\033[20~", KEY_F(9)},
	{"\033[21~", KEY_F(10)},
	{"\033[23~", KEY_F(11)},
	{"\033[24~", KEY_F(12)},
	{"\0331", KEY_F(1)},
	{"\0332", KEY_F(2)},
	{"\0333", KEY_F(3)},
	{"\0334", KEY_F(4)},
	{"\0335", KEY_F(5)},
	{"\0336", KEY_F(6)},
	{"\0337", KEY_F(7)},
	{"\0338", KEY_F(8)},
	{"\0339", KEY_F(9)},
	{"\0330", KEY_F(10)},
	{"\033-", KEY_F(11)},
	{"\033=", KEY_F(12)},
	{"\033n", KEY_CTRL_RIGHT_},
	{"\033p", KEY_CTRL_LEFT_},
	{"\033\t", KEY_BACKTAB_},
	{"\033u", KEY_CTRL_UP_},
	{"\033d", KEY_CTRL_DOWN_},
	{"\033z", KEY_CTRL('Z')},
};

void key_event_clear(struct key_event *event)
{
	g_free(event->text);
	*event = (struct key_event){KEY_NONE_, NULL};
}

struct key_decoder *key_decoder_new(void)
{
	struct key_decoder *decoder = g_new0(struct key_decoder, 1);
	decoder->bytes = g_string_new(NULL);
	key_decoder_timing(decoder, 25, 20);
	return decoder;
}

void key_decoder_free(struct key_decoder *decoder)
{
	if (decoder == NULL)
		return;
	g_string_free(decoder->bytes, TRUE);
	g_free(decoder);
}

void key_decoder_timing(struct key_decoder *decoder, int escape_ms, int burst_ms)
{
	decoder->escape_ms = escape_ms;
	decoder->burst_ms = burst_ms;
}

void key_decoder_feed(struct key_decoder *decoder, const char *bytes, size_t size, int64_t time_ms)
{
	g_string_append_len(decoder->bytes, bytes, (gssize)size);
	decoder->last_ms = time_ms;
}

static void consume(struct key_decoder *decoder, size_t size)
{
	g_string_erase(decoder->bytes, 0, (gssize)size);
}

static bool give(struct key_decoder *decoder, size_t size, enum key key, char *text,
	struct key_event *ret_event)
{
	consume(decoder, size);
	*ret_event = (struct key_event){key, text};
	return true;
}

/* Printable ASCII at the beginning of the buffer. */
static size_t printable_run(const GString *bytes)
{
	size_t run = 0;
	while (run < bytes->len && bytes->str[run] > ' ' && bytes->str[run] < 0x7F)
		run++;
	return run;
}

/* A burst: many printable characters at once, ended by Enter. */
static bool take_scan(struct key_decoder *decoder, struct key_event *ret_event)
{
	size_t run = printable_run(decoder->bytes);
	if (run < SCAN_LEAST || run >= decoder->bytes->len)
		return false;
	char end = decoder->bytes->str[run];
	if (end != '\r' && end != '\n')
		return false;
	return give(decoder, run + 1, KEY_SCAN_, g_strndup(decoder->bytes->str, run), ret_event);
}

/* While more of a burst may follow, its characters are kept back. */
static bool is_burst_open(const struct key_decoder *decoder, int64_t time_ms)
{
	size_t run = printable_run(decoder->bytes);
	return decoder->burst_ms > 0 && run >= 2 && run == decoder->bytes->len &&
	       time_ms - decoder->last_ms < decoder->burst_ms;
}

static bool take_paste(struct key_decoder *decoder, struct key_event *ret_event)
{
	const char *begin = decoder->bytes->str + strlen(PASTE_BEGIN);
	const char *end = strstr(begin, PASTE_END);
	if (end == NULL) {
		if (decoder->bytes->len < 2 * PASTE_MOST)
			return false;
		end = begin + PASTE_MOST;
	}
	g_autofree char *raw = g_strndup(begin, MIN((size_t)(end - begin), PASTE_MOST));
	size_t size = (size_t)(end - decoder->bytes->str);
	if (g_str_has_prefix(end, PASTE_END))
		size += strlen(PASTE_END);
	g_strdelimit(raw, "\r\n\t", ' ');
	return give(decoder, size, KEY_PASTE_, text_clean(raw, false), ret_event);
}

/* An unknown sequence is swallowed whole, so that its tail never becomes text. */
static size_t unknown_sequence(const GString *bytes)
{
	if (bytes->len < 2)
		return 1;
	if (bytes->str[1] != '[' && bytes->str[1] != 'O')
		return 1;
	size_t i = 2;
	while (i < bytes->len && i < 32 && (bytes->str[i] < '@' || bytes->str[i] > '~'))
		i++;
	return MIN(i + 1, bytes->len);
}

static bool is_prefix_of_sequence(const GString *bytes)
{
	if (bytes->len < strlen(PASTE_BEGIN) && g_str_has_prefix(PASTE_BEGIN, bytes->str))
		return true;
	for (size_t i = 0; i < G_N_ELEMENTS(sequences); i++)
		if (bytes->len < strlen(sequences[i].bytes) &&
			g_str_has_prefix(sequences[i].bytes, bytes->str))
			return true;
	return false;
}

static bool take_escape(struct key_decoder *decoder, int64_t time_ms, struct key_event *ret_event)
{
	if (g_str_has_prefix(decoder->bytes->str, PASTE_BEGIN))
		return take_paste(decoder, ret_event);
	for (size_t i = 0; i < G_N_ELEMENTS(sequences); i++)
		if (g_str_has_prefix(decoder->bytes->str, sequences[i].bytes))
			return give(decoder, strlen(sequences[i].bytes), sequences[i].key, NULL,
				ret_event);
	bool waited = time_ms - decoder->last_ms >= decoder->escape_ms;
	if (is_prefix_of_sequence(decoder->bytes) && !waited)
		return false;
	size_t size = unknown_sequence(decoder->bytes);
	return give(decoder, size, size == 1 ? KEY_ESCAPE_ : KEY_NONE_, NULL, ret_event);
}

static bool take_control(struct key_decoder *decoder, struct key_event *ret_event)
{
	unsigned char c = (unsigned char)decoder->bytes->str[0];
	enum key key = KEY_NONE_;
	if (c == '\r' || c == '\n')
		key = KEY_ENTER_;
	else if (c == '\t')
		key = KEY_TAB_;
	else if (c == 0x7F || c == '\b')
		key = KEY_BACKSPACE_;
	else if (c >= 1 && c <= 26)
		key = KEY_CTRL('A' + c - 1);
	return give(decoder, 1, key, NULL, ret_event);
}

static bool take_character(
	struct key_decoder *decoder, int64_t time_ms, struct key_event *ret_event)
{
	gunichar c = g_utf8_get_char_validated(decoder->bytes->str, (gssize)decoder->bytes->len);
	if (c == (gunichar)-2 && time_ms - decoder->last_ms < decoder->escape_ms)
		return false;
	size_t size = 1;
	if (c != (gunichar)-1 && c != (gunichar)-2)
		size = (size_t)(g_utf8_next_char(decoder->bytes->str) - decoder->bytes->str);
	g_autofree char *raw = g_strndup(decoder->bytes->str, size);
	return give(decoder, size, KEY_TEXT_, text_clean(raw, false), ret_event);
}

bool key_decoder_next(struct key_decoder *decoder, int64_t time_ms, struct key_event *ret_event)
{
	if (decoder->bytes->len == 0)
		return false;
	unsigned char c = (unsigned char)decoder->bytes->str[0];
	if (c == 0x1B)
		return take_escape(decoder, time_ms, ret_event);
	if (c < ' ' || c == 0x7F)
		return take_control(decoder, ret_event);
	if (take_scan(decoder, ret_event))
		return true;
	if (is_burst_open(decoder, time_ms))
		return false;
	return take_character(decoder, time_ms, ret_event);
}

int key_decoder_wait_ms(const struct key_decoder *decoder, int64_t time_ms)
{
	if (decoder->bytes->len == 0)
		return -1;
	bool escape = decoder->bytes->str[0] == 0x1B;
	int64_t left =
		decoder->last_ms + (escape ? decoder->escape_ms : decoder->burst_ms) - time_ms;
	return (int)CLAMP(left, 1, 1000);
}

const char *key_name(enum key key)
{
	static const char *const f_names[] = {
		"F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "F10", "F11", "F12"};
	static const char *const names[KEY_COUNT_] = {[KEY_ENTER_] = "回车",
		[KEY_ESCAPE_] = "Esc",
		[KEY_TAB_] = "Tab",
		[KEY_BACKTAB_] = "Shift+Tab",
		[KEY_BACKSPACE_] = "退格",
		[KEY_DELETE_] = "Del",
		[KEY_INSERT_] = "Ins",
		[KEY_UP_] = "上",
		[KEY_DOWN_] = "下",
		[KEY_LEFT_] = "左",
		[KEY_RIGHT_] = "右",
		[KEY_HOME_] = "Home",
		[KEY_END_] = "End",
		[KEY_PAGE_UP_] = "PgUp",
		[KEY_PAGE_DOWN_] = "PgDn",
		[KEY_CTRL_LEFT_] = "Ctrl+左",
		[KEY_CTRL_RIGHT_] = "Ctrl+右",
		[KEY_CTRL_UP_] = "Ctrl+上",
		[KEY_CTRL_DOWN_] = "Ctrl+下"};
	static const char *const ctrl_names[] = {"Ctrl+A", "Ctrl+B", "Ctrl+C", "Ctrl+D", "Ctrl+E",
		"Ctrl+F", "Ctrl+G", "Ctrl+H", "Ctrl+I", "Ctrl+J", "Ctrl+K", "Ctrl+L", "Ctrl+M",
		"Ctrl+N", "Ctrl+O", "Ctrl+P", "Ctrl+Q", "Ctrl+R", "Ctrl+S", "Ctrl+T", "Ctrl+U",
		"Ctrl+V", "Ctrl+W", "Ctrl+X", "Ctrl+Y", "Ctrl+Z"};
	if (key >= KEY_F1_ && key <= KEY_F12_)
		return f_names[key - KEY_F1_];
	if (key >= KEY_CTRL_A_ && key <= KEY_CTRL_Z_)
		return ctrl_names[key - KEY_CTRL_A_];
	return names[key] == NULL ? "" : names[key];
}
