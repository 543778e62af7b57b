/*
 * The rows of a whole set of sheets in memory, who belongs to whom, and where each stands for
 * people.
 */
#ifndef CATALOG_SHEET_BOOK_H
#define CATALOG_SHEET_BOOK_H

#include "base/json.h"
#include "catalog/sheet_table.h"

struct sheet_row {
	enum sheet_id sheet;
	guint number;			/* in its file, the headings are row 1 */
	json_t *part[SHEET_PART_COUNT]; /* owned; NULL where the sheet has no such part */
	struct sheet_row *owner;	/* borrowed; NULL none */
	guint position;			/* among the rows of its owner, from 0 */
	char *key;			/* by which other sheets name it; "" not at all */
};

struct sheet_book {
	char *folder;				 /* how messages call the directory, "" none */
	bool present[SHEET_COUNT];		 /* which files there are */
	GPtrArray *rows[SHEET_COUNT];		 /* struct sheet_row, owned */
	GHashTable *keys[SHEET_COUNT];		 /* key → struct sheet_row, borrowed */
	GHashTable *values;			 /* JSON value → struct sheet_row, borrowed */
	int at[SHEET_COUNT][SHEET_MOST_COLUMNS]; /* where each column stands, -1 nowhere */
};

/* An empty book of a directory; frees itself with all its rows. */
struct sheet_book *sheet_book_new(const char *folder);
void sheet_book_free(struct sheet_book *book);

/* A new row behind the others, owned by the book; the parts are taken. */
struct sheet_row *sheet_book_add(
	struct sheet_book *book, enum sheet_id id, struct sheet_row *owner, json_t **take_parts);

/*
 * Once its own cells are known: gives the row its key and makes it found, unless another row has
 * that key already.
 */
void sheet_book_name(struct sheet_book *book, struct sheet_row *row);

/* The key of a row from the words of its CELL_OWNER cell; `outer` is what stands before it. New. */
char *sheet_book_key(enum sheet_id id, const char *outer, const char *text);

/* The name of what a CELL_SHOWN column points to, borrowed; "" when there is no such row. */
const char *sheet_book_shown(const struct sheet_book *book, const struct sheet_row *row,
	const struct sheet_column *column);

/* "DIR/事项.csv", and "第 12 行 F 列“承诺时限”" of a column of the table (-1: of the row); new. */
char *sheet_book_file(const struct sheet_book *book, enum sheet_id id);
char *sheet_book_place(const struct sheet_book *book, enum sheet_id id, guint number, int column);

/* The catalog_locate of a book. */
bool sheet_book_locate(void *book, const json_t *at, const char *key, struct catalog_fault *fault);

AUTOPTR(sheet_book, sheet_book_free)

#endif
