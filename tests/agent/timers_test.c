/* When the agent asks the desk what time has brought. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "agent/agent.h"
#include "core/date.h"
#include "support/desk_home.h"

#define MINUTE INT64_C(60000)
#define NOW SUPPORT_DESK_NOW_MS /* 14:32 */

static void hourly_and_at_the_change_of_day(void **state)
{
	static const struct {
		int64_t last_ms, now_ms;
		bool due;
	} rows[] = {
		{0, NOW, true}, {NOW, NOW, false}, {NOW, NOW + 59 * MINUTE, false},
		{NOW, NOW + 60 * MINUTE, true}, {NOW, NOW - MINUTE, true},
		{NOW + (9 * 60 + 27) * MINUTE, NOW + (9 * 60 + 27) * MINUTE + 30000, false},
		{NOW + (9 * 60 + 27) * MINUTE, NOW + (9 * 60 + 28) * MINUTE, true}, /* midnight */
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		if (agent_timers_due(rows[i].last_ms, rows[i].now_ms) != rows[i].due)
			fail_msg("row %d", (int)i);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(hourly_and_at_the_change_of_day)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
