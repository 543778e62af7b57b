/*
 * The validator's words, which speak of JSON, for people who see the sheets: headings for members,
 * names of tables for names of files, rows of a theme counted from 1. New strings.
 */
#ifndef CATALOG_SHEET_WORDS_H
#define CATALOG_SHEET_WORDS_H

#include "catalog/sheet_table.h"

/* What is wrong; only members in quotes are meant, other words may be people's own. */
char *sheet_words_cause(enum sheet_id id, const char *text);

/* What to do about it. */
char *sheet_words_mend(enum sheet_id id, const char *text);

/* Where it is, without what the column says already. */
char *sheet_words_entry(const char *text);

#endif
