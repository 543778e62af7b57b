/*
 * The hub as its handlers see it. One thread, the worker (work.h), runs them all, so that each has
 * the store to itself; what they write is committed before their reply leaves.
 */
#ifndef HUB_HUB_H
#define HUB_HUB_H

#include <stdbool.h>
#include <stdint.h>
#include <glib.h>
#include "hub/request.h"
#include "store/hub_store.h"

struct signer;
struct gate;

struct hub {
	struct store *store;
	char *home;
	bool demo;     /* takes hall 0000 and departments it has not heard of */
	bool stopping; /* nobody waits any more */
	struct signer *signer;
	struct gate *gate;
	GHashTable *news; /* set of char *: lanes that got something in this batch */
	bool supply_news; /* windows have something to fetch: every long poll is asked again */
	int64_t writes;	  /* statements that changed something, ever: says whether to roll back */
	int64_t started_ms;
	int64_t requests;
	int64_t waiting; /* long polls */
};

/* Opens the home of a hub. Errors as hub_store_open, and IO for its key. */
struct hub *hub_open(const char *home, bool demo, GError **error);
void hub_close(struct hub *hub);
AUTOPTR(hub, hub_close)

/* UTC milliseconds by the system's clock. */
int64_t hub_now_ms(const struct hub *hub);

/* store_run and store_run_counted for handlers: what they change is counted. */
bool hub_run(struct hub *hub, enum hub_statement statement, const struct store_value *values,
	GError **error);
bool hub_run_counted(struct hub *hub, enum hub_statement statement,
	const struct store_value *values, int64_t *ret_changed, GError **error);

/*
 * A handler sets request->reply and returns true, or fails with the error the caller is answered
 * with (members to add in reply.problem). It may be run again from the start: what it does outside
 * the store must bear that.
 */
typedef bool hub_handler(struct hub *hub, struct request *request, GError **error);

/* "2026-03-02T01:00:00.123Z" (g_free). */
char *hub_time_text(int64_t ms);

#endif
