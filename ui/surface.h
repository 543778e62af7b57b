/*
 * A grid of display cells that screens draw on: what a terminal shows, without a terminal. A double
 * width character takes its cell and an empty one behind it; writing half over one blanks the
 * other. Everything drawn is clipped to the surface and cleaned.
 */
#ifndef UI_SURFACE_H
#define UI_SURFACE_H

#include <stdbool.h>
#include <stdint.h>
#include <glib.h>

#include "base/autoptr.h"

enum style {
#define STYLE(name, foreground, background, attributes) STYLE_##name,
#include "style.def"
#undef STYLE
	STYLE_COUNT,
};

enum style_attribute {
	STYLE_BOLD = 1,
	STYLE_DIM_ATTRIBUTE = 2,
	STYLE_UNDERLINE = 4,
	STYLE_REVERSE_MONO = 8, /* reverse video where there is no colour */
};

struct cell {
	gunichar text;	   /* 0: the right half of the character before */
	gunichar marks[2]; /* combining marks, 0 none */
	enum style style;
};

struct surface {
	int rows;
	int columns;
	int cursor_row; /* -1: no cursor */
	int cursor_column;
	struct cell *cells;
};

/* An area of a surface; drawing is relative to it and clipped by it. */
struct area {
	struct surface *surface;
	int row;
	int column;
	int rows;
	int columns;
};

/* A surface of spaces; resizing empties it. */
struct surface *surface_new(int rows, int columns);
void surface_free(struct surface *surface);
AUTOPTR(surface, surface_free)
void surface_resize(struct surface *surface, int rows, int columns);

/* All cells become spaces of the style, no cursor. */
void surface_erase(struct surface *surface, enum style style);

/* The whole surface as an area. */
struct area surface_area(struct surface *surface);

/* A part of an area; clipped to it. Negative rows or columns count from its far edge. */
struct area area_part(struct area area, int row, int column, int rows, int columns);

/* Draws text from (row, column) on one line, cut at the area's edge. Returns the cells it took. */
int area_text(struct area area, int row, int column, enum style style, const char *text);
int area_format(struct area area, int row, int column, enum style style, const char *fmt, ...)
	G_GNUC_PRINTF(5, 6);

/* The same in exactly `cells` cells: padded, or cut with ~. */
void area_cell(
	struct area area, int row, int column, int cells, enum style style, const char *text);

/* Right-aligned so that it ends at the area's right edge. Returns its first column. */
int area_right(struct area area, int row, enum style style, const char *text);

/* Wrapped over lines from row on; returns the lines it took (drawn or not). */
int area_wrapped(
	struct area area, int row, int column, int cells, enum style style, const char *text);

/* One line of a character (plain ASCII frames, SCREENS rule 9). */
void area_rule(struct area area, int row, enum style style, char character);

/* Gives a whole line of the area a style, keeping its text. */
void area_restyle(struct area area, int row, enum style style);

/* Marks a line as the selected one: its style and `>` in its first cell. */
void area_select(struct area area, int row);

/* Where the terminal's cursor stands. */
void area_cursor(struct area area, int row, int column);

/* The surface as text, a line a row, trailing spaces cut (for tests). g_free. */
char *surface_dump(const struct surface *surface);

#endif
