/*
 * The spreadsheets of a list as tables: one sheet a kind of thing, one column a member of the JSON
 * of data/README.md. Reading and writing go by the same rows, so no column is handled twice.
 */
#ifndef CATALOG_SHEET_TABLE_H
#define CATALOG_SHEET_TABLE_H

#include <stdbool.h>
#include "catalog/reader.h"

/* In the order they are read: whoever holds rows stands before what it holds. */
enum sheet_id {
	SHEET_LIST,
	SHEET_THEME,
	SHEET_ITEM,
	SHEET_QUESTION,
	SHEET_OPTION,
	SHEET_EXCLUSION,
	SHEET_SERVICE,
	SHEET_SERVICE_MATERIAL,
	SHEET_SERVICE_FIELD,
	SHEET_MATERIAL,
	SHEET_FIELD,
	SHEET_DEPARTMENT,
	SHEET_ROUTE,
	SHEET_COUNT,
};

/* A row makes up to two objects: the words of the source, and what a guide says of the same. */
enum sheet_part {
	SHEET_PART_SOURCE,
	SHEET_PART_GUIDE,
	SHEET_PART_COUNT,
};

enum cell_kind {
	CELL_TEXT,
	CELL_TEXTS,	  /* one sentence a line */
	CELL_INTEGER,	  /* 2, also as 2.0 */
	CELL_FLAG,	  /* 是 否 */
	CELL_WORD,	  /* an enum by its name in core/words.h */
	CELL_DATE,	  /* 2026-12-01, also as 2026/12/1 */
	CELL_CODE,	  /* upper case: S-FOOD-LICENCE, A */
	CELL_NAME,	  /* lower case: applicant.name, yes */
	CELL_BASIS,	  /* law and article, or 通用做法 */
	CELL_CONDITION,	  /* food=hot|cold; licensed=no */
	CELL_LIMIT,	  /* 10个工作日 30日 2个月 4小时 即办 */
	CELL_LIMIT_BASIS, /* the basis of the limit of the same member */
	CELL_THEME,	  /* audience and printed numbers: 企业-2, 6、7 */
	CELL_ROWS,	  /* items of the theme by their labels: 1、3 */
	CELL_LABEL,	  /* what CELL_ROWS call the row by; in no JSON */
	CELL_OWNER,	  /* which row of `other` this one belongs to; in no JSON */
	CELL_SHOWN, /* name in `other` of what member (NULL: the owner) points to; only shown */
	CELL_KIND_COUNT,
};

struct sheet_column {
	const char *heading;
	const char *member;
	enum cell_kind kind;
	enum sheet_part part;
	bool needed; /* a file without this column is refused, without another one warned of */
	enum sheet_id other;
	word_of *name, *word; /* of CELL_WORD */
	int count;
};

struct sheet {
	const char *file;
	const char *member;  /* of the owner's objects, else of the package: the array of rows */
	enum sheet_id owner; /* SHEET_COUNT: none */
	bool parts[SHEET_PART_COUNT];
	const char *key;   /* member that names a row; NULL by its theme number, or not named */
	const char *label; /* member that CELL_SHOWN shows */
	const struct sheet_column *columns; /* ended by heading NULL */
};

extern const struct sheet sheets[SHEET_COUNT];

/* Most columns of a sheet. */
#define SHEET_MOST_COLUMNS 24

/* The column of a member, -1 when there is none. */
int sheet_column_of(enum sheet_id id, const char *member);

/* The sheet of a file name, SHEET_COUNT when it is none. */
enum sheet_id sheet_of_file(const char *file);

#endif
