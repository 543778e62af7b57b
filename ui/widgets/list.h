/* A scrolling selection over rows that somebody else draws. */
#ifndef UI_WIDGETS_LIST_H
#define UI_WIDGETS_LIST_H

#include "actions.h"
#include "surface.h"

struct list_view {
	int count;
	int selected; /* -1: none */
};

/* The rows changed: keeps the selection where it is or on the last row. */
void list_view_recount(struct list_view *view, int count);

/* UP, DOWN, PAGE_UP, PAGE_DOWN, FIRST, LAST; true when the selection moved. `shown` rows fit. */
bool list_view_action(struct list_view *view, enum action action, int shown);

/* Scrolls so that the selection is within `shown` rows. Call before drawing; returns the first row.
 */
int list_view_top(const struct list_view *view, int shown);

#endif
