/*
 * The days of a limit, one after the other: what limit_compute counts and limit_ledger writes down,
 * so that the date and its explanation cannot differ. Not for limits in hours.
 */
#ifndef CORE_LIMIT_WALK_H
#define CORE_LIMIT_WALK_H

#include "core/limit.h"

enum limit_walk_end {
	LIMIT_WALK_GOING,
	LIMIT_WALK_DUE,	   /* day.date is the due day */
	LIMIT_WALK_PAUSED, /* the last pause has no end */
	LIMIT_WALK_OPEN,   /* the calendar knows no further day */
};

struct limit_walk_day {
	struct civil_date date;
	enum calendar_day kind; /* UNKNOWN where the calendar is not asked */
	bool first;		/* the day of the start */
	bool counted;
	int count;			  /* counted so far, this day included */
	const struct limit_pause *paused; /* the day does not count because of it; NULL */
};

struct limit_walk {
	const struct limit_input *input;
	const struct calendar *calendar;
	int number; /* days to count */
	struct limit_walk_day day;
	enum limit_walk_end end;
	bool begun;
};

/* A walk that stands before its first day; input and calendar must outlive it. */
struct limit_walk limit_walk_begin(
	const struct limit_input *input, const struct calendar *calendar);

/* Goes to the next day (first: the day of the start); false when walk->end has been reached. */
bool limit_walk_next(struct limit_walk *walk);

#endif
