/* The process of a guide as a chart of characters: boxes, lines between, 或 between alternatives.
 */
#include <string.h>

#include "base/text.h"
#include "core/process_plan.h"
#include "desk/guide_document.h"
#include "desk/guide_text.h"

enum side {
	SIDE_UP = 1,
	SIDE_DOWN = 2,
	SIDE_LEFT = 4,
	SIDE_RIGHT = 8,
};

/* What runs through a cell: of one net, and of another that crosses or joins it. */
struct cell {
	gunichar text; /* 0 the right half of the one before; ' ' nothing */
	unsigned sides[2];
	int nets[2];
};

struct canvas {
	int columns, rows;
	struct cell *cells;
	bool ascii;
};

/* By sides: down, left, right … */
static const char *const box_marks[16] = {
	" ", "│", "│", "│", "─", "┘", "┐", "┤", "─", "└", "┌", "├", "─", "┴", "┬", "┼"};

static struct cell *cell_at(const struct canvas *canvas, int x, int y)
{
	static struct cell outside;
	bool inside = x >= 0 && y >= 0 && x < canvas->columns && y < canvas->rows;
	return inside ? &canvas->cells[y * canvas->columns + x] : &outside;
}

static void put_text(const struct canvas *canvas, int x, int y, const char *text)
{
	for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		int width = text_char_width(c);
		if (width == 0)
			continue;
		cell_at(canvas, x, y)->text = c;
		if (width == 2)
			cell_at(canvas, x + 1, y)->text = 0;
		x += width;
	}
}

/* ---- lines ---- */

static void add_sides(const struct canvas *canvas, int x, int y, int net, unsigned sides)
{
	struct cell *cell = cell_at(canvas, x, y);
	int slot = cell->sides[0] == 0 || cell->nets[0] == net ? 0 : 1;
	cell->nets[slot] = net;
	cell->sides[slot] |= sides;
}

static void draw_line(const struct canvas *canvas, const struct process_line *line)
{
	int down = line->arrow ? line->height - 1 : line->height;
	for (int i = 0; i < line->width; i++) {
		add_sides(canvas, line->x + i, line->y, line->net, SIDE_RIGHT);
		add_sides(canvas, line->x + i + 1, line->y, line->net, SIDE_LEFT);
	}
	for (int i = 0; i < down; i++) {
		add_sides(canvas, line->x, line->y + i, line->net, SIDE_DOWN);
		add_sides(canvas, line->x, line->y + i + 1, line->net, SIDE_UP);
	}
	if (line->from_box) {
		add_sides(canvas, line->x, line->y - 1, line->net, SIDE_DOWN);
		add_sides(canvas, line->x, line->y, line->net, SIDE_UP);
	}
	if (line->arrow)
		put_text(canvas, line->x, line->y + down, canvas->ascii ? "v" : "▼");
}

static bool is_within(unsigned sides, unsigned of)
{
	return sides != 0 && (sides & ~of) == 0;
}

/* Two nets that cross stay apart: the one that runs down passes over the other. */
static unsigned sides_of(const struct cell *cell)
{
	unsigned down = SIDE_UP | SIDE_DOWN, across = SIDE_LEFT | SIDE_RIGHT;
	unsigned one = cell->sides[0], other = cell->sides[1];
	bool cross = (one == across && other == down) || (one == down && other == across);
	return cross ? down : one | other;
}

static gunichar mark_of(const struct canvas *canvas, const struct cell *cell)
{
	unsigned sides = sides_of(cell);
	if (cell->text != ' ' || sides == 0)
		return cell->text;
	if (!canvas->ascii)
		return g_utf8_get_char(box_marks[sides]);
	if (is_within(sides, SIDE_UP | SIDE_DOWN))
		return '|';
	return is_within(sides, SIDE_LEFT | SIDE_RIGHT) ? '-' : '+';
}

/* ---- boxes ---- */

static GPtrArray *label_lines(const json_t *nodes, int node, int width)
{
	const json_t *about = json_array_get(nodes, (size_t)node);
	GPtrArray *lines = text_wrap(json_text(about, "title", ""), MAX(width - 4, 2));
	const char *detail = json_text(about, "detail", "");
	g_autoptr(GPtrArray) more = text_wrap(detail, MAX(width - 4, 2));
	for (guint i = 0; *detail != '\0' && i < more->len; i++)
		g_ptr_array_add(lines, g_strdup(more->pdata[i]));
	return lines;
}

static int label_height(void *data, int node, int width)
{
	g_autoptr(GPtrArray) lines = label_lines(data, node, width);
	return (int)lines->len + 2;
}

/* The frame as lines of a net of its own, so that a line that leaves it joins it. */
static void draw_frame(const struct canvas *canvas, const struct process_box *box)
{
	int right = box->width - 1, down = box->height - 1;
	draw_line(canvas, &(struct process_line){box->x, box->y, right, 0, -1, false, false});
	draw_line(
		canvas, &(struct process_line){box->x, box->y + down, right, 0, -1, false, false});
	draw_line(canvas, &(struct process_line){box->x, box->y, 0, down, -1, false, false});
	draw_line(
		canvas, &(struct process_line){box->x + right, box->y, 0, down, -1, false, false});
}

static void draw_box(
	const struct canvas *canvas, const json_t *nodes, int node, const struct process_box *box)
{
	g_autoptr(GPtrArray) lines = label_lines(nodes, node, box->width);
	int y = box->y + (box->height - (int)lines->len) / 2;
	draw_frame(canvas, box);
	for (guint i = 0; i < lines->len; i++) {
		const char *text = lines->pdata[i];
		bool middle =
			json_integer_or(json_array_get(nodes, (size_t)node), "number", 0) == 0;
		int x = middle ? (box->width - text_width(text)) / 2 : 2;
		put_text(canvas, box->x + x, y++, text);
	}
}

/* ---- the whole ---- */

static char *row_text(const struct canvas *canvas, int y)
{
	GString *text = g_string_new(NULL);
	for (int x = 0; x < canvas->columns; x++) {
		gunichar mark = mark_of(canvas, cell_at(canvas, x, y));
		if (mark != 0)
			g_string_append_unichar(text, mark);
	}
	return g_strchomp(g_string_free(text, FALSE));
}

static void draw(struct canvas *canvas, const json_t *nodes, const struct process_plan *plan)
{
	canvas->rows = plan->height;
	canvas->cells = g_new0(struct cell, canvas->columns * canvas->rows + 1);
	for (int i = 0; i < canvas->columns * canvas->rows; i++)
		canvas->cells[i].text = ' ';
	for (guint i = 0; i < plan->boxes->len; i++)
		draw_box(canvas, nodes, (int)i, &g_array_index(plan->boxes, struct process_box, i));
	for (guint i = 0; i < plan->lines->len; i++)
		draw_line(canvas, &g_array_index(plan->lines, struct process_line, i));
	for (guint i = 0; i < plan->ors->len; i++) {
		const struct process_or * or = &g_array_index(plan->ors, struct process_or, i);
		put_text(canvas, or->x - 1, or->y, "或");
	}
}

GPtrArray *guide_chart(const json_t *guide, int columns, bool ascii)
{
	GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
	json_t *nodes = json_object_get(guide, "process");
	g_autoptr(process) process = guide_process(guide);
	struct process_measure measure = {.width = columns,
		.box = 22,
		.most = 44,
		.gap = 4,
		.lane = 2,
		.track = 1,
		.head = 1,
		.height = label_height,
		.data = nodes};
	g_autoptr(process_plan) plan = process_plan_new(process, &measure);
	struct canvas canvas = {.columns = columns, .ascii = ascii};
	draw(&canvas, nodes, plan);
	for (int y = 0; y < canvas.rows; y++)
		g_ptr_array_add(lines, row_text(&canvas, y));
	g_free(canvas.cells);
	return lines;
}
