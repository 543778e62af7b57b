/*
 * What the store says of the supply: what this home has, what was said of it before, and writing
 * down what became of it. Writing functions run in a transaction of their own.
 */
#ifndef SYNC_SUPPLY_ROWS_H
#define SYNC_SUPPLY_ROWS_H

#include "store/store.h"
#include "sync/supply.h"

/* struct supply_thing of the home, owned by the array; of versions the published ones. */
GPtrArray *supply_rows_home(struct store *store, GError **error);

/* struct supply_memory, owned by the array. */
GPtrArray *supply_rows_memory(struct store *store, GError **error);

/* A number that changes with what the home has. */
int64_t supply_rows_mark(const GPtrArray *home);

/* Frozen bytes of a version or a calendar of the home; NOT_FOUND. */
GBytes *supply_rows_bytes(struct store *store, const struct supply_thing *thing, GError **error);

/* Both sides have it; or one has refused it, with the sentence. */
bool supply_rows_agree(
	struct store *store, const struct supply_thing *thing, int64_t now_ms, GError **error);
bool supply_rows_refuse(struct store *store, const struct supply_thing *thing, const char *reason,
	int64_t now_ms, GError **error);

/* Everything was compared; what the hub has shown, and what stands wrong ("" nothing). */
bool supply_rows_looked(struct store *store, const GPtrArray *hub, const char *trouble,
	int64_t now_ms, GError **error);

#endif
