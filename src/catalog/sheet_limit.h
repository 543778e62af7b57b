/* Numbers, dates and limits in the words of a cell. Pure. */
#ifndef CATALOG_SHEET_LIMIT_H
#define CATALOG_SHEET_LIMIT_H

#include "base/json.h"

/* A whole number of at most nine digits; a spreadsheet may have made 2.0 of it. */
bool sheet_number(const char *text, int *ret_number);

/* 2026-12-01 of 2026/12/1, 2026.12.1, 2026-12-1, 2026年12月1日; a new string, NULL for another
 * form. */
char *sheet_date(const char *text);

/* 10个工作日 of {"number":10,"unit":"working_day"}; a new string. No working days are 即办. */
char *sheet_limit_words(const json_t *limit);

/* Sets number and unit by such words; false when they are none. */
bool sheet_limit_read(const char *text, json_t *limit);

#endif
