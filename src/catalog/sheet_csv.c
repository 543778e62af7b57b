#include "catalog/sheet_csv.h"

#include <csv.h>
#include <string.h>

/* Between two looks at how large the open cell has become. */
#define CHUNK 65536u

struct filling {
	struct sheet_grid *grid;
	guint number;	      /* of the row being filled */
	guint first;	      /* its first cell */
	bool filled;	      /* it has a cell that is not empty */
	int last_end;	      /* the line end before, -1 when a cell came since */
	const char *too_much; /* what went over a bound; NULL nothing */
};

static void add_cell(void *bytes, size_t size, void *data)
{
	struct filling *filling = data;
	struct sheet_grid *grid = filling->grid;
	guint32 place = (guint32)grid->text->len;
	filling->last_end = -1;
	if (size > SHEET_MOST_CELL)
		filling->too_much = "有一格超过 10 MB";
	if (grid->cells->len - filling->first >= SHEET_MOST_WIDTH)
		filling->too_much = "列太多";
	if (filling->too_much != NULL)
		return;
	filling->filled = filling->filled || size != 0;
	g_array_append_val(grid->cells, place);
	g_string_append_len(grid->text, bytes, (gssize)size);
	g_string_append_c(grid->text, '\0');
}

/* libcsv reports both bytes of CR LF; the second one ends nothing. */
static void end_row(int end, void *data)
{
	struct filling *filling = data;
	struct sheet_grid *grid = filling->grid;
	bool second = end == '\n' && filling->last_end == '\r';
	filling->last_end = second ? -1 : end;
	if (second)
		return;
	struct sheet_grid_row row = {
		filling->first, grid->cells->len - filling->first, filling->number};
	if (filling->filled)
		g_array_append_val(grid->rows, row);
	else
		g_array_set_size(grid->cells, filling->first);
	if (grid->rows->len > SHEET_MOST_ROWS)
		filling->too_much = "行太多";
	filling->number++;
	filling->first = grid->cells->len;
	filling->filled = false;
}

static int never(unsigned char c)
{
	return 0;
}

/* True when all of the text was taken; the parser then still holds what stands after the last line
 * end. */
static bool parse(struct csv_parser *parser, struct filling *filling, const char *text, gsize size)
{
	for (gsize at = 0; at < size; at += CHUNK) {
		gsize count = MIN(CHUNK, size - at);
		if (csv_parse(parser, text + at, count, add_cell, end_row, filling) != count)
			return false;
		if (parser->entry_pos > SHEET_MOST_CELL)
			filling->too_much = "有一格超过 10 MB（多半是少了一个引号）";
		if (filling->too_much != NULL)
			return false;
	}
	return true;
}

struct sheet_grid *sheet_grid_read(const char *text, gsize size, char separator, guint *ret_row,
	char **ret_what, const char **ret_mend)
{
	struct sheet_grid *grid = g_new0(struct sheet_grid, 1);
	struct csv_parser parser;
	grid->text = g_string_sized_new(size + 1);
	grid->cells = g_array_new(FALSE, FALSE, sizeof(guint32));
	grid->rows = g_array_new(FALSE, FALSE, sizeof(struct sheet_grid_row));
	grid->closed = size == 0 || text[size - 1] == '\n' || text[size - 1] == '\r';
	struct filling filling = {.grid = grid, .number = 1, .last_end = -1};
	csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL);
	csv_set_delim(&parser, (unsigned char)separator);
	csv_set_space_func(&parser, never);
	csv_set_blk_size(&parser, CHUNK);
	bool taken = parse(&parser, &filling, text, size);
	bool ended = taken && csv_fini(&parser, add_cell, end_row, &filling) == 0;
	csv_free(&parser);
	if (ended && filling.too_much == NULL)
		return grid;
	*ret_row = filling.number;
	if (filling.too_much != NULL)
		*ret_what = g_strdup(filling.too_much);
	else
		*ret_what =
			g_strdup(taken ? "引号没有配对，后面的内容都读成了一格" : "引号的写法不对");
	*ret_mend = filling.too_much != NULL
			    ? "一份表最多 500000 行、1000 列，一格最多 10 MB，请拆开或改正"
			    : "请用表格软件打开后重新另存为 CSV UTF-8，或补上引号";
	sheet_grid_free(grid);
	return NULL;
}

void sheet_grid_free(struct sheet_grid *grid)
{
	if (grid == NULL)
		return;
	g_string_free(grid->text, TRUE);
	g_array_unref(grid->cells);
	g_array_unref(grid->rows);
	g_free(grid);
}

const char *sheet_grid_cell(
	const struct sheet_grid *grid, const struct sheet_grid_row *row, guint column)
{
	if (column >= row->width)
		return "";
	return grid->text->str + g_array_index(grid->cells, guint32, row->first + column);
}

void sheet_csv_append(GString *out, const char *cell)
{
	gsize size = strlen(cell), before = out->len;
	g_string_set_size(out, before + 2 * size + 2);
	gsize written = csv_write(out->str + before, 2 * size + 2, cell, size);
	g_string_set_size(out, before + written);
}
