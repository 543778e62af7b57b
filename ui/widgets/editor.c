#include "widgets/editor.h"

#include <string.h>

#include "base/text.h"

void editor_init(struct editor *editor, const char *text, glong most)
{
	*editor = (struct editor){.text = g_string_new(NULL), .most = most};
	editor_set(editor, text);
}

void editor_clear(struct editor *editor)
{
	if (editor->text != NULL)
		g_string_free(editor->text, TRUE);
	editor->text = NULL;
}

void editor_set(struct editor *editor, const char *text)
{
	g_string_assign(editor->text, text == NULL ? "" : text);
	editor->cursor = editor->text->len;
}

static bool is_mark(const char *p)
{
	return *p != '\0' && text_char_width(g_utf8_get_char(p)) == 0;
}

static gsize after(const struct editor *editor)
{
	const char *p = editor->text->str + editor->cursor;
	if (*p == '\0')
		return editor->cursor;
	do
		p = g_utf8_next_char(p);
	while (is_mark(p));
	return (gsize)(p - editor->text->str);
}

static gsize before(const struct editor *editor)
{
	const char *start = editor->text->str, *p = start + editor->cursor;
	if (p == start)
		return 0;
	do
		p = g_utf8_prev_char(p);
	while (p > start && is_mark(p));
	return (gsize)(p - start);
}

static bool move(struct editor *editor, gsize to)
{
	bool moved = to != editor->cursor;
	editor->cursor = to;
	return moved;
}

static bool erase(struct editor *editor, gsize from, gsize to)
{
	if (from == to)
		return false;
	g_string_erase(editor->text, (gssize)from, (gssize)(to - from));
	editor->cursor = from;
	return true;
}

bool editor_action(struct editor *editor, enum action action)
{
	switch (action) {
	case ACTION_LEFT:
		return move(editor, before(editor));
	case ACTION_RIGHT:
		return move(editor, after(editor));
	case ACTION_FIRST:
		return move(editor, 0);
	case ACTION_LAST:
		return move(editor, editor->text->len);
	case ACTION_ERASE:
		return erase(editor, before(editor), editor->cursor);
	case ACTION_DELETE:
		return erase(editor, editor->cursor, after(editor));
	case ACTION_CLEAR:
		return erase(editor, 0, editor->text->len);
	default:
		return false;
	}
}

bool editor_insert(struct editor *editor, const char *text)
{
	g_autofree char *clean = text_clean(text, false);
	glong room = editor->most - g_utf8_strlen(editor->text->str, -1);
	if (room <= 0 || *clean == '\0')
		return false;
	gsize size = strlen(clean);
	if (g_utf8_strlen(clean, -1) > room)
		size = (gsize)(g_utf8_offset_to_pointer(clean, room) - clean);
	g_string_insert_len(editor->text, (gssize)editor->cursor, clean, (gssize)size);
	editor->cursor += size;
	return true;
}

static char *shown_text(const struct editor *editor, gsize *ret_cursor)
{
	*ret_cursor = editor->cursor;
	if (!editor->secret)
		return g_strdup(editor->text->str);
	*ret_cursor = (gsize)g_utf8_pointer_to_offset(
		editor->text->str, editor->text->str + editor->cursor);
	return g_strnfill((gsize)g_utf8_strlen(editor->text->str, -1), '*');
}

void editor_render(
	const struct editor *editor, struct area area, int row, int column, int cells, bool focused)
{
	gsize cursor;
	g_autofree char *text = shown_text(editor, &cursor);
	g_autofree char *head = g_strndup(text, cursor);
	const char *start = text;
	int ahead = text_width(head);
	while (focused && ahead >= cells) {
		ahead -= text_char_width(g_utf8_get_char(start));
		start = g_utf8_next_char(start);
	}
	g_autofree char *shown = g_strndup(start, text_fit(start, cells));
	area_cell(area, row, column, cells, STYLE_INPUT, shown);
	if (focused)
		area_cursor(area, row, column + ahead);
}
