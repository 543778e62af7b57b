/*
 * Time as a value that is handed in. Facts hold UTC milliseconds; civil time is UTC+8 everywhere
 * (core/date.h turns one into the other). A fixed clock serves tests, demo and practice homes.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

struct clock {
	int64_t fixed_ms; /* 0: the system's clock; otherwise it stands still there */
};

/* UTC milliseconds since 1970. */
int64_t clock_now_ms(const struct clock *clock);

/* Milliseconds of a clock that never runs backwards, for measuring and waiting only. */
int64_t clock_monotonic_ms(void);

#endif
