/*
 * Themes kept in memory while a desk is open: a published version never changes, and reading one
 * from its bytes takes longer than everything else an act does.
 */
#ifndef DESK_THEME_HOLD_H
#define DESK_THEME_HOLD_H

#include "desk/private.h"

struct theme_hold {
	struct theme *theme;
	struct definitions *definitions;
};

/* A reference to a theme of one published version (theme_hold_drop). NOT_FOUND. */
struct theme_hold *theme_hold_get(
	struct desk *desk, const char *list, int version, const char *theme, GError **error);
void theme_hold_drop(void *hold); /* NULL is fine */
AUTOPTR(theme_hold, theme_hold_drop)

#endif
