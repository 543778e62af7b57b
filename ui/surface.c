#include "surface.h"

#include <string.h>

#include "base/text.h"

struct surface *surface_new(int rows, int columns)
{
	struct surface *surface = g_new0(struct surface, 1);
	surface_resize(surface, rows, columns);
	return surface;
}

void surface_free(struct surface *surface)
{
	if (surface == NULL)
		return;
	g_free(surface->cells);
	g_free(surface);
}

void surface_resize(struct surface *surface, int rows, int columns)
{
	surface->rows = MAX(rows, 1);
	surface->columns = MAX(columns, 1);
	g_free(surface->cells);
	surface->cells = g_new0(struct cell, (gsize)surface->rows * (gsize)surface->columns);
	surface_erase(surface, STYLE_NORMAL);
}

void surface_erase(struct surface *surface, enum style style)
{
	for (int i = 0; i < surface->rows * surface->columns; i++)
		surface->cells[i] = (struct cell){.text = ' ', .style = style};
	surface->cursor_row = -1;
}

struct area surface_area(struct surface *surface)
{
	return (struct area){surface, 0, 0, surface->rows, surface->columns};
}

struct area area_part(struct area area, int row, int column, int rows, int columns)
{
	if (row < 0)
		row += area.rows;
	if (column < 0)
		column += area.columns;
	row = CLAMP(row, 0, area.rows);
	column = CLAMP(column, 0, area.columns);
	return (struct area){area.surface, area.row + row, area.column + column,
		CLAMP(rows, 0, area.rows - row), CLAMP(columns, 0, area.columns - column)};
}

static struct cell *cell_at(struct area area, int row, int column)
{
	return &area.surface
			->cells[(area.row + row) * area.surface->columns + area.column + column];
}

static void blank_half(struct area area, int row, int column)
{
	struct cell *cell = cell_at(area, row, column);
	int absolute = area.column + column;
	if (cell->text == 0 && absolute > 0)
		cell[-1].text = ' ';
	if (absolute + 1 < area.surface->columns && cell[1].text == 0 && cell->text != 0)
		cell[1].text = ' ';
}

static void put(struct area area, int row, int column, int width, enum style style, gunichar c)
{
	for (int i = 0; i < width; i++)
		blank_half(area, row, column + i);
	*cell_at(area, row, column) = (struct cell){.text = c, .style = style};
	if (width == 2)
		*cell_at(area, row, column + 1) = (struct cell){.text = 0, .style = style};
}

static void put_mark(struct area area, int row, int column, gunichar mark)
{
	if (column <= 0)
		return;
	struct cell *cell = cell_at(area, row, column - 1);
	if (cell->text == 0 && column > 1)
		cell--;
	if (cell->marks[0] == 0)
		cell->marks[0] = mark;
	else if (cell->marks[1] == 0)
		cell->marks[1] = mark;
}

int area_text(struct area area, int row, int column, enum style style, const char *text)
{
	if (row < 0 || row >= area.rows || column < 0 || text == NULL)
		return 0;
	g_autofree char *clean = text_is_clean(text, false) ? NULL : text_clean(text, false);
	int start = column;
	for (const char *p = clean == NULL ? text : clean; *p != '\0'; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		int width = text_char_width(c);
		if (column + width > area.columns)
			break;
		if (width == 0)
			put_mark(area, row, column, c);
		else
			put(area, row, column, width, style, c);
		column += width;
	}
	return column - start;
}

int area_format(struct area area, int row, int column, enum style style, const char *fmt, ...)
{
	va_list arguments;
	va_start(arguments, fmt);
	g_autofree char *text = g_strdup_vprintf(fmt, arguments);
	va_end(arguments);
	return area_text(area, row, column, style, text);
}

void area_cell(struct area area, int row, int column, int cells, enum style style, const char *text)
{
	g_autofree char *clean = text_clean(text, false);
	g_autofree char *padded = text_pad(clean, MIN(cells, area.columns - column));
	area_text(area, row, column, style, padded);
}

int area_right(struct area area, int row, enum style style, const char *text)
{
	g_autofree char *clean = text_clean(text, false);
	int column = MAX(0, area.columns - text_width(clean));
	area_text(area, row, column, style, clean);
	return column;
}

int area_wrapped(
	struct area area, int row, int column, int cells, enum style style, const char *text)
{
	g_autofree char *clean = text_clean(text, true);
	g_autoptr(GPtrArray) lines = text_wrap(clean, cells);
	for (guint i = 0; i < lines->len; i++)
		area_text(area, row + (int)i, column, style, lines->pdata[i]);
	return (int)lines->len;
}

void area_rule(struct area area, int row, enum style style, char character)
{
	if (row < 0 || row >= area.rows)
		return;
	for (int column = 0; column < area.columns; column++)
		put(area, row, column, 1, style, (gunichar)character);
}

void area_restyle(struct area area, int row, enum style style)
{
	if (row < 0 || row >= area.rows)
		return;
	for (int column = 0; column < area.columns; column++)
		cell_at(area, row, column)->style = style;
}

void area_select(struct area area, int row)
{
	area_restyle(area, row, STYLE_SELECTED);
	area_text(area, row, 0, STYLE_SELECTED, ">");
}

void area_cursor(struct area area, int row, int column)
{
	area.surface->cursor_row = area.row + CLAMP(row, 0, MAX(area.rows - 1, 0));
	area.surface->cursor_column = area.column + CLAMP(column, 0, MAX(area.columns - 1, 0));
}

static void dump_row(const struct surface *surface, int row, GString *out)
{
	gsize begin = out->len;
	for (int column = 0; column < surface->columns; column++) {
		const struct cell *cell = &surface->cells[row * surface->columns + column];
		if (cell->text == 0)
			continue;
		g_string_append_unichar(out, cell->text);
		for (int i = 0; i < 2 && cell->marks[i] != 0; i++)
			g_string_append_unichar(out, cell->marks[i]);
	}
	while (out->len > begin && out->str[out->len - 1] == ' ')
		g_string_truncate(out, out->len - 1);
	g_string_append_c(out, '\n');
}

char *surface_dump(const struct surface *surface)
{
	GString *out = g_string_new(NULL);
	for (int row = 0; row < surface->rows; row++)
		dump_row(surface, row, out);
	return g_string_free(out, FALSE);
}
