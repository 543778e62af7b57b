/*
 * A slip's template, line by line, filled from data into blocks. Pure; the grammar for people who
 * edit templates stands in printers/README.md.
 *
 *   plain line            paragraph            .#                comment
 *   - text                numbered entry       .to TEXT          who is addressed
 *   .subtitle .heading .note .footer .mark TEXT
 *   .header A | B | C     top left, page 1     .code TEXT        Code 128 with its text, top right
 *   .qr TEXT | CAPTION    beside the .fields   .rule  .space MM
 *   .sign A： | B：        signature lines      .seal NAME | DATE
 *   .fields … .end        rows LABEL | VALUE | LABEL | VALUE
 *   .chart … .end         a process: rows NUMBER | GROUP | AFTER | TITLE | DETAIL (print/chart.c)
 *   .running TEXT         head of the following pages, else the title
 *   .table W W … .end     first row heads; W: 12 (mm), * or *2 (shares), then c or r
 *   {{#name}} … {{/name}} loop over a list; once when true or not empty; {{^name}} when not
 */
#ifndef PRINT_TEMPLATE_H
#define PRINT_TEMPLATE_H

#include <glib.h>

#include "base/json.h"

enum block_kind {
	BLOCK_KIND_PARAGRAPH,
	BLOCK_KIND_ENTRY,
	BLOCK_KIND_ADDRESS,
	BLOCK_KIND_TITLE,
	BLOCK_KIND_SUBTITLE,
	BLOCK_KIND_HEADING,
	BLOCK_KIND_NOTE,
	BLOCK_KIND_FOOTER,
	BLOCK_KIND_MARK,
	BLOCK_KIND_HEADER,
	BLOCK_KIND_CODE,
	BLOCK_KIND_QR,
	BLOCK_KIND_RULE,
	BLOCK_KIND_SPACE,
	BLOCK_KIND_SIGN,
	BLOCK_KIND_SEAL,
	BLOCK_KIND_FIELDS,
	BLOCK_KIND_TABLE,
	BLOCK_KIND_CHART,
	BLOCK_KIND_RUNNING,
};

struct block {
	enum block_kind kind;
	int line;	 /* in the template, for messages */
	char *argument;	 /* of .table: its columns; of .space: its height */
	GPtrArray *rows; /* GStrv: the cells; one row unless fields, table or chart */
};

/* The first cell of the first row, borrowed; "" when there is none. */
const char *block_text(const struct block *block);

/* The most rows a document may have; more is refused, not cut. */
#define TEMPLATE_MOST_ROWS 4000

/*
 * Fills the template. file names it in messages. The array owns its blocks. ERR_CODE_INVALID names
 * file and line: unknown directive or slot, a loop or table that is not closed, too many rows.
 */
GPtrArray *template_fill(const char *text, const char *file, const json_t *data, GError **error);

#endif
