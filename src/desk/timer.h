/* Timers, run by the agent (DESIGN section 1): once each, whoever runs them; they propose only. */
#ifndef DESK_TIMER_H
#define DESK_TIMER_H

#include "desk/desk.h"

/* Working days within which an applicant must hear what is missing (行政许可法 art. 32 (1)(4)). */
#define TIMER_SILENCE_DAYS 5

/*
 * Looks at everything that falls due by now and appends its facts: promise_due,
 * deemed_acceptance_due; brings catalogue versions into force; counts due dates anew when the
 * calendar has changed (due_settled). *ret_made counts new facts. Nobody
 * has to be logged in. To be called at start and about every hour.
 */
bool desk_timers_run(struct desk *desk, int *ret_made, GError **error);

#endif
