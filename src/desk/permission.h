/*
 * Who may do what: one row an act (R38). The screen greys what a role may not do by the same table.
 */
#ifndef DESK_PERMISSION_H
#define DESK_PERMISSION_H

#include "desk/desk.h"

enum desk_act {
	DESK_ACT_READ,
	DESK_ACT_DRAFT, /* guide, form, materials, notice */
	DESK_ACT_TAKE_IN,
	DESK_ACT_CORRECT,
	DESK_ACT_CORRECT_ANEW, /* a second correction with new defects (row 24) */
	DESK_ACT_WITHDRAW,
	DESK_ACT_NOTE,
	DESK_ACT_RELAY,
	DESK_ACT_ISSUE,
	DESK_ACT_DELIVER,
	DESK_ACT_ARCHIVE,
	DESK_ACT_PAPER,
	DESK_ACT_UNMASK,
	DESK_ACT_TAKE_OVER,
	DESK_ACT_RETRY,
	DESK_ACT_CLOCK, /* confirm the clock */
	DESK_ACT_LAPSE, /* close an item that was not supplemented; deemed acceptance */
	DESK_ACT_REMIND,
	DESK_ACT_EXTEND, /* the limit of the whole */
	DESK_ACT_SUPERVISE,
	DESK_ACT_USERS,
	DESK_ACT_ERASE,
	DESK_ACT_CATALOGUE, /* import, change, submit, return, publish, discard, authorise */
	DESK_ACT_SHELF,
	DESK_ACT_CONFIRM,
	DESK_ACT_ROUTE,
	DESK_ACT_COUNT,
};

/* PERMISSION, naming who may, when nobody is logged in or no role allows it. */
bool desk_may(const struct desk *desk, enum desk_act act, GError **error);

/* The act in Chinese, static. */
const char *desk_act_name(enum desk_act act);

#endif
