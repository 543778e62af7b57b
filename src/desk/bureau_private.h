/* What the files of the bureau's door share. */
#ifndef DESK_BUREAU_PRIVATE_H
#define DESK_BUREAU_PRIVATE_H

#include "desk/private.h"

/* Longest filing number, note, reason or basis, in characters. */
#define BUREAU_MOST_TEXT 200

/* desk_may, but in a home without accounts anybody may. */
bool bureau_may(struct desk *desk, enum desk_act act, GError **error);

/* INVALID for control characters or a text that is too long; `what` names it. */
bool bureau_check_text(const char *text, const char *what, GError **error);

/* Whoever is logged in, now, with every text "". */
struct catalogue_act bureau_act(const struct desk *desk);

#endif
