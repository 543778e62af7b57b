#include "core/calendar.h"

#include <string.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include "base/err.h"
#include "base/json.h"

static struct civil_date day(const char *text)
{
	struct civil_date date;
	if (!civil_date_from_text(text, &date))
		fail_msg("%s", text);
	return date;
}

static GArray *read_days(const json_t *days)
{
	GArray *out = g_array_new(FALSE, FALSE, sizeof(struct civil_date));
	for (size_t i = 0; i < json_array_size(days); i++) {
		struct civil_date date = day(json_string_value(json_array_get(days, i)));
		g_array_append_val(out, date);
	}
	return out;
}

/* Adds a shipped file as it stands. */
static void add_file(struct calendar *calendar, const char *path)
{
	g_autoptr(json_t) json = json_read_file(path, NULL);
	assert_non_null(json);
	g_autoptr(GArray) off = read_days(json_object_get(json, "off"));
	g_autoptr(GArray) worked = read_days(json_object_get(json, "worked"));
	struct calendar_year year = {
		.year = (int)json_integer_or(json, "year", 0),
		.notice = json_text(json, "notice", ""),
		.off = (const struct civil_date *)off->data,
		.off_count = off->len,
		.worked = (const struct civil_date *)worked->data,
		.worked_count = worked->len,
	};
	assert_true(calendar_add_year(calendar, &year, NULL));
}

static int set_up(void **state)
{
	struct calendar *calendar = calendar_new();
	add_file(calendar, "data/calendars/2025.json");
	add_file(calendar, "data/calendars/2026.json");
	*state = calendar;
	return 0;
}

static int tear_down(void **state)
{
	calendar_free(*state);
	return 0;
}

static void add_counts_from_the_next_working_day(void **state)
{
	static const struct {
		const char *from;
		int n;
		const char *to;
	} rows[] = {
		{"2026-02-13", 1, "2026-02-14"}, /* a Saturday worked */
		{"2026-02-14", 1, "2026-02-24"}, /* past the Spring Festival */
		{"2026-02-15", 1, "2026-02-24"}, /* from a day off */
		{"2026-02-13", 0, "2026-02-13"},
		{"2026-02-15", 0, "2026-02-15"},
		{"2026-02-27", 1, "2026-02-28"}, /* a Saturday worked */
		{"2026-02-28", 1, "2026-03-02"},
		{"2026-01-01", 1, "2026-01-04"}, /* a Sunday worked */
		{"2025-12-31", 1, "2026-01-04"}, /* over the year's end */
		{"2025-01-24", 1, "2025-01-26"},
		{"2025-01-27", 1, "2025-02-05"},
		{"2025-02-07", 1, "2025-02-08"},
		{"2025-04-03", 1, "2025-04-07"},
		{"2025-04-26", 1, "2025-04-27"},
		{"2025-04-30", 1, "2025-05-06"},
		{"2025-05-30", 1, "2025-06-03"},
		{"2025-09-27", 1, "2025-09-28"},
		{"2025-09-30", 1, "2025-10-09"},
		{"2025-10-10", 1, "2025-10-11"},
		{"2025-10-11", 1, "2025-10-13"},
		{"2026-04-03", 1, "2026-04-07"},
		{"2026-04-30", 1, "2026-05-06"},
		{"2026-05-08", 1, "2026-05-09"},
		{"2026-06-18", 1, "2026-06-22"},
		{"2026-09-18", 1, "2026-09-20"},
		{"2026-09-24", 1, "2026-09-28"},
		{"2026-09-30", 1, "2026-10-08"},
		{"2026-10-09", 1, "2026-10-10"},
		{"2026-11-20", 20, "2026-12-18"},
		{"2026-12-30", 1, "2026-12-31"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct civil_date to;
		assert_true(calendar_add(*state, day(rows[i].from), rows[i].n, &to, NULL));
		char text[CIVIL_DATE_TEXT_SIZE];
		civil_date_to_text(to, text);
		if (strcmp(text, rows[i].to) != 0)
			fail_msg("%s + %d = %s, not %s", rows[i].from, rows[i].n, text, rows[i].to);
	}
}

static void the_vectors_hold(void **state)
{
	g_autoptr(json_t) rows = json_read_file("data/vectors/calendar.json", NULL);
	assert_true(json_array_size(rows) > 1000);
	for (size_t i = 0; i < json_array_size(rows); i++) {
		const json_t *row = json_array_get(rows, i);
		const char *from = json_text(row, "from", NULL);
		const char *expected = json_text(row, "to", "beyond the data");
		char text[CIVIL_DATE_TEXT_SIZE + 8] = "beyond the data";
		struct civil_date to;
		if (calendar_add(*state, day(from), (int)json_integer_or(row, "n", -1), &to, NULL))
			civil_date_to_text(to, text);
		if (strcmp(text, expected) != 0)
			fail_msg("%s: %s, not %s", from, text, expected);
	}
}

static void beyond_the_data_is_an_error_that_says_until_when(void **state)
{
	struct civil_date to = {1, 2, 3};
	g_autoptr(GError) late = NULL;
	assert_false(calendar_add(*state, day("2026-12-31"), 1, &to, &late));
	assert_true(err_is(late, ERR_CODE_CALENDAR_END));
	assert_non_null(strstr(late->message, "2026-12-31"));
	assert_int_equal(to.year, 1);
	g_autoptr(GError) far = NULL;
	assert_false(calendar_add(*state, day("2030-05-01"), 0, &to, &far));
	assert_true(err_is(far, ERR_CODE_CALENDAR_END));
	g_autoptr(GError) early = NULL;
	assert_false(calendar_add(*state, day("2024-12-31"), 1, &to, &early));
	assert_true(err_is(early, ERR_CODE_CALENDAR_END));
	assert_non_null(strstr(early->message, "2025-01-01"));
	g_autoptr(GError) negative = NULL;
	assert_false(calendar_add(*state, day("2026-01-05"), -1, &to, &negative));
	assert_true(err_is(negative, ERR_CODE_INVALID));
	g_autoptr(calendar) empty = calendar_new();
	g_autoptr(GError) none = NULL;
	assert_false(calendar_add(empty, day("2026-01-05"), 1, &to, &none));
	assert_true(err_is(none, ERR_CODE_CALENDAR_END));
	int days;
	g_autoptr(GError) between = NULL;
	assert_false(
		calendar_between(*state, day("2026-12-01"), day("2027-01-04"), &days, &between));
	assert_true(err_is(between, ERR_CODE_CALENDAR_END));
	assert_false(calendar_between(*state, day("2024-12-01"), day("2025-01-04"), &days, NULL));
}

static void between_undoes_add(void **state)
{
	struct civil_date from = day("2025-11-01");
	for (int i = 0; i < 200; i++, from = civil_date_add_days(from, 1)) {
		for (int n = 1; n < 40; n += 7) {
			struct civil_date to;
			int days;
			assert_true(calendar_add(*state, from, n, &to, NULL));
			assert_true(calendar_is_working_day(*state, to));
			assert_true(calendar_between(*state, from, to, &days, NULL));
			assert_int_equal(days, n);
			assert_true(calendar_between(*state, to, from, &days, NULL));
			assert_int_equal(days, -n);
		}
	}
}

static void years_have_as_many_working_days_as_the_law_leaves(void **state)
{
	int days;
	assert_true(calendar_between(*state, day("2025-01-01"), day("2025-12-31"), &days, NULL));
	assert_int_equal(days, 248);
	assert_true(calendar_between(*state, day("2026-01-01"), day("2026-12-31"), &days, NULL));
	assert_int_equal(days, 248);
}

static void a_day_is_told_by_its_kind(void **state)
{
	static const struct {
		const char *date;
		enum calendar_day kind;
	} rows[] = {
		{"2026-02-13", CALENDAR_DAY_WORKING},
		{"2026-02-14", CALENDAR_DAY_MADE_UP},
		{"2026-02-15", CALENDAR_DAY_HOLIDAY},
		{"2026-11-21", CALENDAR_DAY_WEEKEND},
		{"2027-01-01", CALENDAR_DAY_UNKNOWN},
		{"2024-12-31", CALENDAR_DAY_UNKNOWN},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		assert_int_equal(calendar_day_of(*state, day(rows[i].date)), rows[i].kind);
	assert_string_equal(calendar_notice(*state, day("2026-05-01")), "国办发明电〔2025〕7号");
	assert_string_equal(calendar_notice(*state, day("2025-05-01")), "国办发明电〔2024〕12号");
	assert_null(calendar_notice(*state, day("2027-05-01")));
	struct civil_date first, last;
	assert_true(calendar_range(*state, &first, &last));
	assert_int_equal(civil_date_compare(first, day("2025-01-01")), 0);
	assert_int_equal(civil_date_compare(last, day("2026-12-31")), 0);
	g_autoptr(calendar) empty = calendar_new();
	assert_false(calendar_range(empty, &first, &last));
}

static void faulty_years_are_refused(void **state)
{
	const struct civil_date saturday = {2027, 1, 2}, monday = {2027, 1, 4};
	const struct civil_date nowhere = {2027, 2, 30}, elsewhere = {2029, 1, 1};
	const struct calendar_year rows[] = {
		{.year = 2028},
		{.year = 2026},
		{.year = 2027, .worked = &monday, .worked_count = 1},
		{.year = 2027, .off = &nowhere, .off_count = 1},
		{.year = 2027, .worked = &elsewhere, .worked_count = 1},
		{.year = 2027,
			.off = &saturday,
			.off_count = 1,
			.worked = &saturday,
			.worked_count = 1},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;
		assert_false(calendar_add_year(*state, &rows[i], &error));
		assert_true(err_is(error, ERR_CODE_INVALID));
		assert_false(calendar_covers(*state, monday));
	}
	struct calendar_year good = {.year = 2027, .worked = &saturday, .worked_count = 1};
	assert_true(calendar_add_year(*state, &good, NULL));
	assert_int_equal(calendar_day_of(*state, saturday), CALENDAR_DAY_MADE_UP);
	g_autoptr(calendar) empty = calendar_new();
	assert_false(calendar_add_year(empty, &(struct calendar_year){.year = 0}, NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			add_counts_from_the_next_working_day, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_vectors_hold, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			beyond_the_data_is_an_error_that_says_until_when, set_up, tear_down),
		cmocka_unit_test_setup_teardown(between_undoes_add, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			years_have_as_many_working_days_as_the_law_leaves, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_day_is_told_by_its_kind, set_up, tear_down),
		cmocka_unit_test_setup_teardown(faulty_years_are_refused, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
