#include "core/limit.h"

#include <string.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

/* The Spring Festival and the end of 2026 as the notice has them; the rest of the year plain. */
static int set_up(void **state)
{
	GArray *off = g_array_new(FALSE, FALSE, sizeof(struct civil_date));
	for (int i = 15; i <= 23; i++) {
		struct civil_date date = {2026, 2, i};
		g_array_append_val(off, date);
	}
	const struct civil_date worked[] = {{2026, 2, 14}, {2026, 2, 28}};
	struct calendar_year year = {2026, "国办发明电〔2025〕7号",
		(const struct civil_date *)off->data, off->len, worked, 2};
	*state = calendar_new();
	assert_true(calendar_add_year(*state, &year, NULL));
	g_array_unref(off);
	return 0;
}

static int tear_down(void **state)
{
	calendar_free(*state);
	return 0;
}

/* "2026-02-12 16:20" */
static int64_t at(const char *text)
{
	if (text == NULL)
		return 0;
	g_autofree char *full = g_strdup_printf("%.10sT%s:00+08:00", text, text + 11);
	int64_t ms;
	if (!civil_time_from_rfc3339(full, &ms))
		fail_msg("%s", text);
	return ms;
}

#define WORK LIMIT_UNIT_WORKING_DAY
#define DAYS LIMIT_UNIT_CALENDAR_DAY
#define MONTHS LIMIT_UNIT_MONTH
#define HOURS LIMIT_UNIT_HOUR

struct row {
	int number;
	enum limit_unit unit;
	int extension;
	const char *start;
	const char *pauses[4]; /* from, to, from, to; to "" not resumed */
	const char *due;
};

static const struct row rows[] = {
	/* Working days count from the next one; Saturday 02-14 is worked, 02-15 to 02-23 is off. */
	{1, WORK, 0, "2026-02-12 16:20", {NULL}, "2026-02-13"},
	{2, WORK, 0, "2026-02-12 16:20", {NULL}, "2026-02-14"},
	{3, WORK, 0, "2026-02-12 16:20", {NULL}, "2026-02-24"},
	{5, WORK, 0, "2026-02-12 00:00", {NULL}, "2026-02-26"},
	{1, WORK, 0, "2026-02-18 12:00", {NULL}, "2026-02-24"},
	{20, WORK, 10, "2026-03-02 09:00", {NULL}, "2026-04-13"},
	/* Decided on the spot, also on a day off. */
	{0, WORK, 0, "2026-03-02 09:00", {NULL}, "2026-03-02"},
	{0, WORK, 0, "2026-03-01 09:00", {NULL}, "2026-03-01"},
	/* Pauses add their real length. */
	{5, WORK, 0, "2026-03-02 09:00", {NULL}, "2026-03-09"},
	{5, WORK, 0, "2026-03-02 09:00", {"2026-03-03 10:00", "2026-03-05 10:00"}, "2026-03-11"},
	{5, WORK, 0, "2026-03-02 09:00", {"2026-03-03 10:00", "2026-03-03 18:00"}, "2026-03-09"},
	{5, WORK, 0, "2026-03-02 09:00", {"2026-03-06 10:00", "2026-03-08 10:00"}, "2026-03-09"},
	{5, WORK, 0, "2026-03-02 09:00",
		{"2026-03-03 10:00", "2026-03-04 10:00", "2026-03-06 10:00", "2026-03-10 10:00"},
		"2026-03-12"},
	/* A pause from the last day on leaves the day of resumption. */
	{5, WORK, 0, "2026-03-02 09:00", {"2026-03-09 10:00", "2026-03-12 10:00"}, "2026-03-12"},
	{5, WORK, 0, "2026-03-02 09:00", {"2026-03-09 10:00", "2026-03-14 10:00"}, "2026-03-16"},
	/* A pause after the end changes nothing; one before the start neither. */
	{5, WORK, 0, "2026-03-02 09:00", {"2026-03-10 10:00", "2026-03-14 10:00"}, "2026-03-09"},
	{5, WORK, 0, "2026-03-02 09:00", {"2026-02-02 10:00", "2026-02-20 10:00"}, "2026-03-09"},
	/* Not resumed. */
	{5, WORK, 0, "2026-03-02 09:00", {"2026-03-03 10:00", ""}, "中止中"},
	{5, WORK, 0, "2026-03-02 09:00", {"2026-03-10 10:00", ""}, "2026-03-09"},
	/* Beyond the data. */
	{30, WORK, 0, "2026-12-25 09:00", {NULL}, "自2026-12-25起30工作日，日期待定"},
	{1, WORK, 0, "2027-03-01 09:00", {NULL}, "自2027-03-01起1工作日，日期待定"},
	{4, WORK, 0, "2026-12-25 09:00", {NULL}, "2026-12-31"},
	/* Calendar days and months ask no calendar. */
	{30, DAYS, 0, "2026-02-12 09:00", {NULL}, "2026-03-14"},
	{30, DAYS, 0, "2026-12-12 09:00", {NULL}, "2027-01-11"},
	{30, DAYS, 0, "2026-02-12 09:00", {"2026-02-20 10:00", "2026-02-25 10:00"}, "2026-03-19"},
	{1, MONTHS, 0, "2026-01-31 09:00", {NULL}, "2026-02-28"},
	{3, MONTHS, 0, "2026-11-30 09:00", {NULL}, "2027-02-28"},
	{1, MONTHS, 1, "2026-01-31 09:00", {NULL}, "2026-03-31"},
	{1, MONTHS, 0, "2026-01-31 09:00", {"2026-02-03 10:00", "2026-02-05 10:00"}, "2026-03-02"},
	/* Hours run on the clock. */
	{4, HOURS, 0, "2026-02-14 16:20", {NULL}, "2026-02-14 20:20"},
	{24, HOURS, 0, "2026-02-14 16:20", {NULL}, "2026-02-15 16:20"},
	{4, HOURS, 0, "2026-02-14 10:00", {"2026-02-14 11:00", "2026-02-14 13:30"},
		"2026-02-14 16:30"},
	{4, HOURS, 0, "2026-02-14 10:00", {"2026-02-14 11:00", ""}, "中止中"},
	{4, HOURS, 0, "2026-02-14 10:00", {"2026-02-14 15:00", "2026-02-14 16:00"},
		"2026-02-14 14:00"},
};

static struct limit_input input_of(const struct row *row, struct limit_pause pauses[2])
{
	struct limit_input input = {
		.rule = {.present = true, .number = row->number, .unit = row->unit},
		.start_ms = at(row->start),
		.extension = row->extension,
		.pauses = pauses,
	};
	for (size_t i = 0; i < 4 && row->pauses[i] != NULL; i += 2)
		pauses[input.pause_count++] = (struct limit_pause){at(row->pauses[i]),
			*row->pauses[i + 1] == '\0' ? 0 : at(row->pauses[i + 1]),
			LIMIT_EXCLUSION_HEARING};
	return input;
}

static void the_due_date_follows_from_rule_start_and_pauses(void **state)
{
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct limit_pause pauses[2];
		struct limit_input input = input_of(&rows[i], pauses);
		struct limit_due due = limit_compute(&input, *state);
		g_autofree char *text = limit_due_text(&due);
		if (strcmp(text, rows[i].due) != 0)
			fail_msg(
				"row %zu from %s: %s, not %s", i, rows[i].start, text, rows[i].due);
	}
}

static void the_ledger_ends_with_the_same_date(void **state)
{
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct limit_pause pauses[2];
		struct limit_input input = input_of(&rows[i], pauses);
		struct limit_due due = limit_compute(&input, *state);
		g_autoptr(GPtrArray) lines = limit_ledger(&input, *state);
		const char *last = g_ptr_array_index(lines, lines->len - 1);
		g_autofree char *text = limit_due_text(&due);
		if (due.kind == LIMIT_DUE_DATE || due.kind == LIMIT_DUE_HOUR)
			assert_true(g_str_has_prefix(last, text));
		if (due.kind == LIMIT_DUE_OPEN)
			assert_non_null(strstr(last, "日期待定"));
		if (due.kind == LIMIT_DUE_PAUSED)
			assert_non_null(strstr(last, "中止"));
	}
}

static void the_ledger_explains_day_by_day(void **state)
{
	static const char *const expected[] = {
		"2026-02-12 16:20 周四 开始，次日起算，时限5工作日，另延长1",
		"02-13 周五 第1日",
		"02-14 周六 调休上班 第2日",
		"02-15至02-23 放假9天，不计",
		"02-24 周二 第3日",
		"02-25至02-26 听证，中止2天，不计",
		"02-27 周五 第4日",
		"02-28 周六 调休上班 第5日",
		"03-01 周日 周末1天，不计",
		"03-02 周一 第6日",
		"2026-03-02 周一 到期，当天24时前有效",
	};
	struct limit_pause pauses[2];
	const struct row row = {
		5, WORK, 1, "2026-02-12 16:20", {"2026-02-24 10:00", "2026-02-26 10:00"}, ""};
	struct limit_input input = input_of(&row, pauses);
	g_autoptr(GPtrArray) lines = limit_ledger(&input, *state);
	assert_int_equal(lines->len, G_N_ELEMENTS(expected));
	for (guint i = 0; i < lines->len; i++)
		assert_string_equal(g_ptr_array_index(lines, i), expected[i]);
}

static void the_ledger_says_where_the_calendar_ends(void **state)
{
	struct limit_pause pauses[2];
	struct limit_input input =
		input_of(&(struct row){30, WORK, 0, "2026-12-29 16:20", {NULL}, ""}, pauses);
	g_autoptr(GPtrArray) lines = limit_ledger(&input, *state);
	assert_string_equal(g_ptr_array_index(lines, lines->len - 1),
		"工作日历到2026-12-31为止，已计2日，2027-01-01起日期待定");
	g_autoptr(calendar) empty = calendar_new();
	g_autoptr(GPtrArray) none = limit_ledger(&input, empty);
	assert_string_equal(g_ptr_array_index(none, none->len - 1), "没有工作日历，日期待定");
	input.rule.present = false;
	g_autoptr(GPtrArray) nothing = limit_ledger(&input, *state);
	assert_int_equal(nothing->len, 0);
}

static void what_is_left_is_said_in_the_limits_own_days(void **state)
{
	static const struct {
		int number;
		enum limit_unit unit;
		const char *start;
		const char *now;
		const char *words;
		enum limit_light light;
	} looks[] = {
		{5, WORK, "2026-02-12 09:00", "2026-02-12 10:00", "剩5工作日", LIMIT_LIGHT_CALM},
		{5, WORK, "2026-02-12 09:00", "2026-02-20 10:00", "剩3工作日", LIMIT_LIGHT_CALM},
		{5, WORK, "2026-02-12 09:00", "2026-02-24 10:00", "剩2工作日", LIMIT_LIGHT_SOON},
		{5, WORK, "2026-02-12 09:00", "2026-02-26 23:59", "今天到期", LIMIT_LIGHT_TODAY},
		{5, WORK, "2026-02-12 09:00", "2026-02-27 00:00", "超1工作日", LIMIT_LIGHT_OVERDUE},
		{5, WORK, "2026-03-06 09:00", "2026-03-14 00:00", "已超期", LIMIT_LIGHT_OVERDUE},
		{5, WORK, "2026-03-06 09:00", "2026-03-16 00:00", "超1工作日", LIMIT_LIGHT_OVERDUE},
		{5, WORK, "2026-03-06 09:00", "2027-03-16 00:00", "已超期", LIMIT_LIGHT_OVERDUE},
		{30, WORK, "2026-12-25 09:00", "2026-12-26 00:00", "日期待定", LIMIT_LIGHT_CALM},
		{30, DAYS, "2026-02-12 09:00", "2026-02-13 00:00", "剩29日", LIMIT_LIGHT_CALM},
		{30, DAYS, "2026-02-12 09:00", "2026-03-16 00:00", "超2日", LIMIT_LIGHT_OVERDUE},
		{1, MONTHS, "2026-02-12 09:00", "2026-03-11 00:00", "剩1日", LIMIT_LIGHT_SOON},
		{24, HOURS, "2026-02-12 09:00", "2026-02-12 10:00", "剩23小时", LIMIT_LIGHT_CALM},
		{24, HOURS, "2026-02-12 09:00", "2026-02-13 06:00", "剩3小时", LIMIT_LIGHT_SOON},
		{24, HOURS, "2026-02-12 09:00", "2026-02-13 08:30", "剩不足1小时",
			LIMIT_LIGHT_SOON},
		{24, HOURS, "2026-02-12 09:00", "2026-02-13 11:30", "超2小时", LIMIT_LIGHT_OVERDUE},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(looks); i++) {
		struct limit_input input = {
			.rule = {.present = true, .number = looks[i].number, .unit = looks[i].unit},
			.start_ms = at(looks[i].start)};
		struct limit_due due = limit_compute(&input, *state);
		g_autofree char *words = NULL;
		enum limit_light light = limit_look(&due, *state, at(looks[i].now), &words);
		if (strcmp(words, looks[i].words) != 0 || light != looks[i].light)
			fail_msg("row %zu: %s (%d)", i, words, light);
	}
	struct limit_input none = {.rule = {.present = false}, .start_ms = 1};
	struct limit_due due = limit_compute(&none, *state);
	g_autofree char *words = NULL;
	assert_int_equal(limit_look(&due, *state, 1, &words), LIMIT_LIGHT_NONE);
	assert_string_equal(words, "");
	none.rule.present = true;
	none.start_ms = 0;
	assert_int_equal(limit_compute(&none, *state).kind, LIMIT_DUE_NONE);
}

static void the_law_binds_licences(void **state)
{
	int number, extension;
	assert_true(limit_statutory(NATURE_LICENCE, false, &number, &extension));
	assert_int_equal(number, 20);
	assert_int_equal(extension, 10);
	assert_true(limit_statutory(NATURE_LICENCE, true, &number, &extension));
	assert_int_equal(number, 45);
	assert_int_equal(extension, 15);
	assert_false(limit_statutory(NATURE_BENEFIT, true, &number, &extension));
	assert_int_equal(number + extension, 0);
}

static void a_promise_is_not_longer_than_the_law(void **state)
{
	static const struct {
		int promised;
		enum limit_unit promised_unit;
		int statutory;
		enum limit_unit statutory_unit;
		bool fits;
	} promises[] = {
		{10, WORK, 20, WORK, true},
		{20, WORK, 20, WORK, true},
		{21, WORK, 20, WORK, false},
		{10, WORK, 1, MONTHS, true},
		{90, DAYS, 1, MONTHS, false},
		{24, HOURS, 1, WORK, true},
		{30, DAYS, 20, WORK, true},
		{2, MONTHS, 20, WORK, false},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(promises); i++) {
		struct limit_rule promised = {
			true, promises[i].promised, promises[i].promised_unit, NULL};
		struct limit_rule statutory = {
			true, promises[i].statutory, promises[i].statutory_unit, NULL};
		assert_int_equal(limit_promise_fits(&promised, &statutory), promises[i].fits);
	}
	struct limit_rule absent = {false, 0, WORK, NULL}, present = {true, 99, WORK, NULL};
	assert_true(limit_promise_fits(&present, &absent));
}

static void exclusions_have_words_both_ways(void **state)
{
	int eight = 0;
	for (int i = 0; i < LIMIT_EXCLUSION_COUNT; i++) {
		enum limit_exclusion exclusion = (enum limit_exclusion)i;
		assert_int_equal(limit_exclusion_from_name(limit_exclusion_word(exclusion)), i);
		assert_int_equal(limit_exclusion_from_name(limit_exclusion_name(exclusion)), i);
		eight += limit_exclusion_is_article_45(exclusion) ? 1 : 0;
	}
	assert_int_equal(eight, 8);
	assert_int_equal(limit_exclusion_from_name("现场勘查"), LIMIT_EXCLUSION_COUNT);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(the_due_date_follows_from_rule_start_and_pauses),
		CASE(the_ledger_ends_with_the_same_date),
		CASE(the_ledger_explains_day_by_day),
		CASE(the_ledger_says_where_the_calendar_ends),
		CASE(what_is_left_is_said_in_the_limits_own_days),
		CASE(the_law_binds_licences),
		CASE(a_promise_is_not_longer_than_the_law),
		CASE(exclusions_have_words_both_ways),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
