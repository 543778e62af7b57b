/* How old the catalogue is (row 70): when it was last compared with the hub, and what stands wrong.
 */
#ifndef DESK_SUPPLY_H
#define DESK_SUPPLY_H

#include "desk/desk.h"

/* After so long without a look at the hub somebody should see to it. */
#define SUPPLY_OLD_HOURS 72

struct desk_supply {
	bool has_hub;
	int64_t checked_ms; /* 0 never */
	int64_t hours;	    /* since then; -1 never, or the clock ran back */
	char *newest;	    /* since when the newest version in force is so; "" none */
	char *trouble;	    /* a sentence; "" none */
};
bool desk_supply_read(struct desk *desk, struct desk_supply *ret_supply, GError **error);
void desk_supply_clear(struct desk_supply *supply);

/* One line that tells it, with a next step where it is not good (g_free). */
char *desk_supply_words(const struct desk_supply *supply, bool *ret_good);

#endif
