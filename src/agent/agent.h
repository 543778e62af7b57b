/*
 * The agent of a home: one process that sends and fetches, starts the print printing, runs timers
 * and tidies the store. Everything else in a home only writes rows and rings the bell.
 */
#ifndef AGENT_AGENT_H
#define AGENT_AGENT_H

#include <stdbool.h>
#include <glib.h>

#include "base/autoptr.h"
#include "desk/desk.h"
#include "sync/courier.h"

/* How the program was called; argv are the words behind the subcommand. */
struct agent_call {
	const char *home;
	bool json;
	int argc;
	char **argv;
};

/* ---- lock.c: one agent a home (D4) ---- */

struct agent_lock;

/*
 * Takes HOME/agent.lock and writes the process number into it. STORE_BUSY names the process that
 * has it; HOME_MISSING, IO.
 */
struct agent_lock *agent_lock_take(const char *home, GError **error);
void agent_lock_free(struct agent_lock *lock);
AUTOPTR(agent_lock, agent_lock_free)

/* The process that holds it, 0 nobody. */
int agent_lock_holder(const char *home);

/* ---- clients.c ---- */

/* How many other processes have the store of the home open; -1 when the system does not tell. */
int agent_clients(const char *home);

/* ---- printing.c: the print worker ---- */

struct printing;

/* program: the path of yichuang-print. ended is called after it has ended and may be run again. */
struct printing *printing_new(
	const char *home, const char *program, void (*ended)(void *), void *data);

/* Asks it to end and does not wait for that. */
void printing_free(struct printing *printing);

/* Starts it unless it runs or its back-off after a crash is not over. */
void printing_start(struct printing *printing);
bool printing_is_running(const struct printing *printing);

/* ---- timers.c ---- */

/*
 * Whether the desk's timers are to be run: never run yet (last_ms 0), an hour ago, on another civil
 * day, or the clock went back.
 */
bool agent_timers_due(int64_t last_ms, int64_t now_ms);

/* Runs them when they are due; a failure is logged and tried again after a minute. */
void agent_timers_run(struct desk *desk, int64_t *last_ms);

/* ---- loop.c: the agent itself ---- */

/*
 * Runs until SIGTERM, SIGINT, or until it is idle: no client for idle_s seconds and nothing due
 * (idle_s 0: never). Errors: as agent_lock_take, desk_open, store_bell_listen.
 */
bool agent_run(const char *home, int idle_s, GError **error);

/* ---- once.c: the subcommand `sync` ---- */

/*
 * {"sent","waiting","refused","received","online"[,"reason"],"catalogue"}: data/schema/sync.json.
 * desk tells how old the catalogue is.
 */
json_t *agent_report(struct desk *desk, const struct courier_counts *counts, bool online);

/*
 * One full exchange: by the agent that runs, else by this process. Prints the report with json;
 * false with the sentence of what could not be sent.
 */
bool agent_sync(const struct agent_call *call, GError **error);

/* ---- review.c: a department's reviewer against the hub ---- */

/*
 * review list | show BUNDLE | act BUNDLE KIND [FILE|-]; the hub and its token from the words or
 * [review] of config.ini. Prints the hub's answer. The hub's refusals come with their own codes and
 * sentences.
 */
bool agent_review(const struct agent_call *call, GError **error);

/* ---- ports.c ---- */

/* What the courier needs of the desk; data of the ports is the desk. */
void agent_ports(struct desk *desk, struct courier_ports *ret_ports);

/* supply.c: the port `supply` of courier_ports. */
bool agent_supply(
	const char *home, const struct supply_thing *thing, GBytes *bytes, GError **error);

/* A program beside this one, g_free. */
char *agent_sibling(const char *name);

#endif
