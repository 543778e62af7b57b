#include "core/calendar.h"

#include "base/err.h"

struct calendar {
	int first_year; /* 0: no data */
	int last_year;
	GHashTable *off;    /* set of day numbers */
	GHashTable *worked; /* set of day numbers */
	GPtrArray *notices; /* char*, from first_year on */
};

struct calendar *calendar_new(void)
{
	struct calendar *calendar = g_new0(struct calendar, 1);
	calendar->off = g_hash_table_new(NULL, NULL);
	calendar->worked = g_hash_table_new(NULL, NULL);
	calendar->notices = g_ptr_array_new_with_free_func(g_free);
	return calendar;
}

void calendar_free(struct calendar *calendar)
{
	if (calendar == NULL)
		return;
	g_hash_table_unref(calendar->off);
	g_hash_table_unref(calendar->worked);
	g_ptr_array_unref(calendar->notices);
	g_free(calendar);
}

static gpointer key_of(struct civil_date date)
{
	return GINT_TO_POINTER(civil_date_to_days(date));
}

static bool contains(const struct civil_date *dates, size_t count, struct civil_date date)
{
	for (size_t i = 0; i < count; i++)
		if (civil_date_compare(dates[i], date) == 0)
			return true;
	return false;
}

static bool check_dates(
	int year, const struct civil_date *dates, size_t count, const char *what, GError **error)
{
	for (size_t i = 0; i < count; i++)
		if (!civil_date_is_valid(dates[i]) || ABS(dates[i].year - year) > 1)
			return err_set(error, ERR_CODE_INVALID,
				"%d年工作日历的%s里有不存在或不属于这一年的日期", year, what);
	return true;
}

static bool check_worked(const struct calendar_year *year, GError **error)
{
	for (size_t i = 0; i < year->worked_count; i++) {
		char text[CIVIL_DATE_TEXT_SIZE];
		civil_date_to_text(year->worked[i], text);
		if (contains(year->off, year->off_count, year->worked[i]))
			return err_set(error, ERR_CODE_INVALID, "%d年工作日历里 %s 既放假又上班",
				year->year, text);
		if (!civil_date_is_weekend(year->worked[i]))
			return err_set(error, ERR_CODE_INVALID,
				"%d年工作日历里 %s 不是周末，不能算调休上班", year->year, text);
	}
	return true;
}

static bool check_order(const struct calendar *calendar, int year, GError **error)
{
	if (year <= CIVIL_DATE_FIRST_YEAR || year >= CIVIL_DATE_LAST_YEAR)
		return err_set(error, ERR_CODE_INVALID, "工作日历的年份 %d 不对", year);
	if (calendar->first_year != 0 && year != calendar->last_year + 1)
		return err_set(error, ERR_CODE_INVALID,
			"工作日历到%d年为止，下一份应是%d年，不是%d年", calendar->last_year,
			calendar->last_year + 1, year);
	return true;
}

bool calendar_add_year(struct calendar *calendar, const struct calendar_year *year, GError **error)
{
	if (!check_order(calendar, year->year, error) ||
		!check_dates(year->year, year->off, year->off_count, "放假", error) ||
		!check_dates(year->year, year->worked, year->worked_count, "上班", error) ||
		!check_worked(year, error))
		return false;
	for (size_t i = 0; i < year->off_count; i++)
		g_hash_table_add(calendar->off, key_of(year->off[i]));
	for (size_t i = 0; i < year->worked_count; i++)
		g_hash_table_add(calendar->worked, key_of(year->worked[i]));
	g_ptr_array_add(calendar->notices, g_strdup(year->notice == NULL ? "" : year->notice));
	if (calendar->first_year == 0)
		calendar->first_year = year->year;
	calendar->last_year = year->year;
	return true;
}

bool calendar_range(
	const struct calendar *calendar, struct civil_date *ret_first, struct civil_date *ret_last)
{
	if (calendar->first_year == 0)
		return false;
	*ret_first = (struct civil_date){calendar->first_year, 1, 1};
	*ret_last = (struct civil_date){calendar->last_year, 12, 31};
	return true;
}

bool calendar_covers(const struct calendar *calendar, struct civil_date date)
{
	return calendar->first_year != 0 && date.year >= calendar->first_year &&
	       date.year <= calendar->last_year;
}

const char *calendar_notice(const struct calendar *calendar, struct civil_date date)
{
	if (!calendar_covers(calendar, date))
		return NULL;
	return g_ptr_array_index(calendar->notices, date.year - calendar->first_year);
}

enum calendar_day calendar_day_of(const struct calendar *calendar, struct civil_date date)
{
	if (!calendar_covers(calendar, date))
		return CALENDAR_DAY_UNKNOWN;
	if (g_hash_table_contains(calendar->worked, key_of(date)))
		return CALENDAR_DAY_MADE_UP;
	if (g_hash_table_contains(calendar->off, key_of(date)))
		return CALENDAR_DAY_HOLIDAY;
	return civil_date_is_weekend(date) ? CALENDAR_DAY_WEEKEND : CALENDAR_DAY_WORKING;
}

bool calendar_is_working_day(const struct calendar *calendar, struct civil_date date)
{
	enum calendar_day day = calendar_day_of(calendar, date);
	return day == CALENDAR_DAY_WORKING || day == CALENDAR_DAY_MADE_UP;
}

bool calendar_set_end_error(const struct calendar *calendar, struct civil_date date, GError **error)
{
	if (calendar->first_year == 0)
		return err_set(error, ERR_CODE_CALENDAR_END, "没有工作日历");
	if (date.year < calendar->first_year)
		return err_set(error, ERR_CODE_CALENDAR_END,
			"日期早于工作日历，工作日历从%d-01-01开始", calendar->first_year);
	return err_set(error, ERR_CODE_CALENDAR_END, "日期超出工作日历，工作日历到%d-12-31为止",
		calendar->last_year);
}

bool calendar_add(const struct calendar *calendar, struct civil_date date, int n,
	struct civil_date *ret_date, GError **error)
{
	if (n < 0)
		return err_set(error, ERR_CODE_INVALID, "工作日数不能小于0");
	if (!calendar_covers(calendar, date))
		return calendar_set_end_error(calendar, date, error);
	while (n > 0) {
		date = civil_date_add_days(date, 1);
		if (!calendar_covers(calendar, date))
			return calendar_set_end_error(calendar, date, error);
		if (calendar_is_working_day(calendar, date))
			n--;
	}
	*ret_date = date;
	return true;
}

bool calendar_between(const struct calendar *calendar, struct civil_date a, struct civil_date b,
	int *ret_days, GError **error)
{
	bool backward = civil_date_compare(a, b) > 0;
	struct civil_date from = backward ? b : a;
	struct civil_date to = backward ? a : b;
	if (!calendar_covers(calendar, from))
		return calendar_set_end_error(calendar, from, error);
	if (!calendar_covers(calendar, to))
		return calendar_set_end_error(calendar, to, error);
	int days = 0;
	while (civil_date_compare(from, to) < 0) {
		from = civil_date_add_days(from, 1);
		days += calendar_is_working_day(calendar, from) ? 1 : 0;
	}
	*ret_days = backward ? -days : days;
	return true;
}
