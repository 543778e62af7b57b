/* The chart of a process: its rows become nodes, the plan of core/process_plan.h becomes marks. */
#include <string.h>

#include "base/err.h"
#include "core/process_plan.h"
#include "print/flow.h"
#include "print/slot.h"

#define UNIT 10 /* of the plan to a point */
#define TITLE_TIMES 0.86
#define DETAIL_TIMES 0.74
#define STROKE 0.7
#define HEAD_WIDE 4.6
#define HEAD_HIGH 5.4
#define JOINT 2.4
#define DETAIL_TONE 0.3

enum cell {
	CELL_NUMBER, /* of the item; 0 the start and the end */
	CELL_GROUP,
	CELL_AFTER, /* numbers of rows, from 0, with 、 between */
	CELL_TITLE,
	CELL_DETAIL,
	CELL_COUNT,
};

struct chart {
	struct flow *flow;
	const GPtrArray *rows; /* GStrv */
	const struct process_plan *plan;
};

static const char *cell_of(const struct chart *chart, int node, enum cell cell)
{
	char **cells = g_ptr_array_index(chart->rows, node);
	return cells[cell];
}

/* ---- the process ---- */

static struct process *read_process(const struct chart *chart)
{
	struct process *process = process_new();
	for (guint i = 0; i < chart->rows->len; i++)
		process_add(process, (int)i, atoi(cell_of(chart, (int)i, CELL_GROUP)));
	for (guint i = 0; i < chart->rows->len; i++) {
		g_auto(GStrv) after = g_strsplit(cell_of(chart, (int)i, CELL_AFTER), "、", -1);
		for (char **before = after; *before != NULL; before++)
			if (**before != '\0')
				process_link(process, atoi(*before), (int)i);
	}
	process_settle(process);
	return process;
}

/* ---- boxes ---- */

static double pad_of(const struct chart *chart)
{
	return 0.4 * chart->flow->body;
}

static bool is_end(const struct chart *chart, int node)
{
	return atoi(cell_of(chart, node, CELL_NUMBER)) == 0;
}

static PangoLayout *box_text(const struct chart *chart, int node, enum cell cell, double width)
{
	bool title = cell == CELL_TITLE;
	PangoLayout *text = flow_text(chart->flow, cell_of(chart, node, cell),
		title ? TITLE_TIMES : DETAIL_TIMES, title && is_end(chart, node),
		width - 2 * pad_of(chart));
	if (is_end(chart, node))
		pango_layout_set_alignment(text, PANGO_ALIGN_CENTER);
	return text;
}

static int box_height(void *data, int node, int width)
{
	const struct chart *chart = data;
	g_autoptr(PangoLayout) title = box_text(chart, node, CELL_TITLE, (double)width / UNIT);
	double height = text_height_of(title) + 1.6 * pad_of(chart);
	if (*cell_of(chart, node, CELL_DETAIL) != '\0') {
		g_autoptr(PangoLayout) detail =
			box_text(chart, node, CELL_DETAIL, (double)width / UNIT);
		height += text_height_of(detail);
	}
	return (int)(height * UNIT) + 1;
}

/* top: of the band, in points. */
static void draw_box(const struct chart *chart, struct band *band, int node, double top)
{
	const struct process_box *box =
		&g_array_index(chart->plan->boxes, struct process_box, node);
	double x = (double)box->x / UNIT, y = (double)box->y / UNIT - top;
	double width = (double)box->width / UNIT, height = (double)box->height / UNIT;
	PangoLayout *title = box_text(chart, node, CELL_TITLE, width);
	PangoLayout *detail = box_text(chart, node, CELL_DETAIL, width);
	bool more = *cell_of(chart, node, CELL_DETAIL) != '\0';
	double words = text_height_of(title) + (more ? text_height_of(detail) : 0);
	if (is_end(chart, node))
		band_box(band, MARK_KIND_FILL, x, y, width, height)->tone = 0.93;
	band_box(band, MARK_KIND_FRAME, x, y, width, height)->stroke = STROKE;
	y += (height - words) / 2;
	double below = y + text_height_of(title);
	band_text(band, title, x + pad_of(chart), y);
	band_text(band, detail, x + pad_of(chart), below)->tone = DETAIL_TONE;
}

/* ---- lines ---- */

static void draw_line(
	const struct chart *chart, struct band *band, const struct process_line *line, double top)
{
	double x = (double)line->x / UNIT, y = (double)line->y / UNIT - top;
	double down = (double)line->height / UNIT, begin = MAX(y, 0), end = y + down;
	bool arrives = line->arrow && end <= band->height + 0.01;
	if (line->width > 0 && y >= 0 && y <= band->height) {
		band_line(band, x, y, (double)line->width / UNIT, 0, STROKE);
		return;
	}
	end = MIN(end, band->height);
	if (line->width > 0 || end <= begin)
		return;
	band_line(band, x, begin, 0, end - begin - (arrives ? HEAD_HIGH : 0), STROKE);
	if (arrives)
		band_box(band, MARK_KIND_HEAD, x - HEAD_WIDE / 2, end - HEAD_HIGH, HEAD_WIDE,
			HEAD_HIGH);
}

/* True when the point stands on a line across of this net, not at its ends. */
static bool is_joint(const struct chart *chart, int net, int x, int y)
{
	for (guint i = 0; i < chart->plan->lines->len; i++) {
		const struct process_line *line =
			&g_array_index(chart->plan->lines, struct process_line, i);
		if (line->net == net && line->width > 0 && line->y == y && line->x < x &&
			x < line->x + line->width)
			return true;
	}
	return false;
}

/* A dot where a line joins another of its net, so that it is no crossing. */
static void draw_joint(
	const struct chart *chart, struct band *band, const struct process_line *line, double top)
{
	int y = line->from_box ? line->y + line->height : line->y;
	double at = (double)y / UNIT - top;
	if (line->width == 0 && at >= 0 && at < band->height &&
		is_joint(chart, line->net, line->x, y))
		band_box(band, MARK_KIND_FILL, (double)line->x / UNIT - JOINT / 2, at - JOINT / 2,
			JOINT, JOINT);
}

static void draw_or(
	const struct chart *chart, struct band *band, const struct process_or * or, double top)
{
	double y = (double) or->y / UNIT - top;
	if (y < 0 || y >= band->height)
		return;
	PangoLayout *text = flow_text(chart->flow, "或", TITLE_TIMES, true, -1);
	band_text(band, text, (double) or->x / UNIT - text_width_of(text) / 2,
		y - text_height_of(text) / 2);
}

/* ---- the whole ---- */

/* What stands between two heights becomes one band, so that a page may end between two rows. */
static void draw_strip(const struct chart *chart, guint row)
{
	const struct process_plan *plan = chart->plan;
	double top = (double)g_array_index(plan->rows, int, row) / UNIT;
	int below =
		row + 1 < plan->rows->len ? g_array_index(plan->rows, int, row + 1) : plan->height;
	struct band *band = flow_band(chart->flow, (double)below / UNIT - top, 0);
	for (guint i = 0; i < plan->lines->len; i++) {
		const struct process_line *line =
			&g_array_index(plan->lines, struct process_line, i);
		draw_line(chart, band, line, top);
		draw_joint(chart, band, line, top);
	}
	for (guint i = 0; i < plan->boxes->len; i++)
		if (g_array_index(plan->boxes, struct process_box, i).row == (int)row)
			draw_box(chart, band, (int)i, top);
	for (guint i = 0; i < plan->ors->len; i++)
		draw_or(chart, band, &g_array_index(plan->ors, struct process_or, i), top);
}

static void draw_chart(struct chart *chart)
{
	struct flow *flow = chart->flow;
	guint from = flow->bands->len;
	flow_band(flow, 0.4 * flow->body, 0)->keep = true;
	for (guint row = 0; row < chart->plan->rows->len; row++)
		draw_strip(chart, row);
	/* Together on a page when that leaves no great hole; the ends never alone, nor a note
	 * below. */
	bool together = (double)chart->plan->height / UNIT < flow->room * 0.6;
	flow_band(flow, 0.4 * flow->body, 0);
	for (guint i = from; i < flow->bands->len; i++)
		((struct band *)g_ptr_array_index(flow->bands, i))->keep =
			together || i <= from + 1 || i + 3 >= flow->bands->len;
}

static bool check_rows(const struct flow *flow, const struct block *block, GError **error)
{
	struct slot_place place = {flow->file, block->line};
	for (guint i = 0; i < block->rows->len; i++)
		if (g_strv_length(g_ptr_array_index(block->rows, i)) != CELL_COUNT)
			return slot_fail(error, &place, "流程图每行要有五格", ".chart");
	return true;
}

bool flow_chart(struct flow *flow, const struct block *block, GError **error)
{
	struct chart chart = {.flow = flow, .rows = block->rows};
	if (!check_rows(flow, block, error))
		return false;
	if (block->rows->len == 0)
		return true;
	g_autoptr(process) process = read_process(&chart);
	struct process_measure measure = {.width = (int)(flow->width * UNIT),
		.box = (int)(38 * PROFILE_MM * UNIT),
		.most = (int)(80 * PROFILE_MM * UNIT),
		.gap = (int)(6 * PROFILE_MM * UNIT),
		.lane = (int)(2.6 * PROFILE_MM * UNIT),
		.track = (int)(3.2 * PROFILE_MM * UNIT),
		.head = (int)(3.4 * PROFILE_MM * UNIT),
		.height = box_height,
		.data = &chart};
	g_autoptr(process_plan) plan = process_plan_new(process, &measure);
	chart.plan = plan;
	draw_chart(&chart);
	return true;
}
