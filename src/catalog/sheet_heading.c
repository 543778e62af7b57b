#include "catalog/sheet_heading.h"

#include <string.h>

static void tell(const struct sheet_book *book, enum sheet_id id, struct catalog_faults *faults,
	enum catalog_gravity gravity, const char *mend, const char *fmt, ...) G_GNUC_PRINTF(6, 7);
static void tell(const struct sheet_book *book, enum sheet_id id, struct catalog_faults *faults,
	enum catalog_gravity gravity, const char *mend, const char *fmt, ...)
{
	va_list arguments;
	va_start(arguments, fmt);
	g_autofree char *what = g_strdup_vprintf(fmt, arguments);
	va_end(arguments);
	g_autofree char *file = sheet_book_file(book, id);
	const struct catalog_fault texts = {
		.file = file, .place = (char *)"第 1 行", .what = what, .mend = (char *)mend};
	catalog_faults_add_at(faults, gravity, &texts, NULL, NULL);
}

/* The column of the table with that heading, -1 none. */
static int find(enum sheet_id id, const char *heading)
{
	const struct sheet_column *columns = sheets[id].columns;
	for (int i = 0; columns[i].heading != NULL; i++)
		if (strcmp(columns[i].heading, heading) == 0)
			return i;
	return -1;
}

/* Whether any row below has a cell in the column. */
static bool is_used(const struct sheet_grid *grid, guint column)
{
	for (guint i = 1; i < grid->rows->len; i++)
		if (sheet_grid_cell(grid, &g_array_index(grid->rows, struct sheet_grid_row, i),
			    column)[0] != '\0')
			return true;
	return false;
}

static void take_heading(struct sheet_book *book, enum sheet_id id, const struct sheet_grid *grid,
	guint column, struct catalog_faults *faults)
{
	const struct sheet_grid_row *head = &g_array_index(grid->rows, struct sheet_grid_row, 0);
	g_autofree char *heading = g_strdup(sheet_grid_cell(grid, head, column));
	int found = find(id, g_strstrip(heading));
	g_autofree char *shown = catalog_quote(heading, 30);
	if (found >= 0 && book->at[id][found] >= 0)
		tell(book, id, faults, CATALOG_GRAVITY_ERROR, "请删去或改名其中一列",
			"列“%s”有两个", shown);
	else if (found >= 0)
		book->at[id][found] = (int)column;
	else if (heading[0] != '\0')
		tell(book, id, faults, CATALOG_GRAVITY_WARNING, "列名写错了请改正，不要的可以删去",
			"不认识的列“%s”，没有读", shown);
	else if (is_used(grid, column))
		tell(book, id, faults, CATALOG_GRAVITY_ERROR, "请补上列名，或删去这一列",
			"第 %u 列有内容却没有列名", column + 1);
}

static void tell_missing(
	const struct sheet_book *book, enum sheet_id id, struct catalog_faults *faults)
{
	const struct sheet_column *columns = sheets[id].columns;
	for (int i = 0; columns[i].heading != NULL; i++) {
		if (book->at[id][i] >= 0 || columns[i].kind == CELL_SHOWN)
			continue;
		if (columns[i].needed)
			tell(book, id, faults, CATALOG_GRAVITY_ERROR,
				"第一行应是列名，请照导出的表补上", "缺少列“%s”",
				columns[i].heading);
		else
			tell(book, id, faults, CATALOG_GRAVITY_WARNING,
				"这一列本来有内容的，请补回来", "缺少列“%s”，都按空白读",
				columns[i].heading);
	}
}

bool sheet_heading_read(struct sheet_book *book, enum sheet_id id, const struct sheet_grid *grid,
	struct catalog_faults *faults)
{
	const struct sheet_grid_row *head = &g_array_index(grid->rows, struct sheet_grid_row, 0);
	int before = faults->errors;
	for (guint i = 0; i < head->width; i++)
		take_heading(book, id, grid, i, faults);
	tell_missing(book, id, faults);
	return faults->errors == before;
}
