/*
 * The courier carries out what the state machine says: reads what is to be sent from the store,
 * speaks HTTP, writes down what became of it. Runs on the default main loop and never blocks it on
 * the network. A write that fails drops the machine; a new one begins from the store five seconds
 * later, exactly as after a crash.
 */
#ifndef SYNC_COURIER_H
#define SYNC_COURIER_H

#include "store/store.h"
#include "sync/state.h"
#include "sync/supply.h"

/* What the desk does with what comes; each is one transaction (joined when called inside one). */
struct courier_ports {
	bool (*update)(void *data, int64_t cursor, const char *bytes, size_t size, GError **error);
	bool (*case_import)(void *data, const char *bytes, size_t size, GError **error);
	void *data;
	/*
	 * Takes in a version, a calendar or an authorisation that the bureau hands out, of which
	 * the digest is checked. Called on a thread of its own, so with the home and not with data.
	 */
	bool (*supply)(
		const char *home, const struct supply_thing *thing, GBytes *bytes, GError **error);
};

struct courier_counts {
	int64_t sent;	  /* bundles, messages and images since the last nudge */
	int64_t received; /* updates, likewise */
	int64_t waiting;  /* bundles, messages, images that wait now, and facts not at the hub */
	int64_t refused;  /* bundles and messages that stand refused */
	char *reason;	  /* the last sentence of what is not well; NULL all is */
};
void courier_counts_clear(struct courier_counts *counts);

struct courier;

/* Something was done, or the courier came to rest. */
typedef void courier_moved(void *data);

/*
 * store is borrowed and belongs to the calling thread, as are the ports. patient: see sync_new.
 * INVALID and IO of the configuration are no failure: they become the line's trouble.
 */
struct courier *courier_new(struct store *store, const struct courier_ports *ports, bool patient,
	courier_moved *moved, void *data, GError **error);

/* Cancels what is under way. */
void courier_free(struct courier *courier);
AUTOPTR(courier, courier_free)

/* The store or the configuration may have changed: looks and goes on. */
void courier_look(struct courier *courier);

/* True when config.ini says something else than at the last look. */
bool courier_config_changed(const struct courier *courier);

/* Somebody wants it now: every back-off ends; counts begin anew. */
void courier_nudge(struct courier *courier);

/* True when nothing can be done at this moment (sync_is_settled). */
bool courier_is_settled(const struct courier *courier);

/* False after a failed write or a broken configuration, until it begins again. */
bool courier_is_alive(const struct courier *courier);

/* True when something still waits to be sent to a hub. */
bool courier_is_waiting(const struct courier *courier);

/* As sync_is_online. */
bool courier_is_online(const struct courier *courier);

/* Reads the counts (courier_counts_clear). */
bool courier_count(struct courier *courier, struct courier_counts *ret_counts, GError **error);

#endif
