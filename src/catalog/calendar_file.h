/*
 * Calendar files: one year's notice of the State Council as data. The dates of `off` and `worked`
 * are YYYY-MM-DD; what makes a calendar of them is core/calendar.h.
 */
#ifndef CATALOG_CALENDAR_FILE_H
#define CATALOG_CALENDAR_FILE_H

#include "base/json.h"
#include "catalog/fault.h"
#include "core/calendar.h"

/* Faults of one calendar document, on its own. */
void calendar_file_check(struct catalog_faults *faults, const char *file, const json_t *object);

/*
 * Adds a checked document's year to the calendar. False with ERR_CODE_CALENDAR/INVALID when core
 * refuses it (a gap between years, a day both off and worked …).
 */
bool calendar_file_add(struct calendar *calendar, const json_t *object, GError **error);

/* Its year, 0 when it has none. */
int calendar_file_year(const json_t *object);

#endif
