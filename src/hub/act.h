/* What updates and messages share: sent once under the sender's own id, kept as the bytes they
 * were. */
#ifndef HUB_ACT_H
#define HUB_ACT_H

#include "core/item_state.h"
#include "hub/model.h"

struct act {
	const char *id, *bundle, *kind, *by; /* borrowed from the body */
	int64_t item, at_ms;
	int64_t expect; /* -1: not said */
};

/* Reads the members every act has, and checks id and bundle against the address. */
bool act_read(
	const struct request *request, const json_t *body, struct act *ret_act, GError **error);

/*
 * *ret_known: the same id came before with the same bytes. EXISTS when with others. `known` is the
 * statement that finds the bytes by :bundle and :id.
 */
bool act_known(struct hub *hub, const struct request *request, enum hub_statement known,
	bool *ret_known, GError **error);

/* Keeps the bytes; `put` as UPDATE_PUT and MESSAGE_PUT. */
bool act_put(struct hub *hub, const struct request *request, enum hub_statement put,
	const struct act *act, GError **error);

/*
 * Moves the item (item -1: every item that the move is open to, at least one) of a bundle. move
 * ITEM_MOVE_COUNT: the state stays, only the version rises. Checks `expect` (STALE with "version").
 */
struct act_move {
	enum item_move move;
	unsigned by;	     /* ITEM_BY_… */
	const char *outcome; /* "" none */
};
bool act_move(struct hub *hub, struct request *request, const struct act *act,
	const struct act_move *move, GError **error);

/* The answer: id and the items as they stand now. */
bool act_reply(struct hub *hub, struct request *request, bool known, GError **error);

#endif
