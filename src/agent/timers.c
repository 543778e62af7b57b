/* What time brings is the desk's to say (desk/timer.h); when to ask it is said here. */
#include "agent/agent.h"
#include "core/date.h"
#include "desk/timer.h"

#define HOUR_MS INT64_C(3600000)
#define AGAIN_MS INT64_C(60000)

bool agent_timers_due(int64_t last_ms, int64_t now_ms)
{
	return last_ms == 0 || now_ms < last_ms || now_ms - last_ms >= HOUR_MS ||
	       civil_date_compare(civil_date_of_ms(last_ms), civil_date_of_ms(now_ms)) != 0;
}

void agent_timers_run(struct desk *desk, int64_t *last_ms)
{
	g_autoptr(GError) error = NULL;
	int64_t now_ms = desk_now_ms(desk);
	int made = 0;
	if (!agent_timers_due(*last_ms, now_ms))
		return;
	*last_ms = now_ms;
	if (desk_timers_run(desk, &made, &error))
		return;
	g_warning("%s", error->message);
	*last_ms = now_ms - HOUR_MS + AGAIN_MS;
}
