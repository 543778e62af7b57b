/*
 * The gate: who a request is from, what it asks for, and whether it may, before a byte of its body
 * is taken. Called by the HTTP threads; has a reading handle of its own.
 */
#ifndef HUB_GATE_H
#define HUB_GATE_H

#include "hub/request.h"

struct gate;

/* Opens a reading handle of its own; errors as hub_store_open. demo: hall 0000 may come in. */
struct gate *gate_open(const char *home, bool demo, GError **error);
/* NULL is fine. */
void gate_close(struct gate *gate);

/*
 * Finds the route and the caller of a request whose headers are there. content_length is -1 when it
 * is not told. On refusal reply holds the problem (400, 401, 403, 404, 405, 413, 415) and the
 * result is false.
 */
bool gate_admit(struct gate *gate, struct request *request, const char *method, const char *path,
	int64_t content_length);

/* When a store last spoke, monotonic ms; 0 not since the hub began. */
int64_t gate_last_seen_ms(struct gate *gate, const char *store);

#endif
