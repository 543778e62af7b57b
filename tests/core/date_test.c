#include "core/date.h"

#include <string.h>
#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static struct civil_date day(const char *text)
{
	struct civil_date date;
	assert_true(civil_date_from_text(text, &date));
	return date;
}

static void date_from_text_accepts_only_days_that_exist(void **state)
{
	static const struct {
		const char *text;
		bool valid;
	} rows[] = {
		{"2026-11-21", true},
		{"2024-02-29", true},
		{"2000-02-29", true},
		{"1800-01-01", true},
		{"2999-12-31", true},
		{"2026-02-29", false},
		{"1900-02-29", false},
		{"2026-04-31", false},
		{"2026-00-01", false},
		{"2026-13-01", false},
		{"2026-01-00", false},
		{"1799-12-31", false},
		{"3000-01-01", false},
		{"2026-1-1", false},
		{"2026-11-21 ", false},
		{" 2026-11-21", false},
		{"2026/11/21", false},
		{"20261121", false},
		{"", false},
		{"2026-11-", false},
		{"+026-11-21", false},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct civil_date date;
		if (civil_date_from_text(rows[i].text, &date) != rows[i].valid)
			fail_msg("%s", rows[i].text);
		if (!rows[i].valid)
			continue;
		char text[CIVIL_DATE_TEXT_SIZE];
		civil_date_to_text(date, text);
		assert_string_equal(text, rows[i].text);
	}
	assert_false(civil_date_from_text(NULL, &(struct civil_date){0}));
}

static void every_day_from_1800_to_2999_follows_the_one_before(void **state)
{
	struct civil_date date = {1800, 1, 1};
	int days = civil_date_to_days(date);
	int weekday = civil_date_weekday(date);
	assert_int_equal(weekday, 3); /* a Wednesday */
	for (; date.year < 3000; days++) {
		assert_true(civil_date_is_valid(date));
		assert_int_equal(civil_date_to_days(date), days);
		assert_int_equal(civil_date_weekday(date), weekday);
		weekday = weekday % 7 + 1;
		struct civil_date next = civil_date_add_days(date, 1);
		assert_true(civil_date_compare(date, next) < 0);
		date = next;
	}
	assert_int_equal(civil_date_to_days((struct civil_date){1970, 1, 1}), 0);
	assert_int_equal(civil_date_to_days((struct civil_date){2000, 3, 1}), 11017);
}

static void an_instant_belongs_to_its_day_at_utc_plus_8(void **state)
{
	/* 2026-11-20T16:00:00Z is midnight here. */
	int64_t midnight = 1795190400000 + (int64_t)0;
	struct civil_date date = civil_date_of_ms(midnight);
	assert_int_equal(civil_date_start_ms(date), midnight);
	assert_string_equal(civil_date_weekday_name(day("2026-11-21")), "周六");
	int64_t start = civil_date_start_ms(day("2026-11-21"));
	assert_int_equal(civil_date_compare(civil_date_of_ms(start), day("2026-11-21")), 0);
	assert_int_equal(civil_date_compare(civil_date_of_ms(start - 1), day("2026-11-20")), 0);
	assert_int_equal(civil_date_compare(civil_date_of_ms(civil_date_end_ms(day("2026-11-21"))),
				 day("2026-11-21")),
		0);
	assert_int_equal(
		civil_date_end_ms(day("2026-11-21")) + 1, civil_date_start_ms(day("2026-11-22")));
	assert_int_equal(civil_date_compare(civil_date_of_ms(-28800001), day("1969-12-31")), 0);
	assert_int_equal(civil_date_compare(civil_date_of_ms(-28800000), day("1970-01-01")), 0);
}

static void adding_months_stops_at_the_end_of_a_month(void **state)
{
	static const struct {
		const char *from;
		int months;
		const char *to;
	} rows[] = {
		{"2026-01-31", 1, "2026-02-28"},
		{"2024-01-31", 1, "2024-02-29"},
		{"2026-11-21", 2, "2027-01-21"},
		{"2026-12-31", 2, "2027-02-28"},
		{"2026-03-31", -1, "2026-02-28"},
		{"2026-01-15", -1, "2025-12-15"},
		{"2026-05-31", 0, "2026-05-31"},
		{"2026-10-31", 120, "2036-10-31"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		char text[CIVIL_DATE_TEXT_SIZE];
		civil_date_to_text(civil_date_add_months(day(rows[i].from), rows[i].months), text);
		assert_string_equal(text, rows[i].to);
	}
}

static void age_turns_on_the_birthday(void **state)
{
	assert_int_equal(civil_date_age(day("2012-11-21"), day("2026-11-20")), 13);
	assert_int_equal(civil_date_age(day("2012-11-21"), day("2026-11-21")), 14);
	assert_int_equal(civil_date_age(day("2024-02-29"), day("2025-02-28")), 0);
	assert_int_equal(civil_date_age(day("2024-02-29"), day("2025-03-01")), 1);
	assert_int_equal(civil_date_age(day("2030-01-01"), day("2026-11-21")), 0);
}

static void rfc3339_is_read_with_any_offset(void **state)
{
	static const struct {
		const char *text;
		bool valid;
		int64_t ms;
	} rows[] = {
		{"1970-01-01T00:00:00Z", true, 0},
		{"1970-01-01T08:00:00+08:00", true, 0},
		{"1970-01-01t00:00:00.5z", true, 500},
		{"1970-01-01 00:00:00.123456789Z", true, 123},
		{"1969-12-31T23:59:59-00:30", true, 1799000},
		{"2016-12-31T23:59:60Z", true, 1483228799000},
		{"1970-01-01T00:00:00", false, 0},
		{"1970-01-01T24:00:00Z", false, 0},
		{"1970-01-01T00:60:00Z", false, 0},
		{"1970-01-01T00:00:00.Z", false, 0},
		{"1970-01-02T23:59:59+23:59", true, 86399000 + 60000},
		{"1970-01-01T00:00:00+23:60", false, 0},
		{"1970-01-01T00:00:00+08", false, 0},
		{"1970-01-01T00:00:00+24:00", false, 0},
		{"1970-01-01T00:00:00Zx", false, 0},
		{"1970-02-30T00:00:00Z", false, 0},
		{"1970-01-01", false, 0},
		{"", false, 0},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		int64_t ms = -1;
		if (civil_time_from_rfc3339(rows[i].text, &ms) != rows[i].valid)
			fail_msg("%s", rows[i].text);
		if (rows[i].valid)
			assert_int_equal(ms, rows[i].ms);
	}
	g_autofree char *text = civil_time_dup_rfc3339(0);
	assert_string_equal(text, "1970-01-01T08:00:00+08:00");
}

static void dates_and_times_in_words(void **state)
{
	g_autofree char *longer = civil_date_dup_long(day("2026-01-02"));
	g_autofree char *shorter = civil_date_dup_short(day("2026-01-02"));
	int64_t ms = civil_date_start_ms(day("2026-11-20")) + (14 * 60 + 32) * 60000;
	g_autofree char *time = civil_time_dup_text(ms);
	g_autofree char *clock = civil_time_dup_clock(ms);
	assert_string_equal(longer, "2026年1月2日");
	assert_string_equal(shorter, "01-02");
	assert_string_equal(time, "2026-11-20 14:32");
	assert_string_equal(clock, "14:32");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(date_from_text_accepts_only_days_that_exist),
		cmocka_unit_test(every_day_from_1800_to_2999_follows_the_one_before),
		cmocka_unit_test(an_instant_belongs_to_its_day_at_utc_plus_8),
		cmocka_unit_test(adding_months_stops_at_the_end_of_a_month),
		cmocka_unit_test(age_turns_on_the_birthday),
		cmocka_unit_test(rfc3339_is_read_with_any_offset),
		cmocka_unit_test(dates_and_times_in_words),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
