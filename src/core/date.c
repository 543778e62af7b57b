#include "core/date.h"

#include <stdio.h>
#include <string.h>
#include <glib.h>

#define CIVIL_OFFSET_MS ((int64_t)8 * 60 * 60 * 1000)

static bool is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in_month(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	return days[month - 1] + (month == 2 && is_leap(year) ? 1 : 0);
}

bool civil_date_is_valid(struct civil_date date)
{
	if (date.year < CIVIL_DATE_FIRST_YEAR || date.year > CIVIL_DATE_LAST_YEAR)
		return false;
	if (date.month < 1 || date.month > 12)
		return false;
	return date.day >= 1 && date.day <= days_in_month(date.year, date.month);
}

/* Reads exactly `count` digits, advancing *p. */
static bool read_digits(const char **p, int count, int *ret_value)
{
	int value = 0;
	for (int i = 0; i < count; i++, (*p)++) {
		if (!g_ascii_isdigit(**p))
			return false;
		value = value * 10 + (**p - '0');
	}
	*ret_value = value;
	return true;
}

static bool read_char(const char **p, char wanted)
{
	if (**p != wanted)
		return false;
	(*p)++;
	return true;
}

static bool read_date(const char **p, struct civil_date *ret_date)
{
	struct civil_date date;
	if (!read_digits(p, 4, &date.year) || !read_char(p, '-') ||
		!read_digits(p, 2, &date.month) || !read_char(p, '-') ||
		!read_digits(p, 2, &date.day) || !civil_date_is_valid(date))
		return false;
	*ret_date = date;
	return true;
}

bool civil_date_from_text(const char *text, struct civil_date *ret_date)
{
	struct civil_date date;
	if (text == NULL || !read_date(&text, &date) || *text != '\0')
		return false;
	*ret_date = date;
	return true;
}

void civil_date_to_text(struct civil_date date, char ret_text[CIVIL_DATE_TEXT_SIZE])
{
	char text[40];
	snprintf(text, sizeof text, "%04d-%02d-%02d", date.year, date.month, date.day);
	g_strlcpy(ret_text, text, CIVIL_DATE_TEXT_SIZE);
}

char *civil_date_dup_text(struct civil_date date)
{
	return g_strdup_printf("%04d-%02d-%02d", date.year, date.month, date.day);
}

char *civil_date_dup_long(struct civil_date date)
{
	return g_strdup_printf("%d年%d月%d日", date.year, date.month, date.day);
}

char *civil_date_dup_short(struct civil_date date)
{
	return g_strdup_printf("%02d-%02d", date.month, date.day);
}

/* Years counted from March, so that the leap day is the last of its year; eras of 400 years. */
int civil_date_to_days(struct civil_date date)
{
	int year = date.month <= 2 ? date.year - 1 : date.year;
	int era = year / 400;
	int year_of_era = year - era * 400;
	int month = (date.month + 9) % 12;
	int day_of_year = (153 * month + 2) / 5 + date.day - 1;
	int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
	return era * 146097 + day_of_era - 719468;
}

struct civil_date civil_date_of_days(int days)
{
	int z = days + 719468;
	int era = z / 146097;
	int day_of_era = z - era * 146097;
	int year_of_era =
		(day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int month = (5 * day_of_year + 2) / 153;
	struct civil_date date;
	date.day = day_of_year - (153 * month + 2) / 5 + 1;
	date.month = month < 10 ? month + 3 : month - 9;
	date.year = year_of_era + era * 400 + (date.month <= 2 ? 1 : 0);
	return date;
}

struct civil_date civil_date_of_ms(int64_t ms)
{
	int64_t civil = ms + CIVIL_OFFSET_MS;
	int64_t days = civil / CIVIL_DAY_MS - (civil % CIVIL_DAY_MS < 0 ? 1 : 0);
	return civil_date_of_days((int)days);
}

int64_t civil_date_start_ms(struct civil_date date)
{
	return (int64_t)civil_date_to_days(date) * CIVIL_DAY_MS - CIVIL_OFFSET_MS;
}

int64_t civil_date_end_ms(struct civil_date date)
{
	return civil_date_start_ms(date) + CIVIL_DAY_MS - 1;
}

struct civil_date civil_date_add_days(struct civil_date date, int days)
{
	return civil_date_of_days(civil_date_to_days(date) + days);
}

struct civil_date civil_date_add_months(struct civil_date date, int months)
{
	int count = date.year * 12 + date.month - 1 + months;
	struct civil_date to = {count / 12, count % 12 + 1, date.day};
	to.day = MIN(to.day, days_in_month(to.year, to.month));
	return to;
}

int civil_date_difference(struct civil_date a, struct civil_date b)
{
	return civil_date_to_days(b) - civil_date_to_days(a);
}

int civil_date_compare(struct civil_date a, struct civil_date b)
{
	return civil_date_difference(b, a);
}

int civil_date_weekday(struct civil_date date)
{
	/* 1970-01-01 was a Thursday; the sum keeps the remainder positive back to year 0. */
	return (civil_date_to_days(date) + 719468 + 2) % 7 + 1;
}

bool civil_date_is_weekend(struct civil_date date)
{
	return civil_date_weekday(date) >= 6;
}

const char *civil_date_weekday_name(struct civil_date date)
{
	static const char *const names[] = {"周一", "周二", "周三", "周四", "周五", "周六", "周日"};
	return names[civil_date_weekday(date) - 1];
}

int civil_date_age(struct civil_date birth, struct civil_date on)
{
	int years = on.year - birth.year;
	if (on.month < birth.month || (on.month == birth.month && on.day < birth.day))
		years--;
	return MAX(years, 0);
}

struct civil_time {
	struct civil_date date;
	int hour, minute, second;
};

static struct civil_time civil_time_of_ms(int64_t ms)
{
	struct civil_time time = {.date = civil_date_of_ms(ms)};
	int seconds = (int)((ms - civil_date_start_ms(time.date)) / 1000);
	time.hour = seconds / 3600;
	time.minute = seconds / 60 % 60;
	time.second = seconds % 60;
	return time;
}

char *civil_time_dup_text(int64_t ms)
{
	struct civil_time t = civil_time_of_ms(ms);
	return g_strdup_printf("%04d-%02d-%02d %02d:%02d", t.date.year, t.date.month, t.date.day,
		t.hour, t.minute);
}

char *civil_time_dup_clock(int64_t ms)
{
	struct civil_time t = civil_time_of_ms(ms);
	return g_strdup_printf("%02d:%02d", t.hour, t.minute);
}

char *civil_time_dup_rfc3339(int64_t ms)
{
	struct civil_time t = civil_time_of_ms(ms);
	return g_strdup_printf("%04d-%02d-%02dT%02d:%02d:%02d+08:00", t.date.year, t.date.month,
		t.date.day, t.hour, t.minute, t.second);
}

static bool read_clock(const char **p, int *ret_seconds)
{
	int hour, minute, second;
	if (!read_digits(p, 2, &hour) || !read_char(p, ':') || !read_digits(p, 2, &minute) ||
		!read_char(p, ':') || !read_digits(p, 2, &second))
		return false;
	if (hour > 23 || minute > 59 || second > 60)
		return false;
	*ret_seconds = hour * 3600 + minute * 60 + MIN(second, 59);
	return true;
}

static bool read_fraction(const char **p, int *ret_ms)
{
	*ret_ms = 0;
	if (**p != '.')
		return true;
	(*p)++;
	int digits = 0;
	for (; g_ascii_isdigit(**p) && digits < 9; (*p)++, digits++)
		if (digits < 3)
			*ret_ms = *ret_ms * 10 + (**p - '0');
	for (int i = digits; i < 3; i++)
		*ret_ms *= 10;
	return digits > 0;
}

static bool read_offset(const char **p, int *ret_seconds)
{
	if (**p == 'Z' || **p == 'z') {
		(*p)++;
		*ret_seconds = 0;
		return true;
	}
	int sign = **p == '-' ? -1 : 1;
	int hour, minute;
	if (**p != '+' && **p != '-')
		return false;
	(*p)++;
	if (!read_digits(p, 2, &hour) || !read_char(p, ':') || !read_digits(p, 2, &minute))
		return false;
	*ret_seconds = sign * (hour * 3600 + minute * 60);
	return hour <= 23 && minute <= 59;
}

bool civil_time_from_rfc3339(const char *text, int64_t *ret_ms)
{
	struct civil_date date;
	int seconds, fraction, offset;
	if (text == NULL || !read_date(&text, &date))
		return false;
	if (*text != 'T' && *text != 't' && *text != ' ')
		return false;
	text++;
	if (!read_clock(&text, &seconds) || !read_fraction(&text, &fraction) ||
		!read_offset(&text, &offset) || *text != '\0')
		return false;
	*ret_ms = (int64_t)civil_date_to_days(date) * CIVIL_DAY_MS +
		  ((int64_t)seconds - offset) * 1000 + fraction;
	return true;
}
