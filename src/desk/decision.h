/* A department's act applied to an item, whether it came from the hub or was typed in. */
#ifndef DESK_DECISION_H
#define DESK_DECISION_H

#include "desk/private.h"

/* What a move leaves in the item: number, times, outcome, reason, extension. */
void decision_fill(
	struct item_row *row, enum item_move move, const json_t *document, int64_t at_ms);

/* Begins or ends the interval that does not count, where the move is one of those. */
bool decision_pause(struct desk *desk, const char *case_id, const struct item_row *row,
	enum item_move move, const json_t *document, int64_t at_ms, GError **error);

/* desk_update_apply inside a write of the caller. */
bool update_apply_inside(
	struct desk *desk, int64_t cursor, const char *bytes, size_t size, GError **error);

#endif
