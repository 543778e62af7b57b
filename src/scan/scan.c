#include "scan/scan.h"

#include <string.h>
#include <glib.h>
#include "core/number.h"

static bool refuse(struct scan *scan, const char *sentence)
{
	g_strlcpy(scan->fault, sentence, sizeof scan->fault);
	return false;
}

/* A view into the burst. */
struct span {
	const char *text;
	size_t length;
};

static void drop_front(struct span *span, size_t count)
{
	span->text += count;
	span->length -= count;
}

static void trim(struct span *span)
{
	static const char front[] = "\x02 \t\r\n", back[] = "\x03\x04 \t\r\n";
	while (span->length > 0 && *span->text != '\0' && strchr(front, *span->text) != NULL)
		drop_front(span, 1);
	if (span->length >= 3 && memcmp(span->text, "\xEF\xBB\xBF", 3) == 0)
		drop_front(span, 3);
	while (span->length > 0 && span->text[span->length - 1] != '\0' &&
		strchr(back, span->text[span->length - 1]) != NULL)
		span->length--;
}

static void take_symbology(struct span *span, struct scan *scan)
{
	if (span->length < 3 || span->text[0] != ']' || !g_ascii_isalpha(span->text[1]) ||
		!g_ascii_isalnum(span->text[2]))
		return;
	scan->symbology[0] = span->text[1];
	scan->symbology[1] = span->text[2];
	drop_front(span, 3);
}

/* The picture of a control character (U+2400 …), so that the clerk sees what came. */
static bool refuse_control(struct scan *scan, unsigned char byte)
{
	char picture[8] = {0};
	g_unichar_to_utf8(byte == 0x7F ? 0x2421 : 0x2400 + byte, picture);
	char sentence[160];
	g_snprintf(sentence, sizeof sentence,
		"扫描内容里有控制字符 %s，没有使用，请检查扫描枪设置后重扫", picture);
	return refuse(scan, sentence);
}

static bool check_bytes(const struct span *span, struct scan *scan)
{
	if (span->length == 0)
		return refuse(scan, "没有扫到内容，请重新扫描，或手工输入编号");
	if (span->length > SCAN_MOST)
		return refuse(scan, "扫描内容太长，不是本系统的条码，请核对是否扫错");
	for (size_t i = 0; i < span->length; i++) {
		unsigned char byte = (unsigned char)span->text[i];
		if (byte < 0x20 || byte == 0x7F)
			return refuse_control(scan, byte);
	}
	if (!g_utf8_validate_len(span->text, span->length, NULL))
		return refuse(scan, "扫描内容不是文字，请检查扫描枪的编码设置后重扫");
	return true;
}

/* C1 controls, bidi and zero-width characters have no place in a code either. */
static bool is_hidden(gunichar c)
{
	return (c >= 0x80 && c < 0xA0) || c == 0xFEFF || g_unichar_type(c) == G_UNICODE_FORMAT ||
	       g_unichar_type(c) == G_UNICODE_PRIVATE_USE ||
	       g_unichar_type(c) == G_UNICODE_LINE_SEPARATOR ||
	       g_unichar_type(c) == G_UNICODE_PARAGRAPH_SEPARATOR;
}

/* Half width never takes more bytes than full width. */
static bool copy_text(const struct span *span, struct scan *scan)
{
	char *out = scan->text;
	for (const char *p = span->text; p < span->text + span->length; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		if (is_hidden(c)) {
			scan->text[0] = '\0';
			return refuse(scan, "扫描内容里有看不见的字符，没有使用，请重新扫描");
		}
		c = c == 0x3000 ? ' ' : c >= 0xFF01 && c <= 0xFF5E ? c - 0xFEE0 : c;
		out += g_unichar_to_utf8(c, out);
	}
	*out = '\0';
	return true;
}

/* …/t/TOKEN of the receipt's second code. */
static bool take_token(struct scan *scan)
{
	const char *slash = strrchr(scan->text, '/');
	bool address =
		g_str_has_prefix(scan->text, "https://") || g_str_has_prefix(scan->text, "http://");
	if (!address || slash == NULL || slash - scan->text < 2 ||
		strncmp(slash - 2, "/t/", 3) != 0 || !token_is_valid(slash + 1))
		return false;
	g_strlcpy(scan->token, slash + 1, sizeof scan->token);
	return true;
}

bool scan_read(const void *bytes, size_t size, struct civil_date today, struct scan *ret_scan)
{
	struct span span = {bytes, size};
	struct scan scan = {.code = {.kind = CODE_KIND_UNKNOWN}};
	bool known = false;
	trim(&span);
	take_symbology(&span, &scan);
	if (check_bytes(&span, &scan) && copy_text(&span, &scan)) {
		known = take_token(&scan) || code_check_on(scan.text, today, &scan.code);
		if (!known)
			g_strlcpy(scan.fault, scan.code.reason, sizeof scan.fault);
	}
	*ret_scan = scan;
	return known;
}
