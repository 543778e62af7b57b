/* Tables and the grid of fields: cells of wrapped text between hairlines. */
#include "print/flow.h"
#include "print/slot.h"

#include "base/err.h"

#define MOST_COLUMNS 12
#define HAIR 0.4
#define FRAME 0.9
#define SHADE 0.93
#define CELL_TIMES 0.95
#define QR_SIZE (27 * PROFILE_MM)

struct column {
	double x, width;
	PangoAlignment align;
	bool label; /* shaded and bold */
};

struct grid {
	struct flow *flow;
	struct column columns[MOST_COLUMNS];
	guint count;
	double width;
	double pad_x, pad_y;
};

static void grid_begin(struct grid *grid, struct flow *flow, double width)
{
	*grid = (struct grid){.flow = flow, .width = width};
	grid->pad_x = 0.45 * flow->body;
	grid->pad_y = 0.16 * flow->body;
}

/* ---- rows ---- */

struct row {
	char *cells[MOST_COLUMNS]; /* owned */
	guint count;
	bool head;
	bool first; /* of the table: opens with the frame */
	bool last;
};

/* Column i's cell reaches to the table's edge when the row has fewer cells. */
static double cell_width(const struct grid *grid, const struct row *row, guint i)
{
	const struct column *column = &grid->columns[i];
	return i + 1 == row->count ? grid->width - column->x : column->width;
}

static PangoLayout *cell_text(const struct grid *grid, const struct row *row, guint i)
{
	bool bold = row->head || grid->columns[i].label;
	PangoLayout *text = flow_text(grid->flow, row->cells[i], CELL_TIMES, bold,
		cell_width(grid, row, i) - 2 * grid->pad_x);
	pango_layout_set_alignment(text, row->head ? PANGO_ALIGN_CENTER : grid->columns[i].align);
	return text;
}

/* The byte at which the line that no longer fits into height begins; -1: all fits. */
static int overflow_at(PangoLayout *text, double height)
{
	PangoLayoutIter *iter = pango_layout_get_iter(text);
	int at = -1, number = 0;
	do {
		PangoRectangle line;
		pango_layout_iter_get_line_extents(iter, NULL, &line);
		if (number++ > 0 && (double)(line.y + line.height) / PANGO_SCALE > height)
			at = pango_layout_iter_get_index(iter);
	} while (at < 0 && pango_layout_iter_next_line(iter));
	pango_layout_iter_free(iter);
	return at;
}

/* Cuts from each cell what does not fit into height; true when something was cut into *ret_rest. */
static bool row_cut(const struct grid *grid, struct row *row, double height, struct row *ret_rest)
{
	bool cut = false;
	*ret_rest = *row;
	ret_rest->first = false;
	for (guint i = 0; i < row->count; i++) {
		g_autoptr(PangoLayout) text = cell_text(grid, row, i);
		int at = overflow_at(text, height);
		ret_rest->cells[i] = g_strdup(at < 0 ? "" : row->cells[i] + at);
		if (at >= 0)
			row->cells[i][at] = '\0';
		cut = cut || at >= 0;
	}
	if (cut)
		row->last = false;
	return cut;
}

static void row_clear(struct row *row)
{
	for (guint i = 0; i < row->count; i++)
		g_free(row->cells[i]);
}

static void row_lines(const struct grid *grid, const struct row *row, struct band *band)
{
	band_line(band, 0, 0, 0, band->height, FRAME);
	band_line(band, grid->width, 0, 0, band->height, FRAME);
	for (guint i = 1; i < row->count; i++)
		band_line(band, grid->columns[i].x, 0, 0, band->height, HAIR);
	band_line(band, 0, 0, grid->width, 0, row->first ? FRAME : HAIR);
	if (row->last)
		band_line(band, 0, band->height, grid->width, 0, FRAME);
	else
		band_line(band, 0, band->height, grid->width, 0, HAIR);
}

/* Draws a row that fits on one page. */
static struct band *row_band(const struct grid *grid, const struct row *row)
{
	PangoLayout *texts[MOST_COLUMNS];
	double height = 0;
	for (guint i = 0; i < row->count; i++) {
		texts[i] = cell_text(grid, row, i);
		height = MAX(height, text_height_of(texts[i]));
	}
	struct band *band = band_new(height + 2 * grid->pad_y, 0);
	for (guint i = 0; i < row->count; i++)
		if (row->head || grid->columns[i].label)
			band_box(band, MARK_KIND_FILL, grid->columns[i].x, 0,
				cell_width(grid, row, i), band->height)
				->tone = SHADE;
	for (guint i = 0; i < row->count; i++) {
		double spare = height - text_height_of(texts[i]);
		band_text(
			band, texts[i], grid->columns[i].x + grid->pad_x, grid->pad_y + spare / 2);
	}
	row_lines(grid, row, band);
	return band;
}

/* Adds a row; one taller than half a page goes on in the next band, and so over the page break. */
static void add_row(struct grid *grid, struct row *row, const struct band *head)
{
	double most = grid->flow->room / 2;
	for (;;) {
		struct row rest;
		bool more = row_cut(grid, row, most, &rest);
		struct band *band = row_band(grid, row);
		band->head = head;
		g_ptr_array_add(grid->flow->bands, band);
		row_clear(row);
		*row = rest;
		if (!more)
			break;
	}
	row_clear(row);
}

/* Takes the cells of a template's row; too few are filled up with nothing. */
static struct row row_of(char **cells, guint columns)
{
	struct row row = {.count = columns};
	guint given = g_strv_length(cells);
	for (guint i = 0; i < columns; i++)
		row.cells[i] = g_strdup(i < given ? cells[i] : "");
	return row;
}

/* ---- tables ---- */

/* One word of .table: 12 (mm), *, *2, then c or r. A negative width is a share. */
static bool column_read(const char *word, struct column *ret_column)
{
	char *end = NULL;
	bool share = word[0] == '*';
	double number = g_ascii_strtod(word + (share ? 1 : 0), &end);
	if (share && end == word + 1)
		number = 1;
	ret_column->align = PANGO_ALIGN_LEFT;
	if (*end == 'c')
		ret_column->align = PANGO_ALIGN_CENTER;
	else if (*end == 'r')
		ret_column->align = PANGO_ALIGN_RIGHT;
	else if (*end != '\0')
		return false;
	ret_column->width = share ? -number : number * PROFILE_MM;
	return number > 0 && number <= 300;
}

static bool columns_share(struct grid *grid)
{
	double fixed = 0, shares = 0, x = 0;
	for (guint i = 0; i < grid->count; i++) {
		double width = grid->columns[i].width;
		*(width < 0 ? &shares : &fixed) += ABS(width);
	}
	double spare = grid->width - fixed;
	if (spare < 0 || (shares > 0 && spare < grid->width / 6))
		return false;
	for (guint i = 0; i < grid->count; i++) {
		struct column *column = &grid->columns[i];
		if (column->width < 0)
			column->width = -column->width / shares * spare;
		column->x = x;
		x += column->width;
	}
	grid->columns[grid->count - 1].width = grid->width - grid->columns[grid->count - 1].x;
	return true;
}

static bool columns_read(struct grid *grid, const struct block *block, GError **error)
{
	struct slot_place place = {grid->flow->file, block->line};
	g_auto(GStrv) words = g_strsplit_set(block->argument, " \t", -1);
	for (char **word = words; *word != NULL; word++) {
		if ((*word)[0] == '\0')
			continue;
		if (grid->count == MOST_COLUMNS)
			return slot_fail(error, &place, "表格列数超过 12", block->argument);
		if (!column_read(*word, &grid->columns[grid->count++]))
			return slot_fail(error, &place, "列宽写法不对", *word);
	}
	if (grid->count == 0 || !columns_share(grid))
		return slot_fail(error, &place, "列宽加起来放不下", block->argument);
	return true;
}

bool flow_table(struct flow *flow, const struct block *block, GError **error)
{
	struct grid grid;
	grid_begin(&grid, flow, flow->width);
	if (!columns_read(&grid, block, error))
		return false;
	if (block->rows->len == 0)
		return true;
	flow_band(flow, 0, 0.35 * flow->body)->keep = true;
	struct row head = row_of(g_ptr_array_index(block->rows, 0), grid.count);
	head.head = head.first = true;
	struct band *top = row_band(&grid, &head);
	row_clear(&head);
	top->keep = true;
	g_ptr_array_add(flow->bands, top);
	for (guint i = 1; i < block->rows->len; i++) {
		struct row row = row_of(g_ptr_array_index(block->rows, i), grid.count);
		row.last = i + 1 == block->rows->len;
		add_row(&grid, &row, top);
		/* A last row never goes to the next page alone. */
		((struct band *)g_ptr_array_index(flow->bands, flow->bands->len - 1))->keep =
			i + 2 == block->rows->len;
	}
	if (block->rows->len == 1) {
		struct row none = {.count = 1, .last = true};
		none.cells[0] = g_strdup("无");
		add_row(&grid, &none, top);
	}
	flow_band(flow, 0.3 * flow->body, 0);
	return true;
}

/* ---- fields: LABEL | VALUE | LABEL | VALUE ---- */

static double label_width(struct flow *flow, const struct block *block, guint column, double pad)
{
	double most = 0;
	for (guint i = 0; i < block->rows->len; i++) {
		char **cells = g_ptr_array_index(block->rows, i);
		if (g_strv_length(cells) <= column)
			continue;
		g_autoptr(PangoLayout) text = flow_text(flow, cells[column], CELL_TIMES, true, -1);
		most = MAX(most, text_width_of(text));
	}
	return MIN(most + 2 * pad + 1, 9 * flow->body);
}

static guint widest_row(const struct block *block)
{
	guint most = 2;
	for (guint i = 0; i < block->rows->len; i++)
		most = MAX(most, g_strv_length(g_ptr_array_index(block->rows, i)));
	return MIN(most + most % 2, 6);
}

static void fields_columns(struct grid *grid, const struct block *block)
{
	grid->count = widest_row(block);
	double labels = 0, x = 0;
	for (guint i = 0; i < grid->count; i += 2) {
		grid->columns[i].label = true;
		grid->columns[i].width = label_width(grid->flow, block, i, grid->pad_x);
		labels += grid->columns[i].width;
	}
	for (guint i = 0; i < grid->count; i++) {
		struct column *column = &grid->columns[i];
		column->align = PANGO_ALIGN_LEFT;
		if (!column->label)
			column->width = (grid->width - labels) / (grid->count / 2);
		column->x = x;
		x += column->width;
	}
}

/* The waiting QR beside the grid, from the band `from` on; at least its own height is kept free. */
static void place_qr(struct flow *flow, guint from, double grid_height)
{
	struct band *band = g_ptr_array_index(flow->bands, from);
	double quiet = QR_SIZE / flow->qr->width * flow->qr->quiet;
	double x = flow->width - QR_SIZE - quiet;
	band_bars(band, g_steal_pointer(&flow->qr), x, quiet, QR_SIZE, QR_SIZE);
	PangoLayout *caption = flow_text(flow, flow->caption, 0.8, false, QR_SIZE + 2 * quiet);
	pango_layout_set_alignment(caption, PANGO_ALIGN_CENTER);
	double below = QR_SIZE + 2 * quiet;
	band_text(band, caption, x - quiet, below);
	below += text_height_of(caption);
	for (guint i = from; i < flow->bands->len; i++)
		((struct band *)g_ptr_array_index(flow->bands, i))->keep = true;
	if (below > grid_height)
		flow_band(flow, below - grid_height, 0);
}

bool flow_fields(struct flow *flow, const struct block *block, GError **error)
{
	struct grid grid;
	double beside = flow->qr != NULL ? QR_SIZE * 1.3 + 0.6 * flow->body : 0;
	grid_begin(&grid, flow, flow->width - beside);
	fields_columns(&grid, block);
	flow_band(flow, 0, 0.5 * flow->body)->keep = true;
	guint from = flow->bands->len;
	double height = 0;
	for (guint i = 0; i < block->rows->len; i++) {
		char **cells = g_ptr_array_index(block->rows, i);
		struct row row = row_of(cells, MIN(g_strv_length(cells), grid.count));
		row.first = i == 0;
		row.last = i + 1 == block->rows->len;
		add_row(&grid, &row, NULL);
	}
	for (guint i = from; i < flow->bands->len; i++)
		height += ((struct band *)g_ptr_array_index(flow->bands, i))->height;
	if (block->rows->len > 1) /* a first row never stays behind alone */
		((struct band *)g_ptr_array_index(flow->bands, from))->keep = true;
	if (flow->qr != NULL && from < flow->bands->len)
		place_qr(flow, from, height);
	flow_band(flow, 0.3 * flow->body, 0);
	return true;
}
