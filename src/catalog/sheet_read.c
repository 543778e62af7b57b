/* From the sheets of a directory to the JSON documents of data/README.md. */
#include <string.h>

#include "catalog/sheet.h"
#include "catalog/sheet_book.h"
#include "catalog/sheet_cell.h"
#include "catalog/sheet_file.h"
#include "catalog/sheet_heading.h"

struct reading {
	struct sheet_book *book;
	struct catalog_faults *faults;
	const char *dir;
	struct sheet_grid *grids[SHEET_COUNT];
	GHashTable *labels; /* "theme\nlabel", owned → struct sheet_row */
};

/* ---- what is wrong ---- */

static void tell(const struct reading *reading, enum catalog_gravity gravity, enum sheet_id id,
	const char *place, const char *what, const char *mend)
{
	g_autofree char *file = sheet_book_file(reading->book, id);
	const struct catalog_fault texts = {
		.file = file, .place = (char *)place, .what = (char *)what, .mend = (char *)mend};
	catalog_faults_add_at(reading->faults, gravity, &texts, NULL, NULL);
}

/* About a cell; column is one of the sheet's own, NULL the row. */
static void tell_cell(const struct reading *reading, enum catalog_gravity gravity,
	const struct sheet_row *row, const struct sheet_column *column, const char *mend,
	const char *fmt, ...) G_GNUC_PRINTF(6, 7);
static void tell_cell(const struct reading *reading, enum catalog_gravity gravity,
	const struct sheet_row *row, const struct sheet_column *column, const char *mend,
	const char *fmt, ...)
{
	va_list arguments;
	va_start(arguments, fmt);
	g_autofree char *what = g_strdup_vprintf(fmt, arguments);
	va_end(arguments);
	int index = column == NULL ? -1 : (int)(column - sheets[row->sheet].columns);
	g_autofree char *place = sheet_book_place(reading->book, row->sheet, row->number, index);
	tell(reading, gravity, row->sheet, place, what, mend);
}

/* ---- cells ---- */

static const char *cell_at(const struct reading *reading, const struct sheet_row *row,
	const struct sheet_grid_row *line, const struct sheet_column *column)
{
	int at = reading->book->at[row->sheet][column - sheets[row->sheet].columns];
	if (at < 0)
		return "";
	return sheet_file_unguard(sheet_grid_cell(reading->grids[row->sheet], line, (guint)at));
}

static bool is_blank(const char *text)
{
	return text[strspn(text, " \t\r\n")] == '\0';
}

static void tell_no_owner(const struct reading *reading, const struct sheet_row *row,
	const struct sheet_column *column, const char *text)
{
	const char *file = sheets[column->other].file;
	g_autofree char *shown = catalog_quote(text, 40);
	g_autofree char *mend = g_strdup_printf("请改正，或在 %s 里加上", file);
	if (is_blank(text))
		tell_cell(reading, CATALOG_GRAVITY_ERROR, row, column,
			"每一行都要写；合并的单元格请拆开填满", "是空的");
	else
		tell_cell(reading, CATALOG_GRAVITY_ERROR, row, column, mend, "%s 里没有“%s”", file,
			shown);
}

/* The row that the CELL_OWNER cells name; NULL after a fault. */
static struct sheet_row *owner_of(const struct reading *reading, const struct sheet_row *row,
	const struct sheet_grid_row *line)
{
	const struct sheet_column *columns = sheets[row->sheet].columns;
	struct sheet_row *owner = NULL;
	for (int i = 0; columns[i].heading != NULL; i++) {
		if (columns[i].kind != CELL_OWNER)
			continue;
		const char *text = cell_at(reading, row, line, &columns[i]);
		g_autofree char *key =
			sheet_book_key(columns[i].other, owner == NULL ? "" : owner->key, text);
		owner = g_hash_table_lookup(reading->book->keys[columns[i].other], key);
		if (owner == NULL) {
			tell_no_owner(reading, row, &columns[i], text);
			return NULL;
		}
	}
	return owner;
}

static void read_plain_cell(const struct reading *reading, struct sheet_row *row,
	const struct sheet_column *column, const char *text)
{
	struct cell_problem problem = {NULL, NULL};
	if (!cell_read(column, text, row->part[column->part], &problem))
		tell_cell(reading, CATALOG_GRAVITY_ERROR, row, column, problem.mend, "%s",
			problem.what);
	g_free(problem.what);
	g_free(problem.mend);
}

static char *label_key(const struct sheet_row *row, const char *label)
{
	g_autofree char *plain = cell_plain(CELL_LABEL, label);
	if (g_str_has_suffix(plain, ".0"))
		plain[strlen(plain) - 2] = '\0';
	return g_strjoin("\n", row->owner->key, plain, NULL);
}

static void note_label(const struct reading *reading, struct sheet_row *row,
	const struct sheet_column *column, const char *text)
{
	g_autofree char *key = label_key(row, text);
	if (!g_hash_table_contains(reading->labels, key)) {
		g_hash_table_insert(reading->labels, g_steal_pointer(&key), row);
		return;
	}
	g_autofree char *shown = catalog_quote(text, 20);
	tell_cell(reading, CATALOG_GRAVITY_ERROR, row, column, "同一主题里请各写各的序号",
		"序号 %s 重复", shown);
}

/* Everything but what needs the rows that come later. */
static void read_cells(
	const struct reading *reading, struct sheet_row *row, const struct sheet_grid_row *line)
{
	const struct sheet_column *columns = sheets[row->sheet].columns;
	for (int i = 0; columns[i].heading != NULL; i++) {
		enum cell_kind kind = columns[i].kind;
		const char *text = cell_at(reading, row, line, &columns[i]);
		if (text[0] == '\0' || kind == CELL_OWNER || kind == CELL_ROWS ||
			kind == CELL_SHOWN)
			continue;
		if (kind == CELL_LABEL)
			note_label(reading, row, &columns[i], text);
		else
			read_plain_cell(reading, row, &columns[i], text);
	}
}

/* ---- rows ---- */

static void note_values(struct sheet_book *book, struct sheet_row *row)
{
	const struct sheet_column *columns = sheets[row->sheet].columns;
	for (int part = 0; part < SHEET_PART_COUNT; part++)
		if (row->part[part] != NULL)
			g_hash_table_insert(book->values, row->part[part], row);
	for (int i = 0; columns[i].heading != NULL; i++) {
		json_t *limit =
			columns[i].kind != CELL_LIMIT
				? NULL
				: json_object_get(row->part[columns[i].part], columns[i].member);
		if (limit != NULL)
			g_hash_table_insert(book->values, limit, row);
	}
}

/* The array of the owner that holds rows of this sheet; made when it is not there. Borrowed. */
static json_t *array_of(const struct sheet_row *row, enum sheet_part part)
{
	const char *member = sheets[row->sheet].member;
	json_t *array = json_object_get(row->owner->part[part], member);
	if (array == NULL) {
		array = json_array();
		json_object_set_new(row->owner->part[part], member, array);
	}
	return array;
}

static struct sheet_row *default_owner(const struct reading *reading, enum sheet_id id)
{
	const GPtrArray *lists = reading->book->rows[SHEET_LIST];
	return sheets[id].owner == SHEET_LIST && lists->len != 0 ? lists->pdata[0] : NULL;
}

static void tell_beyond(const struct reading *reading, const struct sheet_row *row,
	const struct sheet_grid_row *line)
{
	const struct sheet_grid *grid = reading->grids[row->sheet];
	guint width = g_array_index(grid->rows, struct sheet_grid_row, 0).width;
	for (guint i = width; i < line->width; i++) {
		if (sheet_grid_cell(grid, line, i)[0] == '\0')
			continue;
		tell_cell(reading, CATALOG_GRAVITY_ERROR, row, NULL,
			"请核对分隔符和引号，或补上列名", "比列名多出了内容");
		return;
	}
}

static void read_row(
	const struct reading *reading, enum sheet_id id, const struct sheet_grid_row *line)
{
	json_t *parts[SHEET_PART_COUNT];
	for (int part = 0; part < SHEET_PART_COUNT; part++)
		parts[part] = sheets[id].parts[part] ? json_object() : NULL;
	struct sheet_row *row =
		sheet_book_add(reading->book, id, default_owner(reading, id), parts);
	row->number = line->number;
	tell_beyond(reading, row, line);
	bool owned = sheets[id].owner != SHEET_COUNT;
	if (owned && row->owner == NULL && (row->owner = owner_of(reading, row, line)) == NULL)
		return;
	if (owned && parts[SHEET_PART_SOURCE] != NULL) {
		json_t *array = array_of(row, SHEET_PART_SOURCE);
		row->position = (guint)json_array_size(array);
		json_array_append(array, parts[SHEET_PART_SOURCE]);
	}
	read_cells(reading, row, line);
	note_values(reading->book, row);
	sheet_book_name(reading->book, row);
}

static void read_rows(const struct reading *reading, enum sheet_id id)
{
	const GArray *rows = reading->grids[id]->rows;
	for (guint i = 1; i < rows->len; i++)
		read_row(reading, id, &g_array_index(rows, struct sheet_grid_row, i));
	if (id == SHEET_LIST && rows->len != 2)
		tell(reading, CATALOG_GRAVITY_ERROR, id, "", "列名下面应正好有一行",
			"一个目录放一份清单，几份清单请分目录存放");
}

/* ---- cells that need all rows ---- */

static void read_label(const struct reading *reading, const struct sheet_row *row,
	const struct sheet_column *column, const char *label, json_t *positions)
{
	g_autofree char *key = label_key(row, label);
	const struct sheet_row *other = g_hash_table_lookup(reading->labels, key);
	if (other != NULL) {
		json_array_append_new(positions, json_integer(other->position));
		return;
	}
	g_autofree char *shown = catalog_quote(label, 20);
	tell_cell(reading, CATALOG_GRAVITY_ERROR, row, column,
		"请写本主题在 事项.csv 里的事项序号，几个之间用 、", "本主题没有事项序号“%s”",
		shown);
}

static void read_row_labels(const struct reading *reading, struct sheet_row *row,
	const struct sheet_column *column, const char *text)
{
	g_autoptr(GString) plain = g_string_new(text);
	g_string_replace(plain, "、", ",", 0);
	g_string_replace(plain, "，", ",", 0);
	g_string_replace(plain, "；", ",", 0);
	g_auto(GStrv) labels = g_strsplit_set(plain->str, ",; \t\r\n", -1);
	g_autoptr(json_t) positions = json_array();
	for (char **label = labels; *label != NULL; label++)
		if ((*label)[0] != '\0')
			read_label(reading, row, column, *label, positions);
	if (json_array_size(positions) != 0)
		json_object_set(row->part[column->part], column->member, positions);
}

/* A name that is only shown and was changed: somebody expects a change. */
static void compare_shown(const struct reading *reading, const struct sheet_row *row,
	const struct sheet_column *column, const char *text)
{
	const char *name = sheet_book_shown(reading->book, row, column);
	g_autofree char *mend = g_strdup_printf("要改名请改 %s", sheets[column->other].file);
	if (name[0] != '\0' && strcmp(name, text) != 0)
		tell_cell(reading, CATALOG_GRAVITY_WARNING, row, column, mend,
			"这一列只供对照，改了不算");
}

static void finish_row(
	const struct reading *reading, struct sheet_row *row, const struct sheet_grid_row *line)
{
	const struct sheet_column *columns = sheets[row->sheet].columns;
	if (row->owner == NULL && sheets[row->sheet].owner != SHEET_COUNT)
		return;
	for (int i = 0; columns[i].heading != NULL; i++) {
		const char *text = cell_at(reading, row, line, &columns[i]);
		if (text[0] != '\0' && columns[i].kind == CELL_ROWS)
			read_row_labels(reading, row, &columns[i], text);
		else if (text[0] != '\0' && columns[i].kind == CELL_SHOWN)
			compare_shown(reading, row, &columns[i], text);
	}
}

/* What a guide says, into what it says of the whole; who says nothing is left out. */
static void attach_guide(struct sheet_row *row)
{
	json_t *guide = row->part[SHEET_PART_GUIDE];
	bool tied = row->part[SHEET_PART_SOURCE] != NULL;
	if (row->owner == NULL || guide == NULL || (tied && json_object_size(guide) == 0))
		return;
	if (tied && row->sheet == SHEET_THEME)
		json_object_set_new(guide, "theme", json_string(row->key));
	else if (tied)
		json_object_set_new(guide, "index", json_integer(row->position));
	json_array_append(array_of(row, SHEET_PART_GUIDE), guide);
}

static void finish_sheet(const struct reading *reading, enum sheet_id id)
{
	const GPtrArray *rows = reading->book->rows[id];
	const GArray *lines = reading->grids[id]->rows;
	for (guint i = 0; i < rows->len; i++)
		finish_row(reading, rows->pdata[i],
			&g_array_index(lines, struct sheet_grid_row, i + 1));
}

static void attach_sheet(const struct reading *reading, enum sheet_id id)
{
	const GPtrArray *rows = reading->book->rows[id];
	for (guint i = 0; i < rows->len; i++)
		attach_guide(rows->pdata[i]);
}

/* ---- files ---- */

/* Sheets that hold each other are read together, so that a lost file is no empty one. */
static void check_companions(const struct reading *reading)
{
	for (enum sheet_id id = 0; id < SHEET_COUNT; id++) {
		enum sheet_id owner = sheets[id].owner;
		if (owner == SHEET_COUNT ||
			reading->book->present[id] == reading->book->present[owner])
			continue;
		bool child = reading->book->present[id];
		g_autofree char *what =
			g_strdup_printf("有 %s 却没有这个文件", sheets[child ? id : owner].file);
		tell(reading, CATALOG_GRAVITY_ERROR, child ? owner : id, "", what,
			"请放回来；没有内容的表也要留下列名一行");
	}
}

/* A spreadsheet program saves every sheet alike: said once, so that a real warning is not lost. */
static void gather_habits(struct catalog_faults *faults, guint first)
{
	for (guint i = first; i < faults->list->len; i++) {
		const struct catalog_fault *fault = faults->list->pdata[i];
		g_autofree char *what = g_strdup(fault->what);
		if (g_str_has_suffix(what, "，已按它读"))
			catalog_faults_gather(faults, i, what);
	}
}

static void read_files(struct reading *reading)
{
	guint first = reading->faults->list->len;
	for (enum sheet_id id = 0; id < SHEET_COUNT; id++) {
		g_autofree char *path = g_build_filename(reading->dir, sheets[id].file, NULL);
		g_autofree char *shown = sheet_book_file(reading->book, id);
		if (!g_file_test(path, G_FILE_TEST_EXISTS))
			continue;
		reading->book->present[id] = true;
		reading->grids[id] = sheet_file_read(path, shown, reading->faults);
		if (reading->grids[id] != NULL)
			sheet_heading_read(reading->book, id, reading->grids[id], reading->faults);
	}
	gather_habits(reading->faults, first);
	check_companions(reading);
}

/* ---- documents ---- */

/* Whether no sheet is left out. */
static bool is_whole(const struct reading *reading)
{
	for (int id = 0; id < SHEET_COUNT; id++)
		if (!reading->book->present[id])
			return false;
	return true;
}

static void add_list(const struct reading *reading, struct catalog_set *set)
{
	const struct sheet_row *list = reading->book->rows[SHEET_LIST]->pdata[0];
	json_t *guides = list->part[SHEET_PART_GUIDE];
	const char *id = json_text(list->part[SHEET_PART_SOURCE], "id", "");
	g_autofree char *file = sheet_book_file(reading->book, SHEET_LIST);
	g_autofree char *guides_file = sheet_book_file(reading->book, SHEET_ITEM);
	json_object_set_new(guides, "list", json_string(id));
	if (json_object_get(guides, "themes") == NULL)
		json_object_set_new(guides, "themes", json_array());
	catalog_set_add_shared(set, reading->faults, file, list->part[SHEET_PART_SOURCE]);
	if (id[0] != '\0')
		catalog_set_add_shared(set, reading->faults, guides_file, guides);
	if (is_whole(reading))
		catalog_set_own(set, id);
}

static void add_definitions(
	const struct reading *reading, struct catalog_set *set, enum sheet_id id)
{
	const GPtrArray *rows = reading->book->rows[id];
	g_autofree char *file = sheet_book_file(reading->book, id);
	g_autoptr(json_t) document = json_object();
	json_t *array = json_array();
	json_object_set_new(document, sheets[id].member, array);
	for (guint i = 0; i < rows->len; i++)
		json_array_append(
			array, ((struct sheet_row *)rows->pdata[i])->part[SHEET_PART_SOURCE]);
	catalog_set_add_shared(set, reading->faults, file, document);
}

static void add_documents(const struct reading *reading, struct catalog_set *set)
{
	for (enum sheet_id id = 0; id < SHEET_COUNT; id++) {
		if (!reading->book->present[id] || sheets[id].owner != SHEET_COUNT)
			continue;
		if (id == SHEET_LIST)
			add_list(reading, set);
		else
			add_definitions(reading, set, id);
	}
}

static void read_book(struct reading *reading, struct catalog_set *set)
{
	int before = reading->faults->errors;
	read_files(reading);
	if (reading->faults->errors != before)
		return;
	for (enum sheet_id id = 0; id < SHEET_COUNT; id++)
		if (reading->grids[id] != NULL)
			read_rows(reading, id);
	for (enum sheet_id id = 0; id < SHEET_COUNT; id++)
		if (reading->grids[id] != NULL)
			finish_sheet(reading, id);
	for (int id = SHEET_COUNT - 1; id >= 0; id--)
		attach_sheet(reading, (enum sheet_id)id);
	if (reading->faults->errors == before)
		add_documents(reading, set);
}

void sheet_read_set(
	struct catalog_set *set, struct catalog_faults *faults, const char *dir, const char *shown)
{
	struct reading reading = {.book = sheet_book_new(shown), .faults = faults, .dir = dir};
	reading.labels = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	catalog_faults_locate(
		faults, sheet_book_locate, reading.book, (GDestroyNotify)sheet_book_free);
	read_book(&reading, set);
	for (int id = 0; id < SHEET_COUNT; id++)
		sheet_grid_free(reading.grids[id]);
	g_hash_table_unref(reading.labels);
}

bool sheet_is_set(const char *dir)
{
	for (int id = 0; id < SHEET_COUNT; id++) {
		g_autofree char *path = g_build_filename(dir, sheets[id].file, NULL);
		if (g_file_test(path, G_FILE_TEST_IS_REGULAR))
			return true;
	}
	return false;
}

bool sheet_is_own(const char *name)
{
	return sheet_of_file(name) != SHEET_COUNT;
}

bool sheet_is_spreadsheet(const char *name)
{
	static const char *const ends[] = {".csv", ".xlsx", ".xls", ".et", ".ods"};
	g_autofree char *lower = g_ascii_strdown(name, -1);
	for (size_t i = 0; i < G_N_ELEMENTS(ends); i++)
		if (g_str_has_suffix(lower, ends[i]))
			return true;
	return false;
}
