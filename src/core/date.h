/*
 * Civil dates and times. Civil time is UTC+8 everywhere, without summer time; facts hold UTC
 * milliseconds. Dates run from 1800-01-01 (the oldest birth an identity number can tell) to
 * 2999-12-31; a function given a date outside that range has no defined result.
 */
#ifndef CORE_DATE_H
#define CORE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#define CIVIL_DATE_FIRST_YEAR 1800
#define CIVIL_DATE_LAST_YEAR 2999
#define CIVIL_DATE_TEXT_SIZE 11 /* "2026-11-21" and its final zero */
#define CIVIL_DAY_MS ((int64_t)24 * 60 * 60 * 1000)

struct civil_date {
	int year;
	int month; /* 1 to 12 */
	int day;   /* 1 to 31 */
};

/* True for a day that exists, within the range above. */
bool civil_date_is_valid(struct civil_date date);

/* "YYYY-MM-DD" exactly; false for anything else and for days that do not exist. NULL is false. */
bool civil_date_from_text(const char *text, struct civil_date *ret_date);

/* Writes "YYYY-MM-DD". */
void civil_date_to_text(struct civil_date date, char ret_text[CIVIL_DATE_TEXT_SIZE]);
char *civil_date_dup_text(struct civil_date date); /* g_free */

/* "2026年11月21日", as papers print it (g_free). */
char *civil_date_dup_long(struct civil_date date);

/* "11-21", as lists show it (g_free). */
char *civil_date_dup_short(struct civil_date date);

/* Days since 1970-01-01, negative before; and back. */
int civil_date_to_days(struct civil_date date);
struct civil_date civil_date_of_days(int days);

/* The civil day an instant falls on; the day's first and last millisecond in UTC. */
struct civil_date civil_date_of_ms(int64_t ms);
int64_t civil_date_start_ms(struct civil_date date);
int64_t civil_date_end_ms(struct civil_date date);

/* The date so many days later; earlier when days is negative. */
struct civil_date civil_date_add_days(struct civil_date date, int days);

/* The same day of another month, or that month's last day: 01-31 and a month is 02-28 or 02-29. */
struct civil_date civil_date_add_months(struct civil_date date, int months);

/* Days from a to b; negative when b is before a. */
int civil_date_difference(struct civil_date a, struct civil_date b);

/* Less than, equal to or greater than 0. */
int civil_date_compare(struct civil_date a, struct civil_date b);

/* 1 Monday … 7 Sunday (ISO 8601). */
int civil_date_weekday(struct civil_date date);
bool civil_date_is_weekend(struct civil_date date);

/* 周一 … 周日, static. */
const char *civil_date_weekday_name(struct civil_date date);

/* Whole years of age at `on` of someone born on `birth`; 0 when not yet born. */
int civil_date_age(struct civil_date birth, struct civil_date on);

/* Civil clock of an instant, g_free: "2026-11-21 14:32", "14:32", "2026-11-21T14:32:05+08:00". */
char *civil_time_dup_text(int64_t ms);
char *civil_time_dup_clock(int64_t ms);
char *civil_time_dup_rfc3339(int64_t ms);

/*
 * An instant in RFC 3339: any offset or Z, up to nine digits of a second (cut to milliseconds).
 * False for anything else; a leap second reads as the second before it.
 */
bool civil_time_from_rfc3339(const char *text, int64_t *ret_ms);

#endif
