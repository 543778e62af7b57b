#include "core/limit_walk.h"

#include "core/words.h"

enum run_kind {
	RUN_KIND_NONE,
	RUN_KIND_COUNTED,
	RUN_KIND_MADE_UP,
	RUN_KIND_WEEKEND,
	RUN_KIND_HOLIDAY,
	RUN_KIND_PAUSED,
};

/* Days of one kind that stand in one line. */
struct run {
	enum run_kind kind;
	const struct limit_pause *pause;
	struct civil_date from, to;
	int first_count, last_count;
};

static enum run_kind kind_of(const struct limit_walk_day *day)
{
	if (day->first)
		return RUN_KIND_NONE;
	if (day->paused != NULL)
		return RUN_KIND_PAUSED;
	switch (day->kind) {
	case CALENDAR_DAY_WEEKEND:
		return RUN_KIND_WEEKEND;
	case CALENDAR_DAY_HOLIDAY:
		return RUN_KIND_HOLIDAY;
	case CALENDAR_DAY_MADE_UP:
		return RUN_KIND_MADE_UP;
	default:
		return day->counted ? RUN_KIND_COUNTED : RUN_KIND_NONE;
	}
}

/* "02-15至02-23", or "02-13 周五" for one day. */
static char *run_dates(const struct run *run)
{
	g_autofree char *from = civil_date_dup_short(run->from);
	g_autofree char *to = civil_date_dup_short(run->to);
	if (civil_date_compare(run->from, run->to) == 0)
		return g_strdup_printf("%s %s", from, civil_date_weekday_name(run->from));
	return g_strdup_printf("%s至%s", from, to);
}

static char *run_words(const struct run *run)
{
	int days = civil_date_difference(run->from, run->to) + 1;
	switch (run->kind) {
	case RUN_KIND_WEEKEND:
		return g_strdup_printf("周末%d天，不计", days);
	case RUN_KIND_HOLIDAY:
		return g_strdup_printf("放假%d天，不计", days);
	case RUN_KIND_PAUSED:
		return g_strdup_printf(
			"%s，中止%d天，不计", limit_exclusion_name(run->pause->exclusion), days);
	case RUN_KIND_MADE_UP:
		return g_strdup_printf("调休上班 第%d日", run->last_count);
	default:
		return run->first_count == run->last_count
			       ? g_strdup_printf("第%d日", run->last_count)
			       : g_strdup_printf(
					 "第%d日至第%d日", run->first_count, run->last_count);
	}
}

static void put_run(GPtrArray *lines, struct run *run)
{
	if (run->kind == RUN_KIND_NONE)
		return;
	g_autofree char *dates = run_dates(run);
	g_autofree char *words = run_words(run);
	g_ptr_array_add(lines, g_strdup_printf("%s %s", dates, words));
	run->kind = RUN_KIND_NONE;
}

/* Working days stand each in a line of its own; what does not count, and calendar days, in runs. */
static bool joins(const struct run *run, const struct limit_walk *walk)
{
	enum run_kind kind = kind_of(&walk->day);
	if (kind != run->kind || walk->day.paused != run->pause)
		return false;
	bool counted = kind == RUN_KIND_COUNTED || kind == RUN_KIND_MADE_UP;
	return !counted || walk->input->rule.unit != LIMIT_UNIT_WORKING_DAY;
}

static void put_day(GPtrArray *lines, struct run *run, const struct limit_walk *walk)
{
	const struct limit_walk_day *day = &walk->day;
	if (!joins(run, walk)) {
		put_run(lines, run);
		*run = (struct run){
			kind_of(day), day->paused, day->date, day->date, day->count, day->count};
	}
	run->to = day->date;
	run->last_count = day->count;
}

static void put_start(GPtrArray *lines, const struct limit_input *input)
{
	struct civil_date date = civil_date_of_ms(input->start_ms);
	g_autofree char *time = civil_time_dup_text(input->start_ms);
	g_autofree char *extended = input->extension > 0
					    ? g_strdup_printf("，另延长%d", input->extension)
					    : g_strdup("");
	bool hours = input->rule.unit == LIMIT_UNIT_HOUR;
	g_ptr_array_add(
		lines, g_strdup_printf("%s %s 开始，%s起算，时限%d%s%s", time,
			       civil_date_weekday_name(date), hours ? "当时" : "次日",
			       input->rule.number, limit_unit_name(input->rule.unit), extended));
}

static void put_open(GPtrArray *lines, const struct limit_walk *walk)
{
	struct civil_date first, last;
	g_autofree char *day = civil_date_dup_text(walk->day.date);
	if (!calendar_range(walk->calendar, &first, &last)) {
		g_ptr_array_add(lines, g_strdup("没有工作日历，日期待定"));
		return;
	}
	g_autofree char *until = civil_date_dup_text(last);
	g_ptr_array_add(lines, g_strdup_printf("工作日历到%s为止，已计%d日，%s起日期待定", until,
				       walk->day.count, day));
}

static void put_end(GPtrArray *lines, const struct limit_walk *walk)
{
	g_autofree char *day = civil_date_dup_text(walk->day.date);
	switch (walk->end) {
	case LIMIT_WALK_DUE:
		g_ptr_array_add(lines, g_strdup_printf("%s %s 到期，当天24时前有效", day,
					       civil_date_weekday_name(walk->day.date)));
		break;
	case LIMIT_WALK_PAUSED:
		g_ptr_array_add(lines,
			g_strdup_printf("%s 起中止，已计%d日，恢复后接着算", day, walk->day.count));
		break;
	default:
		put_open(lines, walk);
		break;
	}
}

static void put_hours(
	GPtrArray *lines, const struct limit_input *input, const struct calendar *calendar)
{
	for (size_t i = 0; i < input->pause_count; i++) {
		const struct limit_pause *pause = &input->pauses[i];
		g_autofree char *from = civil_time_dup_text(pause->from_ms);
		g_autofree char *to = pause->to_ms == 0 ? g_strdup("尚未恢复")
							: civil_time_dup_text(pause->to_ms);
		g_ptr_array_add(lines, g_strdup_printf("%s 至 %s %s，中止，不计", from, to,
					       limit_exclusion_name(pause->exclusion)));
	}
	struct limit_due due = limit_compute(input, calendar);
	g_autofree char *text = limit_due_text(&due);
	g_ptr_array_add(lines,
		due.kind == LIMIT_DUE_HOUR ? g_strdup_printf("%s 到期", text) : g_strdup(text));
}

GPtrArray *limit_ledger(const struct limit_input *input, const struct calendar *calendar)
{
	GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
	if (!input->rule.present || input->start_ms == 0)
		return lines;
	put_start(lines, input);
	if (input->rule.unit == LIMIT_UNIT_HOUR) {
		put_hours(lines, input, calendar);
		return lines;
	}
	struct run run = {RUN_KIND_NONE};
	struct limit_walk walk = limit_walk_begin(input, calendar);
	while (limit_walk_next(&walk))
		if (walk.end != LIMIT_WALK_OPEN)
			put_day(lines, &run, &walk);
	put_run(lines, &run);
	put_end(lines, &walk);
	return lines;
}
