/*
 * The lanes of the outbox: the entries of one bundle in their order, of which only the first may be
 * under way. Lanes whose first entry is due soonest come first. Used by state.c only; pure.
 */
#ifndef SYNC_LANES_H
#define SYNC_LANES_H

#include "sync/state.h"

struct lanes;

/* Empty lanes; clear frees every entry that stands in them. */
struct lanes *lanes_new(void);
void lanes_free(struct lanes *lanes);
void lanes_clear(struct lanes *lanes);

/* Adds an entry to the lane of its bundle in its place; an entry that flies is not taken twice. */
void lanes_put(struct lanes *lanes, struct sync_entry *entry_take);

/* Marks the lane of an entry as flying: nothing else of it may be taken. */
void lanes_fly(struct lanes *lanes, const struct sync_entry *entry);

/* The entry came down; its lane may go on. */
void lanes_land(struct lanes *lanes, const struct sync_entry *entry);

/* Forgets what waits behind this entry. */
void lanes_drop(struct lanes *lanes, const struct sync_entry *entry);

/* When the next entry is due; INT64_MAX none. */
int64_t lanes_due_ms(const struct lanes *lanes);

/* Takes the entry that is due first and marks its lane as flying. NULL none. */
struct sync_entry *lanes_take(struct lanes *lanes);

/* Makes every entry due now. */
void lanes_hurry(struct lanes *lanes);

#endif
