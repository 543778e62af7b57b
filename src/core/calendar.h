/*
 * The working-day calendar: Monday to Friday, corrected year by year by the State Council's notice
 * of holidays (days off, and weekend days worked). Beyond its years nothing is guessed (D20).
 */
#ifndef CORE_CALENDAR_H
#define CORE_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <glib.h>
#include "base/autoptr.h"
#include "core/date.h"

struct calendar;

/* One year's notice. `off` names every day off of its holidays, weekend days of them included. */
struct calendar_year {
	int year;
	const char *notice; /* 国办发明电〔2025〕7号 */
	const struct civil_date *off;
	size_t off_count;
	const struct civil_date *worked; /* weekend days worked */
	size_t worked_count;
};

enum calendar_day {
	CALENDAR_DAY_UNKNOWN, /* outside the data */
	CALENDAR_DAY_WORKING, /* Monday to Friday */
	CALENDAR_DAY_MADE_UP, /* a weekend day worked: 调休上班 */
	CALENDAR_DAY_WEEKEND, /* 周末 */
	CALENDAR_DAY_HOLIDAY, /* 放假 */
};

/* Without years: every day is unknown. */
struct calendar *calendar_new(void);
void calendar_free(struct calendar *calendar);
AUTOPTR(calendar, calendar_free)

/*
 * Adds a year, copying it. Years are added in order without a gap: another year than the next one
 * (or than the first) is refused with ERR_CODE_INVALID, as are a date that does not exist or lies
 * outside the year and its neighbours, a day both off and worked, and a worked day that is no
 * weekend day. A notice may name days of the year before or after it.
 */
bool calendar_add_year(struct calendar *calendar, const struct calendar_year *year, GError **error);

/* First and last day of the data; false when there is none. */
bool calendar_range(
	const struct calendar *calendar, struct civil_date *ret_first, struct civil_date *ret_last);
bool calendar_covers(const struct calendar *calendar, struct civil_date date);

/* The notice the date's year stands on, borrowed; NULL outside the data. */
const char *calendar_notice(const struct calendar *calendar, struct civil_date date);

/* What kind of day it is, CALENDAR_DAY_UNKNOWN outside the data. */
enum calendar_day calendar_day_of(const struct calendar *calendar, struct civil_date date);

/* True for a known working day; false also outside the data. */
bool calendar_is_working_day(const struct calendar *calendar, struct civil_date date);

/*
 * The n-th working day after date, counting from the next working day; n 0 is the date itself.
 * ERR_CODE_CALENDAR_END, naming the data's last (or first) day, when a day of the way is outside
 * the data; ERR_CODE_INVALID when n is negative.
 */
bool calendar_add(const struct calendar *calendar, struct civil_date date, int n,
	struct civil_date *ret_date, GError **error);

/*
 * Working days after a, up to and with b, so that calendar_add(a, days) reaches the last working
 * day not after b. When b is before a: minus the working days after b, up to and with a.
 * ERR_CODE_CALENDAR_END as above.
 */
bool calendar_between(const struct calendar *calendar, struct civil_date a, struct civil_date b,
	int *ret_days, GError **error);

/* ERR_CODE_CALENDAR_END with the sentence that names until when (or from when) the data goes. */
bool calendar_set_end_error(
	const struct calendar *calendar, struct civil_date date, GError **error);

#endif
