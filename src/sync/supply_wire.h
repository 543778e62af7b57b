/* The supply on the wire: lists of the hub to things, things to addresses. Pure. */
#ifndef SYNC_SUPPLY_WIRE_H
#define SYNC_SUPPLY_WIRE_H

#include "base/json.h"
#include "sync/supply.h"

/*
 * Adds the rows of one list of the hub ({"catalogues":[…]} and its like) as struct supply_thing;
 * false: not what was promised, nothing is added then.
 */
bool supply_wire_list(enum supply_kind kind, const json_t *body, GPtrArray *things);

/* Where the hub shows all of a kind; hall is this home's (g_free). */
char *supply_wire_list_path(enum supply_kind kind, const char *hall);

/* Where one thing is fetched from and pushed to (g_free). */
char *supply_wire_path(const struct supply_thing *thing, const char *hall);

/* The same for a push, with what the hub is told of a version (g_free). */
char *supply_wire_push_path(const struct supply_thing *thing, const char *hall);

#endif
