/* The frame of acts on a case taken in: permission, row, transaction, settling. */
#ifndef DESK_ACT_ITEM_H
#define DESK_ACT_ITEM_H

#include "desk/private.h"

struct item_work {
	struct desk *desk;
	const char *case_id;
	int item; /* -1: the whole case */
	const void *input;
	char *made; /* what the act gives back, g_free */
	bool (*run)(struct item_work *work, struct case_whole *whole, GError **error);
};
bool item_work_run(struct item_work *work, enum desk_act act, GError **error);

/* The taken item, borrowed; NULL with NOT_FOUND. */
struct item_row *item_wanted(const struct case_whole *whole, int item, GError **error);

#endif
