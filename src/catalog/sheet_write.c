/* From a version's JSON to the sheets of a directory. */
#include <errno.h>
#include <string.h>
#include <glib/gstdio.h>

#include "base/err.h"
#include "base/text.h"
#include "catalog/layout.h"
#include "catalog/sheet.h"
#include "catalog/sheet_book.h"
#include "catalog/sheet_cell.h"
#include "catalog/sheet_file.h"

/* Spreadsheet programs take a file without it for the local encoding. */
#define BOM "\xEF\xBB\xBF"

/* ---- rows of a package ---- */

/* What ties the words of a guide to the words of the source. */
static char *tie(enum sheet_id id, enum sheet_part part, const json_t *value, size_t index)
{
	if (id == SHEET_THEME)
		return part == SHEET_PART_SOURCE ? layout_theme_id(value)
						 : g_strdup(json_text(value, "theme", ""));
	json_int_t position =
		part == SHEET_PART_SOURCE ? (json_int_t)index : json_integer_or(value, "index", -1);
	return g_strdup_printf("%lld", (long long)position);
}

/* Ties of an array of guide objects, borrowed; g_hash_table_unref. */
static GHashTable *ties_of(enum sheet_id id, const json_t *array)
{
	GHashTable *ties = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	size_t i;
	json_t *value;
	json_array_foreach(array, i, value)
	{
		g_hash_table_insert(ties, tie(id, SHEET_PART_GUIDE, value, i), value);
	}
	return ties;
}

static void add_row(struct sheet_book *book, enum sheet_id id, struct sheet_row *owner,
	json_t *source, json_t *guide, size_t position)
{
	json_t *parts[SHEET_PART_COUNT] = {json_incref(source), json_incref(guide)};
	struct sheet_row *row = sheet_book_add(book, id, owner, parts);
	row->position = (guint)position;
	sheet_book_name(book, row);
}

/* The rows of one array, and what a guide says of the same. */
static void add_rows(struct sheet_book *book, enum sheet_id id, struct sheet_row *owner,
	const json_t *sources, const json_t *guides)
{
	size_t i;
	json_t *value;
	if (!sheets[id].parts[SHEET_PART_SOURCE]) {
		json_array_foreach(guides, i, value)
		{
			add_row(book, id, owner, NULL, value, i);
		}
		return;
	}
	g_autoptr(GHashTable) ties = ties_of(id, guides);
	json_array_foreach(sources, i, value)
	{
		g_autofree char *name = tie(id, SHEET_PART_SOURCE, value, i);
		add_row(book, id, owner, value, g_hash_table_lookup(ties, name), i);
	}
}

static void fill_sheet(struct sheet_book *book, enum sheet_id id, const json_t *package)
{
	const struct sheet *sheet = &sheets[id];
	if (id == SHEET_LIST) {
		add_row(book, id, NULL, json_object_get(package, "list"),
			json_object_get(package, "guides"), 0);
		return;
	}
	if (sheet->owner == SHEET_COUNT) {
		add_rows(book, id, NULL, json_object_get(package, sheet->member), NULL);
		return;
	}
	const GPtrArray *owners = book->rows[sheet->owner];
	for (guint i = 0; i < owners->len; i++) {
		struct sheet_row *owner = owners->pdata[i];
		add_rows(book, id, owner,
			json_object_get(owner->part[SHEET_PART_SOURCE], sheet->member),
			json_object_get(owner->part[SHEET_PART_GUIDE], sheet->member));
	}
}

/* ---- cells ---- */

/* What other sheets call the row of `other` that holds this one; a new string. */
static char *owner_words(const struct sheet_row *row, enum sheet_id other)
{
	while (row->sheet != other)
		row = row->owner;
	const char *inner = strrchr(row->key, '\n');
	return other == SHEET_THEME ? cell_theme_words(row->key)
				    : g_strdup(inner == NULL ? row->key : inner + 1);
}

static char *cell_of(const struct sheet_book *book, const struct sheet_row *row,
	const struct sheet_column *column)
{
	switch (column->kind) {
	case CELL_OWNER:
		return owner_words(row, column->other);
	case CELL_LABEL:
		return g_strdup_printf("%u", row->position + 1);
	case CELL_SHOWN:
		return g_strdup(sheet_book_shown(book, row, column));
	default:
		return cell_write(column, row->part[column->part]);
	}
}

static void end_cell(GString *out, bool last)
{
	g_string_append(out, last ? "\r\n" : ",");
}

static void write_row(GString *out, const struct sheet_book *book, const struct sheet_row *row)
{
	const struct sheet_column *columns = sheets[row->sheet].columns;
	for (int i = 0; columns[i].heading != NULL; i++) {
		bool is_text = columns[i].kind == CELL_TEXT || columns[i].kind == CELL_SHOWN;
		g_autofree char *words = cell_of(book, row, &columns[i]);
		g_autofree char *guarded = sheet_file_guard(words, is_text);
		sheet_csv_append(out, guarded);
		end_cell(out, columns[i + 1].heading == NULL);
	}
}

static GString *write_sheet(const struct sheet_book *book, enum sheet_id id)
{
	const struct sheet_column *columns = sheets[id].columns;
	GString *out = g_string_new(BOM);
	for (int i = 0; columns[i].heading != NULL; i++) {
		sheet_csv_append(out, columns[i].heading);
		end_cell(out, columns[i + 1].heading == NULL);
	}
	for (guint i = 0; i < book->rows[id]->len; i++)
		write_row(out, book, book->rows[id]->pdata[i]);
	return out;
}

/* ---- files ---- */

static bool make_directory(const char *path, GError **error)
{
	g_autofree char *shown = text_clean(path, false);
	g_autoptr(GDir) dir = NULL;
	if (g_mkdir(path, 0777) == 0)
		return true;
	if (errno != EEXIST)
		return err_set(error, ERR_CODE_IO, "建不了目录 %s", shown);
	dir = g_dir_open(path, 0, NULL);
	if (dir == NULL)
		return err_set(error, ERR_CODE_EXISTS, "%s 已经有了，不是目录或读不到", shown);
	if (g_dir_read_name(dir) == NULL)
		return true;
	g_autofree char *sentence = g_strdup_printf("目录 %s 里已经有文件，没有覆盖", shown);
	return err_set_next(error, ERR_CODE_EXISTS, sentence, "请换一个新目录或空目录");
}

bool sheet_write_set(const json_t *package, const char *dir, GError **error)
{
	g_autoptr(sheet_book) book = sheet_book_new("");
	if (!make_directory(dir, error))
		return false;
	for (int id = 0; id < SHEET_COUNT; id++)
		fill_sheet(book, id, package);
	for (int id = 0; id < SHEET_COUNT; id++) {
		g_autofree char *path = g_build_filename(dir, sheets[id].file, NULL);
		g_autoptr(GString) out = write_sheet(book, id);
		if (!g_file_set_contents(path, out->str, (gssize)out->len, NULL))
			return err_set(error, ERR_CODE_IO, "写不了 %s", sheets[id].file);
	}
	return true;
}
