#include "catalog/sheet_book.h"

#include <string.h>

#include "catalog/layout.h"
#include "catalog/sheet_cell.h"
#include "catalog/sheet_words.h"

static void row_free(void *data)
{
	struct sheet_row *row = data;
	for (int part = 0; part < SHEET_PART_COUNT; part++)
		json_decref(row->part[part]);
	g_free(row->key);
	g_free(row);
}

struct sheet_book *sheet_book_new(const char *folder)
{
	struct sheet_book *book = g_new0(struct sheet_book, 1);
	book->folder = g_strdup(folder);
	book->values = g_hash_table_new(NULL, NULL);
	for (int id = 0; id < SHEET_COUNT; id++) {
		book->rows[id] = g_ptr_array_new_with_free_func(row_free);
		book->keys[id] = g_hash_table_new(g_str_hash, g_str_equal);
		for (int column = 0; column < SHEET_MOST_COLUMNS; column++)
			book->at[id][column] = -1;
	}
	return book;
}

void sheet_book_free(struct sheet_book *book)
{
	if (book == NULL)
		return;
	for (int id = 0; id < SHEET_COUNT; id++) {
		g_hash_table_unref(book->keys[id]);
		g_ptr_array_unref(book->rows[id]);
	}
	g_hash_table_unref(book->values);
	g_free(book->folder);
	g_free(book);
}

struct sheet_row *sheet_book_add(
	struct sheet_book *book, enum sheet_id id, struct sheet_row *owner, json_t **take_parts)
{
	struct sheet_row *row = g_new0(struct sheet_row, 1);
	row->sheet = id;
	row->owner = owner;
	row->key = g_strdup("");
	for (int part = 0; part < SHEET_PART_COUNT; part++)
		row->part[part] = take_parts[part];
	g_ptr_array_add(book->rows[id], row);
	return row;
}

/* ---- keys ---- */

/* The words of a row's own name, without its owner's; a new string. */
static char *own_name(const struct sheet_row *row)
{
	const struct sheet *sheet = &sheets[row->sheet];
	const json_t *first = row->part[SHEET_PART_SOURCE] != NULL ? row->part[SHEET_PART_SOURCE]
								   : row->part[SHEET_PART_GUIDE];
	if (row->sheet == SHEET_THEME)
		return layout_theme_id(first);
	return g_strdup(sheet->key == NULL ? "" : json_text(first, sheet->key, ""));
}

/* Questions are named within their theme. */
static char *joined(const char *outer, const char *name)
{
	return outer[0] == '\0' ? g_strdup(name) : g_strjoin("\n", outer, name, NULL);
}

void sheet_book_name(struct sheet_book *book, struct sheet_row *row)
{
	g_autofree char *name = own_name(row);
	bool nested = row->owner != NULL && row->owner->sheet != SHEET_LIST;
	if (name[0] != '\0') {
		g_free(row->key);
		row->key = joined(nested ? row->owner->key : "", name);
	}
	if (row->key[0] != '\0' && !g_hash_table_contains(book->keys[row->sheet], row->key))
		g_hash_table_insert(book->keys[row->sheet], row->key, row);
}

char *sheet_book_key(enum sheet_id id, const char *outer, const char *text)
{
	int column = sheet_column_of(id, sheets[id].key == NULL ? "no" : sheets[id].key);
	g_autofree char *name = id == SHEET_THEME
					? cell_theme_id(text)
					: cell_plain(sheets[id].columns[column].kind, text);
	return joined(outer, name);
}

const char *sheet_book_shown(const struct sheet_book *book, const struct sheet_row *row,
	const struct sheet_column *column)
{
	const struct sheet_row *other = row->owner;
	for (int part = 0; column->member != NULL && part < SHEET_PART_COUNT; part++) {
		const char *code = json_text(row->part[part], column->member, "");
		other = g_hash_table_lookup(book->keys[column->other], code);
		if (other != NULL)
			break;
	}
	if (other == NULL)
		return "";
	const json_t *value = other->part[SHEET_PART_SOURCE] != NULL
				      ? other->part[SHEET_PART_SOURCE]
				      : other->part[SHEET_PART_GUIDE];
	return json_text(value, sheets[other->sheet].label, "");
}

/* ---- places ---- */

char *sheet_book_file(const struct sheet_book *book, enum sheet_id id)
{
	return book->folder[0] == '\0' ? g_strdup(sheets[id].file)
				       : g_build_filename(book->folder, sheets[id].file, NULL);
}

/* A, B, … Z, AA, AB … */
static char *letters(int column)
{
	g_autofree char *before = column < 26 ? g_strdup("") : letters(column / 26 - 1);
	return g_strdup_printf("%s%c", before, 'A' + column % 26);
}

char *sheet_book_place(const struct sheet_book *book, enum sheet_id id, guint number, int column)
{
	if (column < 0)
		return g_strdup_printf("第 %u 行", number);
	const char *heading = sheets[id].columns[column].heading;
	if (book->at[id][column] < 0)
		return g_strdup_printf("第 %u 行（没有“%s”列）", number, heading);
	g_autofree char *letter = letters(book->at[id][column]);
	return g_strdup_printf("第 %u 行 %s 列“%s”", number, letter, heading);
}

/* The column of a limit whose object the validator stood on, by the member of the limit. */
static int limit_column(const struct sheet_row *row, const json_t *limit, const char *key)
{
	const struct sheet_column *columns = sheets[row->sheet].columns;
	enum cell_kind wanted = g_strcmp0(key, "basis") == 0 ? CELL_LIMIT_BASIS : CELL_LIMIT;
	for (int i = 0; columns[i].heading != NULL; i++)
		if (columns[i].kind == wanted &&
			json_object_get(row->part[columns[i].part], columns[i].member) == limit)
			return i;
	return -1;
}

static int column_of(const struct sheet_row *row, const json_t *at, const char *key)
{
	for (int part = 0; part < SHEET_PART_COUNT; part++)
		if (row->part[part] == at)
			return key == NULL ? -1 : sheet_column_of(row->sheet, key);
	return limit_column(row, at, key);
}

static void replace(char **text, char *take_text)
{
	g_free(*text);
	*text = take_text;
}

bool sheet_book_locate(void *data, const json_t *at, const char *key, struct catalog_fault *fault)
{
	const struct sheet_book *book = data;
	const struct sheet_row *row = g_hash_table_lookup(book->values, at);
	if (row == NULL)
		return false;
	int column = column_of(row, at, key);
	replace(&fault->file, sheet_book_file(book, row->sheet));
	replace(&fault->place, sheet_book_place(book, row->sheet, row->number, column));
	replace(&fault->entry, sheet_words_entry(fault->entry));
	replace(&fault->what, sheet_words_cause(row->sheet, fault->what));
	replace(&fault->mend, sheet_words_mend(row->sheet, fault->mend));
	return true;
}
