/*
 * Which cases are being worked on here, as the hub was told: another window of the hall may take a
 * case over only while nobody holds it (DESIGN, custody). What was told is a setting of the home,
 * so that a killed agent does not leave a case held for ever.
 */
#ifndef SYNC_HOLDS_H
#define SYNC_HOLDS_H

#include "store/store.h"

/* What the hub is to be told of a case: who works on it, or that nobody does any more. */
struct hold {
	char *number;
	char *window;
	char *clerk;
	bool held;
};

/* Frees the members. */
void hold_clear(struct hold *hold);

/* The next thing the hub has to be told; *ret_found false: it knows all. */
bool holds_next(struct store *store, struct hold *ret_hold, bool *ret_found, GError **error);

/* The hub knows it now (or will not hear of it). A transaction of its own. */
bool holds_told(struct store *store, const struct hold *hold, GError **error);

#endif
