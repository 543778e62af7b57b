#define _XOPEN_SOURCE 700
#include "base/text.h"

#include <string.h>

struct character_range {
	gunichar first;
	gunichar last;
};

/* Bidi controls, zero-width characters, variation selectors, tags: they change what the eye sees.
 */
static const struct character_range hidden[] = {{0x00AD, 0x00AD}, {0x034F, 0x034F},
	{0x061C, 0x061C}, {0x180E, 0x180E}, {0x200B, 0x200F}, {0x2028, 0x202E}, {0x2060, 0x206F},
	{0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE0FFF}};

static bool is_hidden(gunichar c)
{
	for (size_t i = 0; i < G_N_ELEMENTS(hidden); i++)
		if (c >= hidden[i].first && c <= hidden[i].last)
			return true;
	return false;
}

static bool is_allowed(gunichar c, bool keep_lines)
{
	if (c == '\n')
		return keep_lines;
	if (is_hidden(c))
		return false;
	switch (g_unichar_type(c)) {
	case G_UNICODE_CONTROL:
	case G_UNICODE_FORMAT:
	case G_UNICODE_PRIVATE_USE:
	case G_UNICODE_SURROGATE:
		return false;
	case G_UNICODE_UNASSIGNED:
		/* GLib's Unicode data is older than the newest ideograph blocks that names use. */
		return c >= 0x20000 && c <= 0x3FFFD;
	default:
		return true;
	}
}

/* The character at *p, advancing it; 0xFFFD for a bad byte. */
static gunichar next_char(const char **p)
{
	gunichar c = g_utf8_get_char_validated(*p, -1);
	if (c == (gunichar)-1 || c == (gunichar)-2) {
		(*p)++;
		return 0xFFFD;
	}
	*p = g_utf8_next_char(*p);
	return c;
}

char *text_clean(const char *text, bool keep_lines)
{
	GString *clean = g_string_new(NULL);
	for (const char *p = text == NULL ? "" : text; *p != '\0';) {
		gunichar c = next_char(&p);
		g_string_append_unichar(clean, is_allowed(c, keep_lines) ? c : 0xFFFD);
	}
	return g_string_free(clean, FALSE);
}

bool text_is_clean(const char *text, bool keep_lines)
{
	if (!g_utf8_validate(text, -1, NULL))
		return false;
	for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p))
		if (!is_allowed(g_utf8_get_char(p), keep_lines))
			return false;
	return true;
}

int text_char_width(gunichar c)
{
	if (g_unichar_iszerowidth(c))
		return 0;
	return g_unichar_iswide(c) ? 2 : 1;
}

int text_width(const char *text)
{
	int cells = 0;
	for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p))
		cells += text_char_width(g_utf8_get_char(p));
	return cells;
}

size_t text_fit(const char *text, int cells)
{
	const char *p = text;
	for (; *p != '\0'; p = g_utf8_next_char(p)) {
		int width = text_char_width(g_utf8_get_char(p));
		if (width > cells)
			break;
		cells -= width;
	}
	return (size_t)(p - text);
}

char *text_pad(const char *text, int cells)
{
	if (cells <= 0)
		return g_strdup("");
	GString *out = g_string_new(NULL);
	if (text_width(text) <= cells) {
		g_string_append(out, text);
	} else {
		g_string_append_len(out, text, (gssize)text_fit(text, cells - 1));
		g_string_append_c(out, '~');
	}
	for (int i = text_width(out->str); i < cells; i++)
		g_string_append_c(out, ' ');
	return g_string_free(out, FALSE);
}

static void wrap_line(GPtrArray *lines, const char *line, size_t length, int cells)
{
	g_autofree char *rest = g_strndup(line, length);
	const char *p = rest;
	do {
		size_t fit = text_fit(p, cells);
		if (fit == 0 && *p != '\0')
			fit = (size_t)(g_utf8_next_char(p) - p);
		g_ptr_array_add(lines, g_strndup(p, fit));
		p += fit;
	} while (*p != '\0');
}

GPtrArray *text_wrap(const char *text, int cells)
{
	GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
	const char *p = text;
	for (;;) {
		const char *end = strchr(p, '\n');
		wrap_line(lines, p, end == NULL ? strlen(p) : (size_t)(end - p), MAX(cells, 1));
		if (end == NULL)
			return lines;
		p = end + 1;
	}
}

char *text_mask_number(const char *number)
{
	if (number == NULL)
		return g_strdup("");
	glong length = g_utf8_strlen(number, -1);
	glong head = length > 8 ? 3 : 1;
	glong tail = length > 8 ? 4 : (length > 2 ? 1 : 0);
	GString *out = g_string_new(NULL);
	const char *p = number;
	for (glong i = 0; i < length; i++, p = g_utf8_next_char(p))
		g_string_append_unichar(
			out, i < head || i >= length - tail ? g_utf8_get_char(p) : '*');
	return g_string_free(out, FALSE);
}

char *text_mask_name(const char *name)
{
	if (name == NULL || *name == '\0')
		return g_strdup("");
	GString *out = g_string_new_len(name, g_utf8_next_char(name) - name);
	for (glong i = 1; i < g_utf8_strlen(name, -1); i++)
		g_string_append_c(out, '*');
	return g_string_free(out, FALSE);
}
