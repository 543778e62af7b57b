#include "core/limit_walk.h"

/* A limit nobody can mean; keeps a wrong rule from walking for ever. */
#define MOST_DAYS 36600

/* Months are walked as the calendar days they span from the start. */
static int days_to_count(const struct limit_input *input, struct civil_date start)
{
	int number = CLAMP(input->rule.number + input->extension, 0, MOST_DAYS);
	if (input->rule.unit != LIMIT_UNIT_MONTH)
		return number;
	number = MIN(number, 1200);
	return civil_date_difference(start, civil_date_add_months(start, number));
}

struct limit_walk limit_walk_begin(const struct limit_input *input, const struct calendar *calendar)
{
	struct limit_walk walk = {.input = input, .calendar = calendar};
	walk.day.date = civil_date_of_ms(input->start_ms);
	walk.number = days_to_count(input, walk.day.date);
	return walk;
}

/* The pause that covers the day after its own first day up to and with its last. */
static const struct limit_pause *pause_over(const struct limit_input *input, struct civil_date date)
{
	for (size_t i = 0; i < input->pause_count; i++) {
		const struct limit_pause *pause = &input->pauses[i];
		struct civil_date from = civil_date_of_ms(MAX(pause->from_ms, input->start_ms));
		if (civil_date_compare(from, date) >= 0)
			continue;
		if (pause->to_ms == 0 ||
			civil_date_compare(date, civil_date_of_ms(pause->to_ms)) <= 0)
			return pause;
	}
	return NULL;
}

/* The pause that is on when the day ends. */
static const struct limit_pause *pause_at_end(
	const struct limit_input *input, struct civil_date date)
{
	for (size_t i = 0; i < input->pause_count; i++) {
		const struct limit_pause *pause = &input->pauses[i];
		if (civil_date_compare(civil_date_of_ms(pause->from_ms), date) > 0)
			continue;
		if (pause->to_ms == 0 ||
			civil_date_compare(date, civil_date_of_ms(pause->to_ms)) < 0)
			return pause;
	}
	return NULL;
}

static bool is_countable(const struct limit_walk *walk)
{
	if (walk->input->rule.unit != LIMIT_UNIT_WORKING_DAY)
		return true;
	return walk->day.kind == CALENDAR_DAY_WORKING || walk->day.kind == CALENDAR_DAY_MADE_UP;
}

/* What the day at hand ends the walk with, if anything. */
static enum limit_walk_end end_of_day(const struct limit_walk *walk)
{
	bool asks = walk->input->rule.unit == LIMIT_UNIT_WORKING_DAY;
	const struct limit_pause *pause = pause_at_end(walk->input, walk->day.date);
	if (pause != NULL && pause->to_ms == 0)
		return LIMIT_WALK_PAUSED;
	if (asks && walk->number > 0 && walk->day.kind == CALENDAR_DAY_UNKNOWN)
		return LIMIT_WALK_OPEN;
	if (walk->day.count < walk->number || pause != NULL)
		return LIMIT_WALK_GOING;
	return is_countable(walk) || walk->number == 0 ? LIMIT_WALK_DUE : LIMIT_WALK_GOING;
}

bool limit_walk_next(struct limit_walk *walk)
{
	if (walk->end != LIMIT_WALK_GOING)
		return false;
	struct limit_walk_day *day = &walk->day;
	day->first = !walk->begun;
	if (walk->begun)
		day->date = civil_date_add_days(day->date, 1);
	walk->begun = true;
	day->kind = walk->input->rule.unit == LIMIT_UNIT_WORKING_DAY
			    ? calendar_day_of(walk->calendar, day->date)
			    : CALENDAR_DAY_UNKNOWN;
	day->paused = day->first ? NULL : pause_over(walk->input, day->date);
	day->counted = !day->first && day->paused == NULL && is_countable(walk) &&
		       day->count < walk->number;
	day->count += day->counted ? 1 : 0;
	walk->end = end_of_day(walk);
	return true;
}
